"""What a personnel action may change, and whose positions are changed by whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of an action why it was entered late."""
    with op.batch_alter_table("personnel_actions") as batch:
        batch.add_column(sa.Column("late_reason", sa.String(length=2000), nullable=False, server_default=""))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("personnel_actions") as batch:
        batch.drop_column("late_reason")
