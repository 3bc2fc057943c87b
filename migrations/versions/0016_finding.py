"""Finding: saved searches, what they were told, and links to people's own calendars."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("query", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "at_once",
                "daily",
                "weekly",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "paused",
                "deleted",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("deleted_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'deleted') = (deleted_at IS NOT NULL)", name=op.f("ck_saved_searches_deleted")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_saved_searches_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
    )
    op.create_index(
        "ix_saved_searches_account", "saved_searches", ["account_id", "state", "id"], unique=False
    )
    op.create_index("ix_saved_searches_state", "saved_searches", ["state", "id"], unique=False)
    op.create_table(
        "saved_search_marks",
        sa.Column("search_id", sa.String(length=40), nullable=False),
        sa.Column("first_key", sa.BigInteger(), nullable=False),
        sa.Column("seen_key", sa.BigInteger(), nullable=False),
        sa.Column("mailed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["saved_searches.id"],
            name=op.f("fk_saved_search_marks_search_id_saved_searches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("search_id", name=op.f("pk_saved_search_marks")),
    )
    op.create_table(
        "saved_search_alerts",
        sa.Column("search_id", sa.String(length=40), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["saved_searches.id"],
            name=op.f("fk_saved_search_alerts_search_id_saved_searches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_saved_search_alerts_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("search_id", "posting_id", name=op.f("pk_saved_search_alerts")),
    )
    op.create_table(
        "calendar_links",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_calendar_links_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_links")),
        sa.UniqueConstraint("account_id", name=op.f("uq_calendar_links_account_id")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("calendar_links")
    op.drop_table("saved_search_alerts")
    op.drop_table("saved_search_marks")
    op.drop_index("ix_saved_searches_state", table_name="saved_searches")
    op.drop_index("ix_saved_searches_account", table_name="saved_searches")
    op.drop_table("saved_searches")
