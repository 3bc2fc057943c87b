"""Candidates kept in reserve after a certificate, and whoever must be offered work before others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

LEAVING = ("resignation", "retirement", "removal", "death", "end_of_term")


def _text(name: str, length: int = 40, *, is_nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=is_nullable)


def _states(name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    """Make the tables."""
    _reserves()
    _calls()
    _preferred()
    _admit((*LEAVING, "reduction_in_force"))


def _admit(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("separations") as batch:
        batch.drop_constraint(op.f("ck_separations_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_separations_kind"), sa.text(f"kind IN ({listed})"))


def _preferred() -> None:
    table = "preferred_entries"
    op.create_table(
        table,
        _text("id"),
        _text("employee_id"),
        _text("action_id"),
        _text("agency_id"),
        _text("regime"),
        _text("class_code"),
        _text("class_title", 200),
        sa.Column("seniority_from", sa.Date(), nullable=False),
        sa.Column("separated_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        _states("state", "standing", "offered", "reinstated", "declined", "no_reply", "expired"),
        sa.Column("placed_at", Moment(), nullable=False),
        _text("position_id", is_nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        _text("offered_by", is_nullable=True),
        sa.Column("offered_at", Moment(), nullable=True),
        _text("answered_by", is_nullable=True),
        _text("reason", 2000, is_nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('standing', 'offered')) = (ended_at IS NULL)", name=op.f("ck_preferred_entries_ended")
        ),
        sa.CheckConstraint(
            "state <> 'offered' OR (position_id IS NOT NULL AND starts_on IS NOT NULL"
            " AND offered_by IS NOT NULL AND offered_at IS NOT NULL)",
            name=op.f("ck_preferred_entries_offered"),
        ),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_by <> offered_by", name=op.f("ck_preferred_entries_two_people")
        ),
        sa.CheckConstraint(
            "state NOT IN ('declined', 'no_reply') OR (answered_by IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_preferred_entries_reasoned"),
        ),
        _key(table, "employee_id", "employees"),
        _key(table, "action_id", "personnel_actions"),
        _key(table, "agency_id", "agencies"),
        _key(table, "position_id", "positions"),
        _key(table, "offered_by", "accounts"),
        _key(table, "answered_by", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preferred_entries")),
        sa.UniqueConstraint("action_id", name="uq_preferred_entries_action_id"),
    )
    op.create_index(op.f("ix_preferred_entries_employee_id"), table, ["employee_id"])
    op.create_index("ix_preferred_entries_class", table, ["regime", "class_code", "state"])
    op.create_index("ix_preferred_entries_expiry", table, ["state", "expires_on"])
    op.create_index("ix_preferred_entries_agency", table, ["agency_id", "class_code", "seniority_from", "id"])


def _reserves() -> None:
    op.create_table(
        "reserve_lists",
        _text("id"),
        _text("certificate_id"),
        _text("agency_id"),
        _states("state", "standing", "lapsed", "ended"),
        _text("causes", 80),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint("(state = 'standing') = (ended_at IS NULL)", name=op.f("ck_reserve_lists_ended")),
        _key("reserve_lists", "certificate_id", "certificates"),
        _key("reserve_lists", "agency_id", "agencies"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_lists")),
        sa.UniqueConstraint("certificate_id", name="uq_reserve_lists_certificate_id"),
    )
    op.create_index(op.f("ix_reserve_lists_agency_id"), "reserve_lists", ["agency_id"])
    op.create_index("ix_reserve_lists_lapse", "reserve_lists", ["state", "lapses_on"])
    op.create_table(
        "reserve_entries",
        _text("id"),
        _text("reserve_id"),
        _text("entry_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_reserve_entries_position")),
        _key("reserve_entries", "reserve_id", "reserve_lists"),
        _key("reserve_entries", "entry_id", "merit_list_entries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_entries")),
        sa.UniqueConstraint("reserve_id", "entry_id", name="uq_reserve_entries_entry_id"),
        sa.UniqueConstraint("reserve_id", "position", name="uq_reserve_entries_position"),
    )
    op.create_index("ix_reserve_entries_entry_id", "reserve_entries", ["entry_id"])


def _calls() -> None:
    table = "reserve_calls"
    op.create_table(
        table,
        _text("id"),
        _text("reserve_entry_id"),
        _text("place_id"),
        _text("made_id"),
        _text("cause", 20),
        sa.Column("free_since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _text("evidence_name", 255, is_nullable=True),
        _text("evidence_digest", 64, is_nullable=True),
        _text("evidence_type", 100, is_nullable=True),
        _text("called_by"),
        sa.Column("called_at", Moment(), nullable=False),
        sa.CheckConstraint("place_id <> made_id", name=op.f("ck_reserve_calls_other_name")),
        sa.CheckConstraint(
            "(evidence_digest IS NULL) = (evidence_name IS NULL)",
            name=op.f("ck_reserve_calls_evidence_has_name"),
        ),
        _key(table, "reserve_entry_id", "reserve_entries"),
        _key(table, "place_id", "certificate_entries"),
        _key(table, "made_id", "certificate_entries"),
        _key(table, "called_by", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_calls")),
        sa.UniqueConstraint("reserve_entry_id", name="uq_reserve_calls_reserve_entry_id"),
        sa.UniqueConstraint("place_id", name="uq_reserve_calls_place_id"),
        sa.UniqueConstraint("made_id", name="uq_reserve_calls_made_id"),
    )


def downgrade() -> None:
    """Remove them."""
    op.execute(sa.text("DELETE FROM separations WHERE kind = 'reduction_in_force'"))
    _admit(LEAVING)
    for table in ("preferred_entries", "reserve_calls", "reserve_entries", "reserve_lists"):
        op.drop_table(table)
