"""Probations: the rule of each agency, what is recommended, and what is decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "probation_regimes",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_probation_regimes_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["accounts.id"], name=op.f("fk_probation_regimes_set_by_accounts")
        ),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_probation_regimes")),
    )
    op.create_table(
        "probation_reviews",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("appointment_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "recommended",
            sa.Enum(
                "retain", "end", name="recommended", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "decided",
                "concluded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reviewed_by", sa.String(length=40), nullable=False),
        sa.Column("reviewed_at", Moment(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("retain", "end", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_probation_reviews_decided")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (outcome IS NULL)", name=op.f("ck_probation_reviews_outcome_decided")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> reviewed_by", name=op.f("ck_probation_reviews_two_people")
        ),
        sa.CheckConstraint(
            "last_day BETWEEN starts_on AND ends_on", name=op.f("ck_probation_reviews_last_day")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_probation_reviews_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_probation_reviews_appointment_id_appointments"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_probation_reviews_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["accounts.id"], name=op.f("fk_probation_reviews_reviewed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probation_reviews")),
        sa.UniqueConstraint("appointment_id", name="uq_probation_reviews_appointment_id"),
    )
    op.create_index(
        "ix_probation_reviews_agency", "probation_reviews", ["agency_id", "state", "ends_on"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_probation_reviews_agency", table_name="probation_reviews")
    op.drop_table("probation_reviews")
    op.drop_table("probation_regimes")
