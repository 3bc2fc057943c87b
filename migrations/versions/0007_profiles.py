"""Profiles: what a person enters once for all applications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "profiles",
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_profiles_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_profiles")),
    )
    op.create_table(
        "profile_sections",
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("writer", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["profiles.account_id"], name=op.f("fk_profile_sections_account_id_profiles")
        ),
        sa.PrimaryKeyConstraint("account_id", "section", name=op.f("pk_profile_sections")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("profile_sections")
    op.drop_table("profiles")
