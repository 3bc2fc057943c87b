"""Certificates: entry on duty, selection audits, considerations owed, longer lives, papers, list files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; who was appointed before this was recorded entered on the first day."""
    with op.batch_alter_table("appointments") as batch:
        batch.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
        batch.create_check_constraint("entered_after_start", "entered_on >= starts_on")
    op.execute("UPDATE appointments SET entered_on = starts_on WHERE starts_on <= CURRENT_DATE")
    with op.batch_alter_table("certificate_entries") as batch:
        batch.add_column(sa.Column("evidence_name", sa.String(length=255), nullable=True))
        batch.add_column(sa.Column("evidence_digest", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("evidence_type", sa.String(length=100), nullable=True))
        batch.create_check_constraint(
            "evidence_has_name", "(evidence_digest IS NULL) = (evidence_name IS NULL)"
        )
    op.create_table(
        "outside_lists",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("exam_no", sa.String(length=40), nullable=False),
        sa.Column("title_code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("anniversary_on", sa.Date(), nullable=True),
        sa.Column("extension_on", sa.Date(), nullable=True),
        sa.Column("terminated_on", sa.Date(), nullable=True),
        sa.Column("names", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("imported_by", sa.String(length=40), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.CheckConstraint("names >= 1", name=op.f("ck_outside_lists_names")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_outside_lists_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["accounts.id"], name=op.f("fk_outside_lists_imported_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_lists")),
        sa.UniqueConstraint("agency_id", "exam_no", "title_code", name="uq_outside_lists_exam"),
    )
    op.create_index(op.f("ix_outside_lists_agency_id"), "outside_lists", ["agency_id"], unique=False)
    op.create_table(
        "outside_names",
        sa.Column("list_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("average", sa.String(length=20), nullable=False),
        sa.Column("cells", sa.JSON(none_as_null=True), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_outside_names_place")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["outside_lists.id"], name=op.f("fk_outside_names_list_id_outside_lists")
        ),
        sa.PrimaryKeyConstraint("list_id", "place", name=op.f("pk_outside_names")),
    )
    op.create_table(
        "considerations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "owed",
                "refused",
                "used",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("used_on", sa.String(length=40), nullable=True),
        sa.Column("used_by", sa.String(length=40), nullable=True),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_considerations_decided")
        ),
        sa.CheckConstraint(
            "(state = 'used') = (used_on IS NOT NULL AND used_at IS NOT NULL)",
            name=op.f("ck_considerations_used"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_considerations_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_considerations_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_considerations_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_considerations_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_considerations_proposed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["used_by"], ["accounts.id"], name=op.f("fk_considerations_used_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_considerations")),
    )
    op.create_index(
        op.f("ix_considerations_application_id"), "considerations", ["application_id"], unique=False
    )
    op.create_index(
        "ix_considerations_owed", "considerations", ["agency_id", "class_code", "state", "id"], unique=False
    )
    op.create_table(
        "extensions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("certificate_id", sa.String(length=40), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "granted",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_extensions_decided")),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_extensions_two_people")
        ),
        sa.CheckConstraint("ends_on > ended_on", name=op.f("ck_extensions_longer")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_extensions_certificate_id_certificates")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_extensions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_extensions_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_certificate_id"), "extensions", ["certificate_id"], unique=False)
    op.create_index(
        "uq_extensions_proposed",
        "extensions",
        ["certificate_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "name_requests",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("requisition_id", sa.String(length=40), nullable=False),
        sa.Column("merit_list_id", sa.String(length=40), nullable=False),
        sa.Column("vacancies", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("certificate_id", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(state = 'accepted') = (certificate_id IS NOT NULL)", name=op.f("ck_name_requests_accepted")
        ),
        sa.CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_name_requests_decided")),
        sa.CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name=op.f("ck_name_requests_refused")),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_name_requests_two_people")
        ),
        sa.CheckConstraint("vacancies >= 1", name=op.f("ck_name_requests_vacancies")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_name_requests_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_name_requests_asked_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_name_requests_certificate_id_certificates")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_name_requests_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["merit_list_id"], ["merit_lists.id"], name=op.f("fk_name_requests_merit_list_id_merit_lists")
        ),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisitions.id"], name=op.f("fk_name_requests_requisition_id_requisitions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_requests")),
    )
    op.create_index(
        "ix_name_requests_agency", "name_requests", ["agency_id", "state", "asked_at"], unique=False
    )
    op.create_index(
        "uq_name_requests_asked",
        "name_requests",
        ["requisition_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "selection_audits",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("certificate_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("is_lawful", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("decisions_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("audited_by", sa.String(length=40), nullable=False),
        sa.Column("audited_at", Moment(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(settled_by IS NULL) = (settled_at IS NULL) AND (settled_by IS NULL) = (settlement IS NULL)",
            name=op.f("ck_selection_audits_settled"),
        ),
        sa.CheckConstraint(
            "length(digest) = 64 AND length(decisions_digest) = 64", name=op.f("ck_selection_audits_digests")
        ),
        sa.CheckConstraint(
            "settled_by IS NULL OR settled_by <> audited_by", name=op.f("ck_selection_audits_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_selection_audits_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["audited_by"], ["accounts.id"], name=op.f("fk_selection_audits_audited_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_selection_audits_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["accounts.id"], name=op.f("fk_selection_audits_settled_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_audits")),
    )
    op.create_index(op.f("ix_selection_audits_agency_id"), "selection_audits", ["agency_id"], unique=False)
    op.create_index(
        "ix_selection_audits_certificate",
        "selection_audits",
        ["certificate_id", "audited_at", "id"],
        unique=False,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_selection_audits_certificate", table_name="selection_audits")
    op.drop_index(op.f("ix_selection_audits_agency_id"), table_name="selection_audits")
    op.drop_table("selection_audits")
    op.drop_index(
        "uq_name_requests_asked",
        table_name="name_requests",
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.drop_index("ix_name_requests_agency", table_name="name_requests")
    op.drop_table("name_requests")
    op.drop_index(
        "uq_extensions_proposed",
        table_name="extensions",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index(op.f("ix_extensions_certificate_id"), table_name="extensions")
    op.drop_table("extensions")
    op.drop_index("ix_considerations_owed", table_name="considerations")
    op.drop_index(op.f("ix_considerations_application_id"), table_name="considerations")
    op.drop_table("considerations")
    op.drop_table("outside_names")
    op.drop_index(op.f("ix_outside_lists_agency_id"), table_name="outside_lists")
    op.drop_table("outside_lists")
    with op.batch_alter_table("certificate_entries") as batch:
        batch.drop_constraint("evidence_has_name", type_="check")
        for column in ("evidence_type", "evidence_digest", "evidence_name"):
            batch.drop_column(column)
    with op.batch_alter_table("appointments") as batch:
        batch.drop_constraint("entered_after_start", type_="check")
        batch.drop_column("entered_on")
