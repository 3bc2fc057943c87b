"""Examinations: items, candidates, keys, sheets, lists, certificates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "examinations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("rulebook_digest", sa.String(length=64), nullable=False),
        sa.Column("rulebook_text", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("blanks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("multiples", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "closed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint("length(rulebook_digest) = 64", name=op.f("ck_examinations_rulebook_digest")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_examinations_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_examinations_created_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_examinations_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examinations")),
        sa.UniqueConstraint("number", name="uq_examinations_number"),
        sa.UniqueConstraint("posting_id", name="uq_examinations_posting_id"),
    )
    op.create_index(op.f("ix_examinations_agency_id"), "examinations", ["agency_id"], unique=False)
    op.create_table(
        "candidates",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum(
                "expected",
                "present",
                "absent",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_candidates_application_id_applications")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_candidates_examination_id_examinations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
        sa.UniqueConstraint("application_id", name="uq_candidates_application_id"),
        sa.UniqueConstraint("examination_id", "number", name="uq_candidates_number"),
    )
    op.create_index("ix_candidates_attendance", "candidates", ["examination_id", "attendance"], unique=False)
    op.create_table(
        "exam_items",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_exam_items_position")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_exam_items_examination_id_examinations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_items")),
        sa.UniqueConstraint("examination_id", "code", name="uq_exam_items_code"),
        sa.UniqueConstraint("examination_id", "position", name="uq_exam_items_position"),
    )
    op.create_table(
        "key_versions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
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
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_key_versions_decided")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_key_versions_two_people")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_key_versions_version")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_key_versions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_key_versions_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_key_versions_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_versions")),
        sa.UniqueConstraint("examination_id", "version", name="uq_key_versions_version"),
    )
    op.create_index(
        "uq_key_versions_proposed",
        "key_versions",
        ["examination_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "response_imports",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "current", "superseded", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("imported_by", sa.String(length=40), nullable=True),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_response_imports_digest")),
        sa.CheckConstraint("rows >= 1", name=op.f("ck_response_imports_rows")),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_response_imports_examination_id_examinations"),
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["accounts.id"], name=op.f("fk_response_imports_imported_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_imports")),
    )
    op.create_index(
        op.f("ix_response_imports_examination_id"), "response_imports", ["examination_id"], unique=False
    )
    op.create_index(
        "uq_response_imports_current",
        "response_imports",
        ["examination_id"],
        unique=True,
        sqlite_where=sa.text("state = 'current'"),
        postgresql_where=sa.text("state = 'current'"),
    )
    op.create_table(
        "merit_lists",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "published",
                "superseded",
                "discarded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("rulebook_digest", sa.String(length=64), nullable=False),
        sa.Column("key_version_id", sa.String(length=40), nullable=False),
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("inputs_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ranked", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.String(length=40), nullable=True),
        sa.Column("drafted_at", Moment(), nullable=False),
        sa.Column("approved_by", sa.String(length=40), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("published_by", sa.String(length=40), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("superseded_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('published', 'superseded')) = (published_at IS NOT NULL)",
            name=op.f("ck_merit_lists_published"),
        ),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_merit_lists_approved")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> drafted_by", name=op.f("ck_merit_lists_two_people")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR approved_at IS NOT NULL", name=op.f("ck_merit_lists_approved_first")
        ),
        sa.CheckConstraint("version = 1 OR reason IS NOT NULL", name=op.f("ck_merit_lists_reason")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_merit_lists_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["accounts.id"], name=op.f("fk_merit_lists_approved_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["accounts.id"], name=op.f("fk_merit_lists_drafted_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_merit_lists_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_merit_lists_import_id_response_imports")
        ),
        sa.ForeignKeyConstraint(
            ["key_version_id"], ["key_versions.id"], name=op.f("fk_merit_lists_key_version_id_key_versions")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["accounts.id"], name=op.f("fk_merit_lists_published_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merit_lists")),
        sa.UniqueConstraint("examination_id", "version", name="uq_merit_lists_version"),
    )
    op.create_index(op.f("ix_merit_lists_agency_id"), "merit_lists", ["agency_id"], unique=False)
    op.create_index(
        "uq_merit_lists_open",
        "merit_lists",
        ["examination_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'approved')"),
        postgresql_where=sa.text("state IN ('draft', 'approved')"),
    )
    op.create_index(
        "uq_merit_lists_published",
        "merit_lists",
        ["examination_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "response_sheets",
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_response_sheets_digest")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_response_sheets_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_response_sheets_import_id_response_imports")
        ),
        sa.PrimaryKeyConstraint("import_id", "candidate_id", name=op.f("pk_response_sheets")),
    )
    op.create_index(
        op.f("ix_response_sheets_candidate_id"), "response_sheets", ["candidate_id"], unique=False
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("merit_list_id", sa.String(length=40), nullable=False),
        sa.Column("requisition_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("vacancies", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "issued",
                "closed",
                "expired",
                "discarded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_by", sa.String(length=40), nullable=True),
        sa.Column("requested_at", Moment(), nullable=False),
        sa.Column("issued_by", sa.String(length=40), nullable=True),
        sa.Column("issued_at", Moment(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "state IN ('drafted', 'discarded') OR issued_at IS NOT NULL", name=op.f("ck_certificates_issued")
        ),
        sa.CheckConstraint(
            "issued_by IS NULL OR issued_by <> requested_by", name=op.f("ck_certificates_two_people")
        ),
        sa.CheckConstraint("vacancies >= 1", name=op.f("ck_certificates_vacancies")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_certificates_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["accounts.id"], name=op.f("fk_certificates_issued_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["merit_list_id"], ["merit_lists.id"], name=op.f("fk_certificates_merit_list_id_merit_lists")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["accounts.id"], name=op.f("fk_certificates_requested_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisitions.id"], name=op.f("fk_certificates_requisition_id_requisitions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("number", name="uq_certificates_number"),
    )
    op.create_index(op.f("ix_certificates_agency_id"), "certificates", ["agency_id"], unique=False)
    op.create_index("ix_certificates_expiry", "certificates", ["state", "expires_on"], unique=False)
    op.create_index(op.f("ix_certificates_merit_list_id"), "certificates", ["merit_list_id"], unique=False)
    op.create_index(op.f("ix_certificates_requisition_id"), "certificates", ["requisition_id"], unique=False)
    op.create_index(
        "uq_certificates_open",
        "certificates",
        ["requisition_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('drafted', 'issued')"),
        postgresql_where=sa.text("state IN ('drafted', 'issued')"),
    )
    op.create_table(
        "merit_list_entries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("list_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("marks", sa.BigInteger(), nullable=False),
        sa.Column("preference", sa.BigInteger(), nullable=False),
        sa.Column("final", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("has_preference", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("derivation", sa.JSON(none_as_null=True), nullable=False),
        sa.CheckConstraint("denominator >= 1", name=op.f("ck_merit_list_entries_denominator")),
        sa.CheckConstraint("final = marks + preference", name=op.f("ck_merit_list_entries_final")),
        sa.CheckConstraint(
            "is_passed = (rank IS NOT NULL)", name=op.f("ck_merit_list_entries_rank_of_passed")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_merit_list_entries_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_merit_list_entries_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["merit_lists.id"], name=op.f("fk_merit_list_entries_list_id_merit_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merit_list_entries")),
        sa.UniqueConstraint("list_id", "candidate_id", name="uq_merit_list_entries_candidate_id"),
        sa.UniqueConstraint("list_id", "place", name="uq_merit_list_entries_place"),
    )
    op.create_index(
        "ix_merit_list_entries_application_id", "merit_list_entries", ["application_id"], unique=False
    )
    op.create_index(
        "ix_merit_list_entries_candidate_id", "merit_list_entries", ["candidate_id"], unique=False
    )
    op.create_table(
        "certificate_entries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("certificate_id", sa.String(length=40), nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "pending",
                "objected",
                "passed_over",
                "declined",
                "appointed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("position_id", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("approved_by", sa.String(length=40), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(outcome <> 'pending') = (decided_at IS NOT NULL)", name=op.f("ck_certificate_entries_decided")
        ),
        sa.CheckConstraint(
            "(outcome = 'appointed') = (position_id IS NOT NULL)",
            name=op.f("ck_certificate_entries_appointed"),
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('declined', 'passed_over', 'objected') OR (code IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_certificate_entries_reasoned"),
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> decided_by", name=op.f("ck_certificate_entries_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["accounts.id"], name=op.f("fk_certificate_entries_approved_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_certificate_entries_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_certificate_entries_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["merit_list_entries.id"],
            name=op.f("fk_certificate_entries_entry_id_merit_list_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f("fk_certificate_entries_position_id_positions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_entries")),
        sa.UniqueConstraint("certificate_id", "entry_id", name="uq_certificate_entries_entry_id"),
        sa.UniqueConstraint("certificate_id", "position", name="uq_certificate_entries_position"),
    )
    op.create_index("ix_certificate_entries_entry_id", "certificate_entries", ["entry_id"], unique=False)
    op.create_index(
        "uq_certificate_entries_appointed",
        "certificate_entries",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("outcome = 'appointed'"),
        postgresql_where=sa.text("outcome = 'appointed'"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(
        "uq_certificate_entries_appointed",
        table_name="certificate_entries",
        sqlite_where=sa.text("outcome = 'appointed'"),
        postgresql_where=sa.text("outcome = 'appointed'"),
    )
    op.drop_index("ix_certificate_entries_entry_id", table_name="certificate_entries")
    op.drop_table("certificate_entries")
    op.drop_index("ix_merit_list_entries_candidate_id", table_name="merit_list_entries")
    op.drop_index("ix_merit_list_entries_application_id", table_name="merit_list_entries")
    op.drop_table("merit_list_entries")
    op.drop_index(
        "uq_certificates_open",
        table_name="certificates",
        sqlite_where=sa.text("state IN ('drafted', 'issued')"),
        postgresql_where=sa.text("state IN ('drafted', 'issued')"),
    )
    op.drop_index(op.f("ix_certificates_requisition_id"), table_name="certificates")
    op.drop_index(op.f("ix_certificates_merit_list_id"), table_name="certificates")
    op.drop_index("ix_certificates_expiry", table_name="certificates")
    op.drop_index(op.f("ix_certificates_agency_id"), table_name="certificates")
    op.drop_table("certificates")
    op.drop_index(op.f("ix_response_sheets_candidate_id"), table_name="response_sheets")
    op.drop_table("response_sheets")
    op.drop_index(
        "uq_merit_lists_published",
        table_name="merit_lists",
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.drop_index(
        "uq_merit_lists_open",
        table_name="merit_lists",
        sqlite_where=sa.text("state IN ('draft', 'approved')"),
        postgresql_where=sa.text("state IN ('draft', 'approved')"),
    )
    op.drop_index(op.f("ix_merit_lists_agency_id"), table_name="merit_lists")
    op.drop_table("merit_lists")
    op.drop_index(
        "uq_response_imports_current",
        table_name="response_imports",
        sqlite_where=sa.text("state = 'current'"),
        postgresql_where=sa.text("state = 'current'"),
    )
    op.drop_index(op.f("ix_response_imports_examination_id"), table_name="response_imports")
    op.drop_table("response_imports")
    op.drop_index(
        "uq_key_versions_proposed",
        table_name="key_versions",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_table("key_versions")
    op.drop_table("exam_items")
    op.drop_index("ix_candidates_attendance", table_name="candidates")
    op.drop_table("candidates")
    op.drop_index(op.f("ix_examinations_agency_id"), table_name="examinations")
    op.drop_table("examinations")
