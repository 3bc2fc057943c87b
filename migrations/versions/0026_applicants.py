"""Applicants: what was left of their side."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "eligibility_matches",
        sa.Column("question_id", sa.String(length=40), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "residence", "licence", name="about", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("matches", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("matches_text", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["eligibility_questions.id"],
            name=op.f("fk_eligibility_matches_question_id_eligibility_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_eligibility_matches")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("eligibility_matches")
