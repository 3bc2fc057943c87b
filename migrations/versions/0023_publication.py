"""Publication: sandboxes, notes, samples, and letters held back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "publications",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("list_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("replaced_id", sa.String(length=40), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "held", "sent", "undone", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("published_by", sa.String(length=40), nullable=True),
        sa.Column("published_at", Moment(), nullable=False),
        sa.Column("signed_name", sa.String(length=200), nullable=False),
        sa.Column("signed_title", sa.String(length=200), nullable=False),
        sa.Column("letters_at", Moment(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("undone_by", sa.String(length=40), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_publications_sent")),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_at IS NOT NULL AND undone_by IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_publications_undone"),
        ),
        sa.CheckConstraint("letters_at >= published_at", name=op.f("ck_publications_held_forward")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_publications_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["merit_lists.id"], name=op.f("fk_publications_list_id_merit_lists")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["accounts.id"], name=op.f("fk_publications_published_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_id"], ["merit_lists.id"], name=op.f("fk_publications_replaced_id_merit_lists")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["accounts.id"], name=op.f("fk_publications_undone_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_list_id"), "publications", ["list_id"], unique=False)
    op.create_index(
        "uq_publications_live",
        "publications",
        ["list_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'undone'"),
        postgresql_where=sa.text("state <> 'undone'"),
    )
    op.create_table(
        "list_columns",
        sa.Column("list_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["merit_lists.id"], name=op.f("fk_list_columns_list_id_merit_lists")
        ),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_list_columns")),
    )
    op.create_table(
        "sandboxes",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("list_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("rulebook_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("entering", sa.Integer(), nullable=False),
        sa.Column("leaving", sa.Integer(), nullable=False),
        sa.Column("kept_by", sa.String(length=40), nullable=True),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "entering >= 0 AND leaving >= 0 AND passed >= 0", name=op.f("ck_sandboxes_counts")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_sandboxes_agency_id_agencies")),
        sa.ForeignKeyConstraint(["kept_by"], ["accounts.id"], name=op.f("fk_sandboxes_kept_by_accounts")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["merit_lists.id"], name=op.f("fk_sandboxes_list_id_merit_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandboxes")),
    )
    op.create_index("ix_sandboxes_list", "sandboxes", ["list_id", "kept_at", "id"], unique=False)
    op.create_table(
        "spot_checks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=False),
        sa.Column("wrong_percent", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "passed",
                "replaced",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("drawn_by", sa.String(length=40), nullable=True),
        sa.Column("drawn_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint("size >= 1 AND size <= population", name=op.f("ck_spot_checks_size")),
        sa.CheckConstraint("wrong_percent >= 1", name=op.f("ck_spot_checks_wrong_percent")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_spot_checks_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["drawn_by"], ["accounts.id"], name=op.f("fk_spot_checks_drawn_by_accounts")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_spot_checks_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_spot_checks_import_id_response_imports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_checks")),
    )
    op.create_index(op.f("ix_spot_checks_examination_id"), "spot_checks", ["examination_id"], unique=False)
    op.create_index(
        "uq_spot_checks_open",
        "spot_checks",
        ["examination_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "spot_check_sheets",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("check_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "waiting",
                "same",
                "different",
                "settled",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("differences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("read_by", sa.String(length=40), nullable=True),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'settled') = (settled_at IS NOT NULL AND settled_by IS NOT NULL AND finding IS NOT NULL)",
            name=op.f("ck_spot_check_sheets_settled"),
        ),
        sa.CheckConstraint(
            "(outcome = 'waiting') = (read_at IS NULL) AND (read_by IS NULL) = (read_at IS NULL)",
            name=op.f("ck_spot_check_sheets_read"),
        ),
        sa.CheckConstraint(
            "settled_by IS NULL OR settled_by <> read_by", name=op.f("ck_spot_check_sheets_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_spot_check_sheets_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["spot_checks.id"], name=op.f("fk_spot_check_sheets_check_id_spot_checks")
        ),
        sa.ForeignKeyConstraint(
            ["read_by"], ["accounts.id"], name=op.f("fk_spot_check_sheets_read_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["accounts.id"], name=op.f("fk_spot_check_sheets_settled_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check_sheets")),
        sa.UniqueConstraint("check_id", "candidate_id", name="uq_spot_check_sheets_candidate_id"),
        sa.UniqueConstraint("check_id", "position", name="uq_spot_check_sheets_position"),
    )
    op.create_index(
        op.f("ix_spot_check_sheets_candidate_id"), "spot_check_sheets", ["candidate_id"], unique=False
    )
    op.create_table(
        "list_notes",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("list_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "readers",
                "approvers",
                "writer",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=True),
        sa.Column("written_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_list_notes_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_list_notes_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["merit_lists.id"], name=op.f("fk_list_notes_list_id_merit_lists")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f("fk_list_notes_written_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_notes")),
    )
    op.create_index(
        "ix_list_notes_candidate", "list_notes", ["candidate_id", "written_at", "id"], unique=False
    )
    op.create_table(
        "voluntary_answers",
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=20), nullable=False),
        sa.Column("background", sa.String(length=40), nullable=False),
        sa.Column("disability", sa.String(length=20), nullable=False),
        sa.Column("answered_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_voluntary_answers_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_voluntary_answers")),
    )
    op.create_table(
        "list_policies",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("shows_names", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=True),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_list_policies_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["accounts.id"], name=op.f("fk_list_policies_set_by_accounts")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_list_policies")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("list_policies")
    op.drop_table("voluntary_answers")
    op.drop_index("ix_list_notes_candidate", table_name="list_notes")
    op.drop_table("list_notes")
    op.drop_index(op.f("ix_spot_check_sheets_candidate_id"), table_name="spot_check_sheets")
    op.drop_table("spot_check_sheets")
    op.drop_index(
        "uq_spot_checks_open",
        table_name="spot_checks",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_spot_checks_examination_id"), table_name="spot_checks")
    op.drop_table("spot_checks")
    op.drop_index("ix_sandboxes_list", table_name="sandboxes")
    op.drop_table("sandboxes")
    op.drop_table("list_columns")
    op.drop_index(
        "uq_publications_live",
        table_name="publications",
        sqlite_where=sa.text("state <> 'undone'"),
        postgresql_where=sa.text("state <> 'undone'"),
    )
    op.drop_index(op.f("ix_publications_list_id"), table_name="publications")
    op.drop_table("publications")
