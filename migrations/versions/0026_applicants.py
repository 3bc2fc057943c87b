"""Applicants: what was left of their side."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "eligibility_matches",
        sa.Column("question_id", sa.String(length=40), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "residence", "licence", name="about", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("matches", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("matches_text", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["eligibility_questions.id"],
            name=op.f("fk_eligibility_matches_question_id_eligibility_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_eligibility_matches")),
    )
    op.create_table(
        "uploads",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_uploads")),
    )
    op.create_index("ix_uploads_kept_at", "uploads", ["kept_at"], unique=False)
    op.create_table(
        "merge_consents",
        sa.Column("merge_id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(agrees IS NULL) = (answered_at IS NULL)", name=op.f("ck_merge_consents_answered")
        ),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["account_merges.id"], name=op.f("fk_merge_consents_merge_id_account_merges")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_merge_consents_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("merge_id", "account_id", name=op.f("pk_merge_consents")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_merge_consents_token_digest")),
    )
    op.create_index(
        "ix_application_sections_saved_at", "application_sections", ["section", "saved_at"], unique=False
    )
    _create_purges()


def _create_purges() -> None:
    op.create_table(
        "retention_purges",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "carried_out",
                "sent_back",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cutoff_on", sa.Date(), nullable=False),
        sa.Column("law", sa.String(length=300), nullable=False),
        sa.Column("applications", sa.Integer(), nullable=False),
        sa.Column("ids_digest", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("proposal_reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.CheckConstraint("applications > 0", name=op.f("ck_retention_purges_applications")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_retention_purges_two_people")),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_retention_purges_decided")
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'carried_out') OR decided_by IS NOT NULL",
            name=op.f("ck_retention_purges_approved"),
        ),
        sa.CheckConstraint(
            "(state = 'carried_out') = (done_at IS NOT NULL)", name=op.f("ck_retention_purges_done")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_retention_purges_{column}_{table}")
            )
            for column, table in (
                ("posting_id", "postings"),
                ("agency_id", "agencies"),
                ("proposed_by", "accounts"),
                ("decided_by", "accounts"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_purges")),
    )
    op.create_index(
        "ix_retention_purges_state", "retention_purges", ["state", "proposed_at", "id"], unique=False
    )
    op.create_index(
        "uq_retention_purges_open",
        "retention_purges",
        ["posting_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'approved')"),
        postgresql_where=sa.text("state IN ('proposed', 'approved')"),
    )
    op.create_table(
        "purged_applications",
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("purge_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_purged_applications_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["purge_id"],
            ["retention_purges.id"],
            name=op.f("fk_purged_applications_purge_id_retention_purges"),
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_purged_applications")),
    )
    op.create_index(
        op.f("ix_purged_applications_purge_id"), "purged_applications", ["purge_id"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("purged_applications")
    op.drop_table("retention_purges")
    op.drop_index("ix_application_sections_saved_at", table_name="application_sections")
    op.drop_table("merge_consents")
    op.drop_table("uploads")
    op.drop_table("eligibility_matches")
