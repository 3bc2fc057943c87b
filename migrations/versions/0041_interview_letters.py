"""What a person is told of an interview, booklets for the printer, and objections filed together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; each objection filed before was filed alone."""
    op.create_table(
        "interview_terms",
        sa.Column("panel_id", sa.String(length=40), nullable=False),
        sa.Column("bring", sa.Text(), nullable=False),
        sa.Column("shows_subjects", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panels.id"], name=op.f("fk_interview_terms_panel_id_panels")),
        sa.ForeignKeyConstraint(["set_by"], ["accounts.id"], name=op.f("fk_interview_terms_set_by_accounts")),
        sa.PrimaryKeyConstraint("panel_id", name=op.f("pk_interview_terms")),
    )
    op.create_table(
        "booklet_prints",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("paper_id", sa.String(length=40), nullable=False),
        sa.Column("series", sa.String(length=4), nullable=False),
        sa.Column("is_large", sa.Boolean(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("ready_at", Moment(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.CheckConstraint("minutes BETWEEN 5 AND 600", name=op.f("ck_booklet_prints_minutes")),
        sa.CheckConstraint(
            "(ready_at IS NULL) = (digest IS NULL)", name=op.f("ck_booklet_prints_ready_with_file")
        ),
        sa.CheckConstraint(
            "(digest IS NULL) = (pages IS NULL)", name=op.f("ck_booklet_prints_file_with_pages")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["exam_papers.id"], name=op.f("fk_booklet_prints_paper_id_exam_papers")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_booklet_prints_asked_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booklet_prints")),
    )
    op.create_index("ix_booklet_prints_paper", "booklet_prints", ["paper_id", "asked_at", "id"])
    op.create_table(
        "objection_submissions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("filed_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_objection_submissions_examination_id_examinations"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_objection_submissions_candidate_id_candidates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_submissions")),
    )
    op.create_index(
        op.f("ix_objection_submissions_examination_id"), "objection_submissions", ["examination_id"]
    )
    op.create_index(op.f("ix_objection_submissions_candidate_id"), "objection_submissions", ["candidate_id"])
    _gather()


def _gather() -> None:
    """Give each objection its submission."""
    op.execute(
        "INSERT INTO objection_submissions (id, examination_id, candidate_id, filed_at, answered_at)"
        " SELECT 'obs_' || substr(id, 5), examination_id, candidate_id, filed_at, confirmed_at FROM objections"
    )
    with op.batch_alter_table("objections") as batch:
        batch.add_column(sa.Column("submission_id", sa.String(length=40), nullable=True))
    op.execute("UPDATE objections SET submission_id = 'obs_' || substr(id, 5)")
    with op.batch_alter_table("objections") as batch:
        batch.alter_column("submission_id", existing_type=sa.String(length=40), nullable=False)
        batch.create_foreign_key(
            op.f("fk_objections_submission_id_objection_submissions"),
            "objection_submissions",
            ["submission_id"],
            ["id"],
        )
        batch.create_index(op.f("ix_objections_submission_id"), ["submission_id"])


def downgrade() -> None:
    """Remove them; what was filed together stands apart again."""
    with op.batch_alter_table("objections") as batch:
        batch.drop_index(op.f("ix_objections_submission_id"))
        batch.drop_constraint(op.f("fk_objections_submission_id_objection_submissions"), type_="foreignkey")
        batch.drop_column("submission_id")
    op.drop_index(op.f("ix_objection_submissions_candidate_id"), table_name="objection_submissions")
    op.drop_index(op.f("ix_objection_submissions_examination_id"), table_name="objection_submissions")
    op.drop_table("objection_submissions")
    op.drop_index("ix_booklet_prints_paper", table_name="booklet_prints")
    op.drop_table("booklet_prints")
    op.drop_table("interview_terms")
