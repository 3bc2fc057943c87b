"""The language in which a person is spoken and written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; empty until a person chooses."""
    op.add_column("accounts", sa.Column("language", sa.String(length=10), nullable=True))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("accounts") as batch:
        batch.drop_column("language")
