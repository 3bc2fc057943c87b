"""What a personnel action may change, and whose positions are changed by whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_STATES = ("proposed", "approved", "refused", "cancelled", "effected")
_OPEN = sa.text("state IN ('proposed', 'approved')")
_ACCOUNTS = ("proposed_by", "decided_by")


def upgrade() -> None:
    """Say of an action why it was entered late, and keep how positions are classified anew."""
    with op.batch_alter_table("personnel_actions") as batch:
        batch.add_column(sa.Column("late_reason", sa.String(length=2000), nullable=False, server_default=""))
    name = "reclassifications"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("position_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("authority_code", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("outcome_reason", sa.String(length=2000), nullable=False),
        sa.Column("effected_at", Moment(), nullable=True),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f(f"ck_{name}_two_people")),
        sa.CheckConstraint(
            "state <> 'proposed' OR decided_at IS NULL", name=op.f(f"ck_{name}_proposed_is_undecided")
        ),
        sa.CheckConstraint(
            "(state = 'effected') = (effected_at IS NOT NULL)", name=op.f(f"ck_{name}_effected")
        ),
        sa.CheckConstraint(
            "state NOT IN ('refused', 'cancelled') OR outcome_reason <> ''", name=op.f(f"ck_{name}_reasoned")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f(f"fk_{name}_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f(f"fk_{name}_position_id_positions")
        ),
        *(
            sa.ForeignKeyConstraint([column], ["accounts.id"], name=op.f(f"fk_{name}_{column}_accounts"))
            for column in _ACCOUNTS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_agency", name, ["agency_id", "effective_on", "id"])
    op.create_index(f"ix_{name}_state", name, ["state", "effective_on"])
    op.create_index(
        f"uq_{name}_open", name, ["position_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    """Take both back."""
    op.drop_table("reclassifications")
    with op.batch_alter_table("personnel_actions") as batch:
        batch.drop_column("late_reason")
