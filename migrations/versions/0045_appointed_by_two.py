"""Appointments and probations that two people decide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_OPEN = sa.text("state = 'proposed'")
_LIMITED = "term_ends_on IS NULL OR kind IN ('provisional', 'temporary')"


def upgrade() -> None:
    """Say until when an appointment may last, hold proposals, and when a probation is to be decided."""
    with op.batch_alter_table("appointments") as batch:
        batch.add_column(sa.Column("term_ends_on", sa.Date(), nullable=True))
        batch.create_check_constraint(op.f("ck_appointments_term_of_the_limited"), sa.text(_LIMITED))
    op.create_index("ix_appointments_term", "appointments", ["term_ends_on", "id"])
    with op.batch_alter_table("probation_reviews") as batch:
        batch.add_column(sa.Column("decide_by", sa.Date(), nullable=True))
    op.execute("UPDATE probation_reviews SET decide_by = ends_on")
    with op.batch_alter_table("probation_reviews") as batch:
        batch.alter_column("decide_by", existing_type=sa.Date(), nullable=False)
    _create_proposals()
    op.create_index(
        "uq_appointment_proposals_open",
        "appointment_proposals",
        ["position_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "ix_appointment_proposals_agency",
        "appointment_proposals",
        ["agency_id", "state", "proposed_at", "id"],
    )
    op.create_index("ix_appointment_proposals_appointment", "appointment_proposals", ["appointment_id"])


def _create_proposals() -> None:
    foreign = {
        "agency_id": "agencies",
        "position_id": "positions",
        "appointment_id": "appointments",
        "proposed_by": "accounts",
        "decided_by": "accounts",
    }
    checks = {
        "two_people": "decided_by IS NULL OR decided_by <> proposed_by",
        "decided": "(state IN ('approved', 'refused')) = (decided_at IS NOT NULL)",
        "first_day": "(act = 'appoint') = (starts_on IS NOT NULL)",
        "term": "(act = 'appoint') = (term_ends_on IS NOT NULL)",
        "term_after_start": "term_ends_on >= starts_on",
        "what_is_taken_back": "act = 'appoint' OR appointment_id IS NOT NULL",
    }
    table = "appointment_proposals"
    op.create_table(
        table,
        sa.Column("id", sa.String(length=40), nullable=False),
        _enum("act", "appoint", "take_back"),
        _enum("state", "proposed", "approved", "refused", "withdrawn"),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("position_id", sa.String(length=40), nullable=False),
        sa.Column("appointment_id", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        _enum("kind", "probational", "permanent", "provisional", "temporary"),
        sa.Column("authority_code", sa.String(length=40), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("late_reason", sa.String(length=1000), nullable=True),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
            for column, to in foreign.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _enum(name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def downgrade() -> None:
    """Take them back."""
    op.drop_table("appointment_proposals")
    with op.batch_alter_table("probation_reviews") as batch:
        batch.drop_column("decide_by")
    op.drop_index("ix_appointments_term", "appointments")
    with op.batch_alter_table("appointments") as batch:
        batch.drop_constraint(op.f("ck_appointments_term_of_the_limited"), type_="check")
        batch.drop_column("term_ends_on")
