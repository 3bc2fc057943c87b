"""Papers and claims of people; evidence, appeals and closings of claims; what the virus scanner said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what proved a claim until now becomes the first of its evidence."""
    with op.batch_alter_table("application_documents") as batch:
        batch.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        # a Word file's media type is long
        batch.alter_column("media_type", existing_type=sa.String(length=60), type_=sa.String(length=100))
    _make_papers()
    _make_claims()
    op.create_table(
        "scanned_files",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "clean",
                "infected",
                "waiting",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_scanned_files_digest")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_scanned_files")),
    )
    op.create_index("ix_scanned_files_waiting", "scanned_files", ["verdict", "asked_at"], unique=False)
    op.add_column("application_claims", sa.Column("valid_until", sa.Date(), nullable=True))
    op.add_column("claim_decisions", sa.Column("valid_until", sa.Date(), nullable=True))
    op.add_column("claim_decisions", sa.Column("based_on", sa.String(length=40), nullable=True))
    op.execute(
        "INSERT INTO claim_evidence (claim_id, document_id, added_at) "
        "SELECT c.id, d.id, d.uploaded_at FROM application_claims c "
        "JOIN application_documents d ON d.id = c.document_id"
    )


def _make_papers() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_papers_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
    )
    op.create_index("ix_papers_account", "papers", ["account_id", "uploaded_at", "id"], unique=False)
    op.create_table(
        "person_claims",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_person_claims_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_claims")),
        sa.UniqueConstraint("account_id", "kind", name="uq_person_claims_kind"),
    )
    op.create_table(
        "person_claim_papers",
        sa.Column("claim_id", sa.String(length=40), nullable=False),
        sa.Column("paper_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["person_claims.id"], name=op.f("fk_person_claim_papers_claim_id_person_claims")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name=op.f("fk_person_claim_papers_paper_id_papers")
        ),
        sa.PrimaryKeyConstraint("claim_id", "paper_id", name=op.f("pk_person_claim_papers")),
    )
    op.create_index(
        op.f("ix_person_claim_papers_paper_id"), "person_claim_papers", ["paper_id"], unique=False
    )


def _make_claims() -> None:
    op.create_table(
        "claim_evidence",
        sa.Column("claim_id", sa.String(length=40), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["application_claims.id"],
            ondelete="CASCADE",
            name=op.f("fk_claim_evidence_claim_id_application_claims"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["application_documents.id"],
            ondelete="CASCADE",
            name=op.f("fk_claim_evidence_document_id_application_documents"),
        ),
        sa.PrimaryKeyConstraint("claim_id", "document_id", name=op.f("pk_claim_evidence")),
    )
    op.create_index(op.f("ix_claim_evidence_document_id"), "claim_evidence", ["document_id"], unique=False)
    op.create_table(
        "claim_appeals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("claim_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["application_claims.id"], name=op.f("fk_claim_appeals_claim_id_application_claims")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_appeals")),
        sa.UniqueConstraint("claim_id", "version", name="uq_claim_appeals_version"),
    )
    op.create_table(
        "claim_closings",
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_claim_closings_posting_id_postings")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["accounts.id"], name=op.f("fk_claim_closings_set_by_accounts")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_claim_closings")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("claim_decisions", "based_on")
    op.drop_column("claim_decisions", "valid_until")
    op.drop_column("application_claims", "valid_until")
    op.drop_index("ix_scanned_files_waiting", table_name="scanned_files")
    op.drop_table("scanned_files")
    op.drop_table("claim_closings")
    op.drop_table("claim_appeals")
    op.drop_index(op.f("ix_claim_evidence_document_id"), table_name="claim_evidence")
    op.drop_table("claim_evidence")
    op.drop_index(op.f("ix_person_claim_papers_paper_id"), table_name="person_claim_papers")
    op.drop_table("person_claim_papers")
    op.drop_table("person_claims")
    op.drop_index("ix_papers_account", table_name="papers")
    op.drop_table("papers")
    with op.batch_alter_table("application_documents") as batch:
        batch.drop_column("expires_on")
