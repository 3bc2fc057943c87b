"""Interruptions of intake, the closings they move, and the holidays that count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "intake_proofs",
        sa.Column("proved_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("proved_at", name=op.f("pk_intake_proofs")),
    )
    op.create_table(
        "agency_holidays",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("holiday_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_agency_holidays_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("agency_id", "holiday_on", name=op.f("pk_agency_holidays")),
    )
    op.create_table(
        "interruptions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "measured", "declared", name="source", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=True),
        sa.Column("declared_by", sa.String(length=40), nullable=True),
        sa.Column("declared_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(source = 'declared') = (declared_by IS NOT NULL AND agency_id IS NOT NULL)",
            name=op.f("ck_interruptions_declared_by_someone"),
        ),
        sa.CheckConstraint(
            "source = 'measured' OR (state = 'proposed') = (decided_by IS NULL)",
            name=op.f("ck_interruptions_decided_by_someone"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> declared_by", name=op.f("ck_interruptions_two_people")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_interruptions_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_interruptions_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_interruptions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["accounts.id"], name=op.f("fk_interruptions_declared_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interruptions")),
    )
    op.create_index("ix_interruptions_ends_at", "interruptions", ["ends_at", "id"], unique=False)
    op.create_table(
        "intake_faults",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("failed_at", Moment(), nullable=False),
        sa.Column("endpoint", sa.String(length=120), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("posting_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_intake_faults_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_faults")),
    )
    op.create_index("ix_intake_faults_at", "intake_faults", ["failed_at"], unique=False)
    op.create_index(op.f("ix_intake_faults_posting_id"), "intake_faults", ["posting_id"], unique=False)
    op.create_table(
        "moved_closings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("old_closes_at", Moment(), nullable=False),
        sa.Column("new_closes_at", Moment(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "down_in_last_hour",
                "fault_in_last_hour",
                "down_in_last_day",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("moved_at", Moment(), nullable=False),
        sa.CheckConstraint("new_closes_at > old_closes_at", name=op.f("ck_moved_closings_later")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_moved_closings_posting_id_postings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_closings")),
        sa.UniqueConstraint("posting_id", "old_closes_at", name="uq_moved_closings_posting_id"),
    )
    op.add_column("postings", sa.Column("first_closes_at", Moment(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("postings", "first_closes_at")
    op.drop_table("moved_closings")
    op.drop_table("intake_faults")
    op.drop_table("interruptions")
    op.drop_table("agency_holidays")
    op.drop_table("intake_proofs")
