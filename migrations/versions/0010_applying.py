"""Applying: versions, eligibility, fees, grace, reminders, and text kept over a lost session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.db import Base
from app.platform.types import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ONE_EACH = "uq_applications_posting_id_account_id"
IS_OWN = "changes_id IS NULL"


def upgrade() -> None:
    """Make the tables; every application received so far is its own first version."""
    op.create_table(
        "eligibility_questions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("lawful", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("unlawful", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("explanation", sa.String(length=1000), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("is_advisory", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_eligibility_questions_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_questions")),
        sa.UniqueConstraint(
            "posting_id", "position", name=op.f("uq_eligibility_questions_posting_id_position")
        ),
    )
    op.create_table(
        "posting_fees",
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("where_to_pay", sa.String(length=1000), nullable=False),
        sa.Column(
            "hold",
            sa.Enum(
                "submission", "screening", name="hold", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_posting_fees_amount")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_posting_fees_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_posting_fees")),
    )
    op.create_table(
        "application_fees",
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("slip_number", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "waiver_asked",
                "paid",
                "waived",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ground", sa.String(length=700), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("chosen_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('paid', 'waived')) = (settled_at IS NOT NULL)",
            name=op.f("ck_application_fees_settled_dated"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('waiver_asked', 'waived') OR ground IS NOT NULL",
            name=op.f("ck_application_fees_waiver_has_ground"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_fees_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_fees")),
        sa.UniqueConstraint("slip_number", name=op.f("uq_application_fees_slip_number")),
    )
    op.create_index(
        "ix_application_fees_state",
        "application_fees",
        ["state", "chosen_at", "application_id"],
        unique=False,
    )
    op.create_table(
        "application_versions",
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_application_versions_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_versions_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("application_id", "version", name=op.f("pk_application_versions")),
    )
    op.create_table(
        "draft_reminders",
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("day", "hour", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_draft_reminders_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("application_id", "kind", "closes_at", name=op.f("pk_draft_reminders")),
    )
    op.create_table(
        "fee_waiver_grounds",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting_fees.posting_id"],
            name=op.f("fk_fee_waiver_grounds_posting_id_posting_fees"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_waiver_grounds")),
        sa.UniqueConstraint("posting_id", "position", name=op.f("uq_fee_waiver_grounds_posting_id_position")),
    )
    op.create_table(
        "fee_entries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "payment",
                "waiver",
                "refusal",
                "reversal",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application_fees.application_id"],
            name=op.f("fk_fee_entries_application_id_application_fees"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_fee_entries_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_entries")),
        sa.UniqueConstraint("number", name=op.f("uq_fee_entries_number")),
    )
    op.create_index(op.f("ix_fee_entries_application_id"), "fee_entries", ["application_id"], unique=False)
    op.create_table(
        "typed_texts",
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key_digest", name=op.f("pk_typed_texts")),
    )
    op.create_index("ix_typed_texts_expires_at", "typed_texts", ["expires_at"], unique=False)
    op.execute(
        "ALTER TABLE postings ADD COLUMN grace_minutes INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_postings_grace CHECK (grace_minutes BETWEEN 0 AND 120)"
    )
    op.add_column("application_sections", sa.Column("writer", sa.String(length=80), nullable=True))
    op.add_column("applications", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("applications", sa.Column("changes_id", sa.String(length=40), nullable=True))
    op.execute("UPDATE applications SET version = 1 WHERE number IS NOT NULL")
    op.execute(
        "INSERT INTO application_versions (application_id, version, snapshot, digest, submitted_at) "
        "SELECT id, 1, snapshot, snapshot_digest, submitted_at FROM applications WHERE number IS NOT NULL"
    )
    with op.batch_alter_table("applications", copy_from=_applications()) as batch:
        batch.drop_constraint(ONE_EACH, type_="unique")
        batch.drop_column("reminded_at")
        batch.create_foreign_key(
            op.f("fk_applications_changes_id_applications"), "applications", ["changes_id"], ["id"]
        )
        batch.create_check_constraint(
            op.f("ck_applications_version_of_received"), "(version IS NULL) = (number IS NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_applications_copy_is_draft"), "changes_id IS NULL OR submission = 'draft'"
        )
    _make_indexes()


def _make_indexes() -> None:
    op.create_index(
        ONE_EACH,
        "applications",
        ["posting_id", "account_id"],
        unique=True,
        sqlite_where=sa.text(IS_OWN),
        postgresql_where=sa.text(IS_OWN),
    )
    op.create_index("uq_applications_changes_id", "applications", ["changes_id"], unique=True)


def _applications() -> sa.Table:
    """Give the table as 0005 made it, with what is added before it is rebuilt."""
    return sa.Table(
        "applications",
        sa.MetaData(naming_convention=Base.metadata.naming_convention),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column(
            "submission",
            sa.Enum(
                "draft",
                "submitted",
                "withdrawn",
                name="submission",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "screening",
            sa.Enum(
                "pending",
                "eligible",
                "ineligible",
                name="screening",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "assessment",
            sa.Enum(
                "none",
                "registered",
                "present",
                "absent",
                "scored",
                name="assessment",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "none",
                "passed",
                "failed",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "placement",
            sa.Enum(
                "none",
                "certified",
                "selected",
                "declined",
                "passed_over",
                "appointed",
                name="placement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("reminded_at", Moment(), nullable=True),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(length=1000), nullable=True),
        sa.Column("applicant_name", sa.String(length=200), nullable=True),
        sa.Column("applicant_email", sa.String(length=254), nullable=True),
        sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("snapshot_digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(submission = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            name=op.f("ck_applications_withdrawn_dated"),
        ),
        sa.CheckConstraint(
            "assessment = 'none' OR screening = 'eligible'",
            name=op.f("ck_applications_assessed_iff_eligible"),
        ),
        sa.CheckConstraint(
            "screening = 'pending' OR number IS NOT NULL", name=op.f("ck_applications_screened_once_received")
        ),
        sa.CheckConstraint(
            "standing = 'none' OR assessment = 'scored'", name=op.f("ck_applications_standing_once_scored")
        ),
        sa.CheckConstraint(
            "submission <> 'draft' OR number IS NULL", name=op.f("ck_applications_draft_has_none")
        ),
        sa.CheckConstraint(
            "submission <> 'submitted' OR number IS NOT NULL",
            name=op.f("ck_applications_submitted_has_receipt"),
        ),
        sa.CheckConstraint(
            "(number IS NOT NULL AND submitted_at IS NOT NULL AND snapshot IS NOT NULL AND snapshot_digest IS NOT NULL AND applicant_name IS NOT NULL AND applicant_email IS NOT NULL) OR (number IS NULL AND submitted_at IS NULL AND snapshot IS NULL AND snapshot_digest IS NULL AND applicant_name IS NULL AND applicant_email IS NULL)",
            name=op.f("ck_applications_receipt_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_applications_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_applications_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("number", name=op.f("uq_applications_number")),
        sa.UniqueConstraint("posting_id", "account_id", name="uq_applications_posting_id_account_id"),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("changes_id", sa.String(length=40), nullable=True),
        sa.Index("ix_applications_account", "account_id", "started_at", "id"),
        sa.Index("ix_applications_posting", "posting_id", "submission", "submitted_at", "id"),
    )


def downgrade() -> None:
    """Drop them, and the working copies with them."""
    copies = "(SELECT id FROM applications WHERE changes_id IS NOT NULL)"
    for table in ("application_claims", "application_documents", "application_sections"):
        op.execute(f"DELETE FROM {table} WHERE application_id IN {copies}")  # noqa: S608 - no input
    op.execute("DELETE FROM draft_reminders")
    op.execute("DELETE FROM applications WHERE changes_id IS NOT NULL")
    op.drop_index("uq_applications_changes_id", table_name="applications")
    op.drop_index(ONE_EACH, table_name="applications")
    with op.batch_alter_table("applications") as batch:
        batch.drop_constraint(op.f("ck_applications_version_of_received"), type_="check")
        batch.drop_constraint(op.f("ck_applications_copy_is_draft"), type_="check")
        batch.drop_constraint(op.f("fk_applications_changes_id_applications"), type_="foreignkey")
        batch.drop_column("version")
        batch.drop_column("changes_id")
        batch.add_column(sa.Column("reminded_at", Moment(), nullable=True))
        batch.create_unique_constraint(ONE_EACH, ["posting_id", "account_id"])
    with op.batch_alter_table("application_sections") as batch:
        batch.drop_column("writer")
    with op.batch_alter_table("postings") as batch:
        batch.drop_constraint(op.f("ck_postings_grace"), type_="check")
        batch.drop_column("grace_minutes")
    op.drop_index("ix_typed_texts_expires_at", table_name="typed_texts")
    op.drop_table("typed_texts")

    op.drop_index(op.f("ix_fee_entries_application_id"), table_name="fee_entries")
    op.drop_table("fee_entries")
    op.drop_table("fee_waiver_grounds")
    op.drop_table("draft_reminders")
    op.drop_table("application_versions")
    op.drop_index("ix_application_fees_state", table_name="application_fees")
    op.drop_table("application_fees")
    op.drop_table("posting_fees")
    op.drop_table("eligibility_questions")
