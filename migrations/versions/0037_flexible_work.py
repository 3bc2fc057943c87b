"""Telework, compressed and part-time arrangements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "flexible_arrangements",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "telework",
                "compressed",
                "part_time",
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
                "requested",
                "withdrawn",
                "refused",
                "granted",
                "ended",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rulebook", sa.String(length=60), nullable=False),
        sa.Column("pattern", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.String(length=40), nullable=False),
        sa.Column("requested_at", Moment(), nullable=False),
        sa.Column("approver_id", sa.String(length=40), nullable=True),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("hours_before", sa.Integer(), nullable=True),
        sa.Column("notice_id", sa.String(length=40), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_on IS NOT NULL)", name=op.f("ck_flexible_arrangements_ended")
        ),
        sa.CheckConstraint(
            "(state IN ('refused', 'granted', 'ended')) = (decided_at IS NOT NULL)",
            name=op.f("ck_flexible_arrangements_decided"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('granted', 'ended') OR review_on IS NOT NULL",
            name=op.f("ck_flexible_arrangements_granted_to_review"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_flexible_arrangements_decided_with_reason"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> requested_by",
            name=op.f("ck_flexible_arrangements_two_people"),
        ),
        sa.CheckConstraint("review_on > starts_on", name=op.f("ck_flexible_arrangements_review_after")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_flexible_arrangements_ends_after")),
        sa.CheckConstraint(
            "weekly_minutes BETWEEN 60 AND 6000", name=op.f("ck_flexible_arrangements_weekly_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_flexible_arrangements_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["accounts.id"], name=op.f("fk_flexible_arrangements_approver_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_flexible_arrangements_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_flexible_arrangements_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_flexible_arrangements_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["accounts.id"], name=op.f("fk_flexible_arrangements_requested_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flexible_arrangements")),
    )
    op.create_index(
        "ix_flexible_arrangements_agency",
        "flexible_arrangements",
        ["agency_id", "state", "review_on"],
        unique=False,
    )
    op.create_index(
        "ix_flexible_arrangements_approver", "flexible_arrangements", ["approver_id", "state"], unique=False
    )
    op.create_index(
        "ix_flexible_arrangements_employee",
        "flexible_arrangements",
        ["employee_id", "requested_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_flexible_arrangements_live",
        "flexible_arrangements",
        ["employee_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state IN ('requested', 'granted')"),
        postgresql_where=sa.text("state IN ('requested', 'granted')"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_flexible_arrangements_agency", table_name="flexible_arrangements")
    op.drop_index("ix_flexible_arrangements_approver", table_name="flexible_arrangements")
    op.drop_index("ix_flexible_arrangements_employee", table_name="flexible_arrangements")
    op.drop_index("uq_flexible_arrangements_live", table_name="flexible_arrangements")
    op.drop_table("flexible_arrangements")
