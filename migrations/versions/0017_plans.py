"""Plans: components, uploaded rulebooks, marks by component; lists of marks that need no sheets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.db import Base
from app.platform.types import Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# A sealed plan is guarded from whoever holds the database's own password, too.
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER exam_plans_no_{verb.lower()} BEFORE {verb} ON exam_plans "
        "WHEN OLD.sealed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'A sealed plan never changes.'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION exam_plans_sealed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'A sealed plan never changes.'; END $$",
        "CREATE TRIGGER exam_plans_guard BEFORE UPDATE OR DELETE ON exam_plans "
        "FOR EACH ROW WHEN (OLD.sealed_at IS NOT NULL) EXECUTE FUNCTION exam_plans_sealed()",
    ],
}
SHEETS_WITH_KEY = "ck_merit_lists_sheets_with_key"
PARTIAL = {
    "uq_merit_lists_open": "state IN ('draft', 'approved')",
    "uq_merit_lists_published": "state = 'published'",
}


def upgrade() -> None:
    """Make the tables, and let a list stand without a key where nothing is answered on sheets."""
    op.create_table(
        "rulebook_versions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("uploaded_by", sa.String(length=40), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_rulebook_versions_decided")
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_rulebook_versions_withdrawn")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> uploaded_by", name=op.f("ck_rulebook_versions_two_people")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_rulebook_versions_digest")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_rulebook_versions_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_rulebook_versions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["accounts.id"], name=op.f("fk_rulebook_versions_uploaded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_versions")),
        sa.UniqueConstraint("agency_id", "name", "version", name="uq_rulebook_versions_version"),
    )
    op.create_index(op.f("ix_rulebook_versions_agency_id"), "rulebook_versions", ["agency_id"], unique=False)
    op.create_table(
        "exam_plans",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("notes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("rulebook_text", sa.Text(), nullable=True),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("sealed_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(sealed_at IS NULL) = (digest IS NULL) AND (sealed_at IS NULL) = (content IS NULL) AND (sealed_at IS NULL) = (rulebook_text IS NULL)",
            name=op.f("ck_exam_plans_sealed_whole"),
        ),
        sa.CheckConstraint("digest IS NULL OR length(digest) = 64", name=op.f("ck_exam_plans_digest")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_exam_plans_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_exam_plans_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_plans")),
        sa.UniqueConstraint("posting_id", name="uq_exam_plans_posting_id"),
    )
    op.create_index(op.f("ix_exam_plans_agency_id"), "exam_plans", ["agency_id"], unique=False)
    op.create_table(
        "mark_records",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("component", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=True),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.CheckConstraint("people >= 1", name=op.f("ck_mark_records_people")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_mark_records_version")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_mark_records_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_mark_records_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_records")),
        sa.UniqueConstraint("examination_id", "component", "version", name="uq_mark_records_version"),
    )
    op.create_table(
        "component_marks",
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("denominator >= 1", name=op.f("ck_component_marks_denominator")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_component_marks_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["mark_records.id"], name=op.f("fk_component_marks_record_id_mark_records")
        ),
        sa.PrimaryKeyConstraint("record_id", "candidate_id", name=op.f("pk_component_marks")),
    )
    op.create_index("ix_component_marks_candidate_id", "component_marks", ["candidate_id"], unique=False)
    for guard in GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)
    with op.batch_alter_table("merit_lists", copy_from=_merit_lists()) as batch:
        batch.alter_column("key_version_id", existing_type=sa.String(length=40), nullable=True)
        batch.alter_column("import_id", existing_type=sa.String(length=40), nullable=True)
        batch.add_column(
            sa.Column("mark_versions", sa.JSON(none_as_null=True), server_default="{}", nullable=False)
        )
        batch.create_check_constraint(op.f(SHEETS_WITH_KEY), "(key_version_id IS NULL) = (import_id IS NULL)")


def downgrade() -> None:
    """Drop them; lists that needed no sheets have to be gone before."""
    with op.batch_alter_table("merit_lists", copy_from=_merit_lists(is_wider=True)) as batch:
        batch.drop_constraint(op.f(SHEETS_WITH_KEY), type_="check")
        batch.drop_column("mark_versions")
        batch.alter_column("import_id", existing_type=sa.String(length=40), nullable=False)
        batch.alter_column("key_version_id", existing_type=sa.String(length=40), nullable=False)
    op.drop_table("component_marks")
    op.drop_table("mark_records")
    op.drop_table("exam_plans")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION exam_plans_sealed()")
    op.drop_table("rulebook_versions")


def _merit_lists(*, is_wider: bool = False) -> sa.Table:
    """Give the table as 0006 made it, or as it stands after this step."""
    table = sa.Table(
        "merit_lists",
        sa.MetaData(naming_convention=Base.metadata.naming_convention),
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
        sa.Column("key_version_id", sa.String(length=40), nullable=is_wider),
        sa.Column("import_id", sa.String(length=40), nullable=is_wider),
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
    sa.Index("ix_merit_lists_agency_id", table.c.agency_id)
    for name, condition in PARTIAL.items():
        where = sa.text(condition)
        sa.Index(name, table.c.examination_id, unique=True, sqlite_where=where, postgresql_where=where)
    if is_wider:
        table.append_column(
            sa.Column("mark_versions", sa.JSON(none_as_null=True), server_default="{}", nullable=False)
        )
        condition = "(key_version_id IS NULL) = (import_id IS NULL)"
        table.append_constraint(sa.CheckConstraint(condition, name=op.f(SHEETS_WITH_KEY)))
    return table
