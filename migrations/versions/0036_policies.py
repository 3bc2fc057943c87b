"""Policies, their versions, who acknowledged them; the wording of letters in versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "letter_wordings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("passages", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("change_note", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("submitted_by", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.CheckConstraint("(scope = 'all') = (agency_id IS NULL)", name=op.f("ck_letter_wordings_scope")),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)", name=op.f("ck_letter_wordings_approved")
        ),
        sa.CheckConstraint(
            "approved_at IS NULL OR decided_by IS NOT NULL", name=op.f("ck_letter_wordings_decided")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> written_by", name=op.f("ck_letter_wordings_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_letter_wordings_agency_id_agencies")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> submitted_by",
            name=op.f("ck_letter_wordings_decider_not_submitter"),
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["accounts.id"], name=op.f("fk_letter_wordings_submitted_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_letter_wordings_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f("fk_letter_wordings_written_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_wordings")),
        sa.UniqueConstraint("template", "language", "scope", "version", name="uq_letter_wordings_version"),
    )
    op.create_index(
        "uq_letter_wordings_open",
        "letter_wordings",
        ["template", "language", "scope"],
        unique=True,
        sqlite_where=sa.text("state <> 'approved'"),
        postgresql_where=sa.text("state <> 'approved'"),
    )
    op.create_table(
        "policies",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "regulation",
                "policy",
                "guide",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_policies_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_policies_created_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policies")),
        sa.UniqueConstraint("number", name="uq_policies_number"),
    )
    op.create_index("ix_policies_agency", "policies", ["agency_id", "number", "id"], unique=False)
    op.create_table(
        "policy_agencies",
        sa.Column("policy_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_policy_agencies_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_policy_agencies_policy_id_policies")
        ),
        sa.PrimaryKeyConstraint("policy_id", "agency_id", name=op.f("pk_policy_agencies")),
    )
    op.create_table(
        "policy_topics",
        sa.Column("policy_id", sa.String(length=40), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "leave",
                "flexible_work",
                "discipline",
                "grievances",
                "performance",
                "training",
                "benefits",
                "separation",
                "conduct",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_policy_topics_policy_id_policies")
        ),
        sa.PrimaryKeyConstraint("policy_id", "topic", name=op.f("pk_policy_topics")),
    )
    op.create_table(
        "policy_versions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("policy_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("change_note", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("acknowledge_days", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "published",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("describes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("submitted_by", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_policy_versions_published")
        ),
        sa.CheckConstraint("acknowledge_days BETWEEN 1 AND 365", name=op.f("ck_policy_versions_days")),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> written_by", name=op.f("ck_policy_versions_two_people")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR decided_by IS NOT NULL", name=op.f("ck_policy_versions_decided")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> submitted_by",
            name=op.f("ck_policy_versions_decider_not_submitter"),
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["accounts.id"], name=op.f("fk_policy_versions_submitted_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_policy_versions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_policy_versions_policy_id_policies")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f("fk_policy_versions_written_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_versions")),
        sa.UniqueConstraint("policy_id", "version", name="uq_policy_versions_version"),
    )
    op.create_index(
        "ix_policy_versions_effective", "policy_versions", ["state", "effective_on"], unique=False
    )
    op.create_index(
        "uq_policy_versions_open",
        "policy_versions",
        ["policy_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'published'"),
        postgresql_where=sa.text("state <> 'published'"),
    )
    op.create_table(
        "policy_acknowledgements",
        sa.Column("version_id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("acknowledged_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_policy_acknowledgements_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["policy_versions.id"],
            name=op.f("fk_policy_acknowledgements_version_id_policy_versions"),
        ),
        sa.PrimaryKeyConstraint("version_id", "employee_id", name=op.f("pk_policy_acknowledgements")),
    )
    op.create_index(
        "ix_policy_acknowledgements_employee", "policy_acknowledgements", ["employee_id"], unique=False
    )
    with op.batch_alter_table("notices") as batch:
        batch.add_column(sa.Column("wording_id", sa.String(length=40), nullable=True))
        batch.create_foreign_key(
            op.f("fk_notices_wording_id_letter_wordings"), "letter_wordings", ["wording_id"], ["id"]
        )


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("notices") as batch:
        batch.drop_constraint(op.f("fk_notices_wording_id_letter_wordings"), type_="foreignkey")
        batch.drop_column("wording_id")
    op.drop_index("ix_policy_acknowledgements_employee", table_name="policy_acknowledgements")
    op.drop_table("policy_acknowledgements")
    op.drop_index(
        "uq_policy_versions_open",
        table_name="policy_versions",
        sqlite_where=sa.text("state <> 'published'"),
        postgresql_where=sa.text("state <> 'published'"),
    )
    op.drop_index("ix_policy_versions_effective", table_name="policy_versions")
    op.drop_table("policy_versions")
    op.drop_table("policy_topics")
    op.drop_table("policy_agencies")
    op.drop_index("ix_policies_agency", table_name="policies")
    op.drop_table("policies")
    op.drop_index(
        "uq_letter_wordings_open",
        table_name="letter_wordings",
        sqlite_where=sa.text("state <> 'approved'"),
        postgresql_where=sa.text("state <> 'approved'"),
    )
    op.drop_table("letter_wordings")
