"""Item bank: items in versions, their use, papers and booklet series."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bank_items",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column(
            "difficulty",
            sa.Enum(
                "easy",
                "medium",
                "hard",
                name="difficulty",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "reviewed",
                "in_use",
                "retired",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_bank_items_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_items")),
        sa.UniqueConstraint("agency_id", "code", name="uq_bank_items_code"),
    )
    op.create_index(
        "ix_bank_items_subject", "bank_items", ["agency_id", "subject", "difficulty"], unique=False
    )
    op.create_table(
        "bank_item_versions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("accepted", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=40), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(reviewed_by IS NULL) = (reviewed_at IS NULL)", name=op.f("ck_bank_item_versions_reviewed")
        ),
        sa.CheckConstraint(
            "reviewed_by IS NULL OR reviewed_by <> written_by", name=op.f("ck_bank_item_versions_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["bank_items.id"], name=op.f("fk_bank_item_versions_item_id_bank_items")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["accounts.id"], name=op.f("fk_bank_item_versions_reviewed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f("fk_bank_item_versions_written_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_item_versions")),
        sa.UniqueConstraint("item_id", "version", name="uq_bank_item_versions_version"),
    )
    op.create_table(
        "bank_item_uses",
        sa.Column("version_id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("right_people", sa.Integer(), nullable=True),
        sa.Column("discrimination", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "(people IS NULL) = (right_people IS NULL)", name=op.f("ck_bank_item_uses_figures")
        ),
        sa.CheckConstraint(
            "right_people >= 0 AND right_people <= people", name=op.f("ck_bank_item_uses_right")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_bank_item_uses_examination_id_examinations"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["bank_item_versions.id"],
            name=op.f("fk_bank_item_uses_version_id_bank_item_versions"),
        ),
        sa.PrimaryKeyConstraint("version_id", "examination_id", name=op.f("pk_bank_item_uses")),
    )
    op.create_index("ix_bank_item_uses_examination_id", "bank_item_uses", ["examination_id"], unique=False)
    op.create_table(
        "exam_papers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("blueprint", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("unused_since", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=True),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_exam_papers_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_exam_papers_created_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_exam_papers_examination_id_examinations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_papers")),
        sa.UniqueConstraint("examination_id", name="uq_exam_papers_examination_id"),
    )
    op.create_index(op.f("ix_exam_papers_agency_id"), "exam_papers", ["agency_id"], unique=False)
    op.create_table(
        "exam_paper_items",
        sa.Column("paper_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.String(length=40), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_exam_paper_items_position")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["exam_papers.id"], name=op.f("fk_exam_paper_items_paper_id_exam_papers")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["bank_item_versions.id"],
            name=op.f("fk_exam_paper_items_version_id_bank_item_versions"),
        ),
        sa.PrimaryKeyConstraint("paper_id", "position", name=op.f("pk_exam_paper_items")),
        sa.UniqueConstraint("paper_id", "version_id", name="uq_exam_paper_items_version_id"),
    )
    op.create_index("ix_exam_paper_items_version_id", "exam_paper_items", ["version_id"], unique=False)
    op.create_table(
        "booklet_series",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("paper_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=4), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("order", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_booklet_series_made_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["exam_papers.id"], name=op.f("fk_booklet_series_paper_id_exam_papers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booklet_series")),
        sa.UniqueConstraint("paper_id", "name", name="uq_booklet_series_name"),
    )


def downgrade() -> None:
    """Drop them."""
    tables = "booklet_series exam_paper_items exam_papers bank_item_uses bank_item_versions bank_items"
    for table in tables.split():
        op.drop_table(table)
