"""What holds a list before it is published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a plan ask for a sample of sheets."""
    with op.batch_alter_table("examinations") as batch:
        batch.add_column(sa.Column("sample_percent", sa.Integer(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_examinations_sample_percent"), "sample_percent BETWEEN 1 AND 100"
        )


def downgrade() -> None:
    """Ask for none."""
    with op.batch_alter_table("examinations") as batch:
        batch.drop_constraint(op.f("ck_examinations_sample_percent"), type_="check")
        batch.drop_column("sample_percent")
