"""Candidates kept in reserve after a certificate, and whoever must be offered work before others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


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
    for table in ("reserve_calls", "reserve_entries", "reserve_lists"):
        op.drop_table(table)
