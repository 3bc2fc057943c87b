"""Separations: clearance, exit interviews, certificates of service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "separation_regimes",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_separation_regimes_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["accounts.id"], name=op.f("fk_separation_regimes_set_by_accounts")
        ),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_separation_regimes")),
    )
    op.create_table(
        "separations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("position_id", sa.String(length=40), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "resignation",
                "retirement",
                "removal",
                "death",
                "end_of_term",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "accepted",
                "effected",
                "finished",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("eligibility", sa.String(length=1000), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("requested_by", sa.String(length=40), nullable=False),
        sa.Column("requested_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("withdrawal_asked_at", Moment(), nullable=True),
        sa.Column("withdrawal_answer", sa.String(length=1000), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("effected_at", Moment(), nullable=True),
        sa.Column("finished_by", sa.String(length=40), nullable=True),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)", name=op.f("ck_separations_finished")
        ),
        sa.CheckConstraint(
            "(state = 'submitted') <= (decided_at IS NULL)", name=op.f("ck_separations_submitted_undecided")
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_separations_withdrawn")
        ),
        sa.CheckConstraint(
            "(state IN ('effected', 'finished')) = (effected_at IS NOT NULL)",
            name=op.f("ck_separations_effected"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> requested_by", name=op.f("ck_separations_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_separations_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_separations_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_separations_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["finished_by"], ["accounts.id"], name=op.f("fk_separations_finished_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f("fk_separations_position_id_positions")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["accounts.id"], name=op.f("fk_separations_requested_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_separations")),
    )
    op.create_index(
        "ix_separations_agency", "separations", ["agency_id", "state", "last_day", "id"], unique=False
    )
    op.create_index(
        "uq_separations_live",
        "separations",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('submitted', 'accepted', 'effected')"),
        postgresql_where=sa.text("state IN ('submitted', 'accepted', 'effected')"),
    )
    op.create_table(
        "clearance_standards",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.CheckConstraint("days_before >= 0", name=op.f("ck_clearance_standards_days_before")),
        sa.ForeignKeyConstraint(
            ["added_by"], ["accounts.id"], name=op.f("fk_clearance_standards_added_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_clearance_standards_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_standards")),
    )
    op.create_index(
        op.f("ix_clearance_standards_agency_id"), "clearance_standards", ["agency_id"], unique=False
    )
    op.create_table(
        "clearance_items",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("separation_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "done", "waived", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at IS NULL)", name=op.f("ck_clearance_items_settled")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (settled_by IS NULL)", name=op.f("ck_clearance_items_settled_by_someone")
        ),
        sa.CheckConstraint(
            "state <> 'waived' OR note IS NOT NULL", name=op.f("ck_clearance_items_waived_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["separation_id"], ["separations.id"], name=op.f("fk_clearance_items_separation_id_separations")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["accounts.id"], name=op.f("fk_clearance_items_settled_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_items")),
        sa.UniqueConstraint("separation_id", "position", name="uq_clearance_items_position"),
    )
    op.create_table(
        "exit_interviews",
        sa.Column("separation_id", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("comment", sa.String(length=2000), nullable=False),
        sa.Column("answered_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["separation_id"], ["separations.id"], name=op.f("fk_exit_interviews_separation_id_separations")
        ),
        sa.PrimaryKeyConstraint("separation_id", name=op.f("pk_exit_interviews")),
    )


def downgrade() -> None:
    """Remove them."""

    op.drop_table("exit_interviews")
    op.drop_table("clearance_items")
    op.drop_index(op.f("ix_clearance_standards_agency_id"), table_name="clearance_standards")
    op.drop_table("clearance_standards")
    op.drop_index("ix_separations_agency", table_name="separations")
    op.drop_index(
        "uq_separations_live",
        table_name="separations",
        sqlite_where=sa.text("state IN ('submitted', 'accepted', 'effected')"),
        postgresql_where=sa.text("state IN ('submitted', 'accepted', 'effected')"),
    )
    op.drop_table("separations")
    op.drop_table("separation_regimes")
