"""Recruitment: requisitions, postings, applications, screening."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "requisitions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "refused",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("requested_by", sa.String(length=40), nullable=True),
        sa.Column("requested_at", Moment(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("advertised_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL)",
            name=op.f("ck_requisitions_cancelled_has_reason"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR decision_reason IS NOT NULL",
            name=op.f("ck_requisitions_refusal_has_reason"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'refused') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_requisitions_decision_has_person"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'approved', 'refused') OR (requested_at IS NOT NULL AND requested_by IS NOT NULL)",
            name=op.f("ck_requisitions_submitted_has_person"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR (decided_by <> requested_by AND decided_by <> created_by)",
            name=op.f("ck_requisitions_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_requisitions_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_requisitions_created_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_requisitions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["accounts.id"], name=op.f("fk_requisitions_requested_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisitions")),
        sa.UniqueConstraint("number", name=op.f("uq_requisitions_number")),
    )
    op.create_index(
        "ix_requisitions_agency_state", "requisitions", ["agency_id", "state", "id"], unique=False
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("requisition_id", sa.String(length=40), nullable=True),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_key", sa.String(length=400), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column("class_title", sa.String(length=200), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=200), nullable=False),
        sa.Column(
            "employment_type",
            sa.Enum(
                "full_time",
                "part_time",
                "temporary",
                "intern",
                name="employment_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "everyone", "employees", name="audience", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("qualifications", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Text(), nullable=False),
        sa.Column("how_to_apply", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("pay_min_minor", sa.BigInteger(), nullable=True),
        sa.Column("pay_max_minor", sa.BigInteger(), nullable=True),
        sa.Column("pay_currency", sa.String(length=3), nullable=False),
        sa.Column(
            "pay_period",
            sa.Enum(
                "year",
                "month",
                "day",
                "hour",
                name="pay_period",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pay_year_minor", sa.BigInteger(), nullable=True),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=True),
        sa.Column("opens_at", Moment(), nullable=True),
        sa.Column("closes_at", Moment(), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "published",
                "closed",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.Column("submitted_by", sa.String(length=40), nullable=True),
        sa.Column("approved_by", sa.String(length=40), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("cancelled_at", Moment(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_key", sa.String(length=120), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL)",
            name=op.f("ck_postings_cancelled_has_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_postings_closed_has_moment")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'cancelled') OR NOT (source = 'meritum') OR rulebook IS NOT NULL",
            name=op.f("ck_postings_has_rulebook"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'published', 'closed') OR NOT (source = 'meritum') OR approved_by IS NOT NULL",
            name=op.f("ck_postings_approved_by_someone"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('published', 'closed') OR (opens_at IS NOT NULL AND closes_at IS NOT NULL AND published_at IS NOT NULL AND announced_on IS NOT NULL)",
            name=op.f("ck_postings_published_has_window"),
        ),
        sa.CheckConstraint(
            "(pay_min_minor IS NULL) = (pay_max_minor IS NULL)", name=op.f("ck_postings_pay_both")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> created_by", name=op.f("ck_postings_two_people")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> submitted_by",
            name=op.f("ck_postings_approver_not_submitter"),
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_postings_closes_after_opens")),
        sa.CheckConstraint("openings >= 1", name=op.f("ck_postings_openings")),
        sa.CheckConstraint(
            "pay_min_minor >= 0 AND pay_max_minor >= pay_min_minor", name=op.f("ck_postings_pay_range")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_postings_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["accounts.id"], name=op.f("fk_postings_approved_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_postings_created_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisitions.id"], name=op.f("fk_postings_requisition_id_requisitions")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["accounts.id"], name=op.f("fk_postings_submitted_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("number", name=op.f("uq_postings_number")),
        sa.UniqueConstraint("source_key", name=op.f("uq_postings_source_key")),
    )
    op.create_index("ix_postings_agency_state", "postings", ["agency_id", "state", "id"], unique=False)
    op.create_index("ix_postings_state_closing", "postings", ["state", "closes_at", "id"], unique=False)
    op.create_index("ix_postings_state_published", "postings", ["state", "published_at", "id"], unique=False)
    op.create_index(
        "uq_postings_requisition",
        "postings",
        ["requisition_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "applications",
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
    )
    op.create_index(
        "ix_applications_account", "applications", ["account_id", "started_at", "id"], unique=False
    )
    op.create_index(
        "ix_applications_posting",
        "applications",
        ["posting_id", "submission", "submitted_at", "id"],
        unique=False,
    )
    op.create_table(
        "posting_criteria",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "education",
                "experience",
                "licence",
                "skill",
                "residence",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("is_essential", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_posting_criteria_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_criteria")),
        sa.UniqueConstraint("posting_id", "position", name=op.f("uq_posting_criteria_posting_id_position")),
    )
    op.create_table(
        "requisition_positions",
        sa.Column("requisition_id", sa.String(length=40), nullable=False),
        sa.Column("position_id", sa.String(length=40), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("filled_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f("fk_requisition_positions_position_id_positions")
        ),
        sa.ForeignKeyConstraint(
            ["requisition_id"],
            ["requisitions.id"],
            name=op.f("fk_requisition_positions_requisition_id_requisitions"),
        ),
        sa.PrimaryKeyConstraint("requisition_id", "position_id", name=op.f("pk_requisition_positions")),
    )
    op.create_index(
        "uq_requisition_positions_live",
        "requisition_positions",
        ["position_id"],
        unique=True,
        sqlite_where=sa.text("is_live"),
        postgresql_where=sa.text("is_live"),
    )
    op.create_table(
        "application_documents",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_documents_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_documents")),
    )
    op.create_index(
        "ix_application_documents_application",
        "application_documents",
        ["application_id", "uploaded_at", "id"],
        unique=False,
    )
    op.create_table(
        "application_sections",
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_sections_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("application_id", "section", name=op.f("pk_application_sections")),
    )
    op.create_table(
        "criterion_decisions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("criterion_id", sa.String(length=40), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_criterion_decisions_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["posting_criteria.id"],
            name=op.f("fk_criterion_decisions_criterion_id_posting_criteria"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_criterion_decisions_decided_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_decisions")),
        sa.UniqueConstraint(
            "application_id", "criterion_id", name="uq_criterion_decisions_application_id_criterion_id"
        ),
    )
    op.create_table(
        "screening_outcomes",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "eligible", "ineligible", name="outcome", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_screening_outcomes_version_from_one")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_screening_outcomes_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_screening_outcomes_decided_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_outcomes")),
        sa.UniqueConstraint("application_id", name="uq_screening_outcomes_application_id"),
    )
    op.create_table(
        "application_claims",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "claimed",
                "verified",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document_id", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'claimed') = (decided_at IS NULL)", name=op.f("ck_application_claims_decided_iff_dated")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_application_claims_decided_by_someone"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (reason IS NULL)", name=op.f("ck_application_claims_decided_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_claims_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_application_claims_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["application_documents.id"],
            name=op.f("fk_application_claims_document_id_application_documents"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_claims")),
        sa.UniqueConstraint("application_id", "kind", name="uq_application_claims_application_id_kind"),
    )
    op.create_table(
        "screening_corrections",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("outcome_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("corrected_by", sa.String(length=40), nullable=False),
        sa.Column("corrected_at", Moment(), nullable=False),
        sa.CheckConstraint("version >= 2", name=op.f("ck_screening_corrections_version_from_two")),
        sa.ForeignKeyConstraint(
            ["corrected_by"], ["accounts.id"], name=op.f("fk_screening_corrections_corrected_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["screening_outcomes.id"],
            name=op.f("fk_screening_corrections_outcome_id_screening_outcomes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_corrections")),
        sa.UniqueConstraint("outcome_id", "version", name="uq_screening_corrections_outcome_id_version"),
    )
    op.create_table(
        "claim_decisions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("claim_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "claimed",
                "verified",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.CheckConstraint("state <> 'claimed'", name=op.f("ck_claim_decisions_is_a_decision")),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["application_claims.id"],
            name=op.f("fk_claim_decisions_claim_id_application_claims"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_claim_decisions_decided_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_decisions")),
        sa.UniqueConstraint("claim_id", "version", name="uq_claim_decisions_claim_id_version"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("claim_decisions")
    op.drop_table("screening_corrections")
    op.drop_table("application_claims")
    op.drop_table("screening_outcomes")
    op.drop_table("criterion_decisions")
    op.drop_table("application_sections")
    op.drop_index("ix_application_documents_application", table_name="application_documents")
    op.drop_table("application_documents")
    op.drop_index(
        "uq_requisition_positions_live",
        table_name="requisition_positions",
        sqlite_where=sa.text("is_live"),
        postgresql_where=sa.text("is_live"),
    )
    op.drop_table("requisition_positions")
    op.drop_table("posting_criteria")
    op.drop_index("ix_applications_posting", table_name="applications")
    op.drop_index("ix_applications_account", table_name="applications")
    op.drop_table("applications")
    op.drop_index(
        "uq_postings_requisition",
        table_name="postings",
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.drop_index("ix_postings_state_published", table_name="postings")
    op.drop_index("ix_postings_state_closing", table_name="postings")
    op.drop_index("ix_postings_agency_state", table_name="postings")
    op.drop_table("postings")
    op.drop_index("ix_requisitions_agency_state", table_name="requisitions")
    op.drop_table("requisitions")
