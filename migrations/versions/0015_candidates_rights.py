"""What candidates may do: appeals, offers, objections to a released key, and the examination's arrangements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "appeals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "eligibility", "result", name="subject", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "filed",
                "withdrawn",
                "upheld",
                "dismissed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("filed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('upheld', 'dismissed')) = (decided_at IS NOT NULL AND decision IS NOT NULL)",
            name=op.f("ck_appeals_decided"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_appeals_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_appeals_application_id_applications")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_appeals_decided_by_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.create_index("ix_appeals_agency", ["agency_id", "state", "filed_at"], unique=False)
        batch_op.create_index(
            "uq_appeals_filed",
            ["application_id", "subject"],
            unique=True,
            sqlite_where=sa.text("state = 'filed'"),
            postgresql_where=sa.text("state = 'filed'"),
        )

    op.create_table(
        "exam_arrangements",
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("doors_open_at", Moment(), nullable=False),
        sa.Column("doors_close_at", Moment(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("bring", sa.Text(), nullable=False),
        sa.Column("released_by", sa.String(length=40), nullable=True),
        sa.Column("released_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "starts_at >= doors_close_at", name=op.f("ck_exam_arrangements_doors_close_first")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_exam_arrangements_examination_id_examinations"),
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["accounts.id"], name=op.f("fk_exam_arrangements_released_by_accounts")
        ),
        sa.PrimaryKeyConstraint("examination_id", name=op.f("pk_exam_arrangements")),
    )
    op.create_table(
        "key_releases",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("key_version_id", sa.String(length=40), nullable=False),
        sa.Column("released_by", sa.String(length=40), nullable=False),
        sa.Column("released_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.CheckConstraint("closes_at > released_at", name=op.f("ck_key_releases_window")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_key_releases_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["key_version_id"], ["key_versions.id"], name=op.f("fk_key_releases_key_version_id_key_versions")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["accounts.id"], name=op.f("fk_key_releases_released_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_releases")),
        sa.UniqueConstraint("examination_id", name="uq_key_releases_examination_id"),
    )
    op.create_table(
        "objections",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column(
            "claim",
            sa.Enum(
                "other_answer",
                "several_answers",
                "no_answer",
                "wording",
                name="claim",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=True),
        sa.Column("document_name", sa.String(length=200), nullable=True),
        sa.Column("document_type", sa.String(length=60), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "filed",
                "withdrawn",
                "ruled",
                "upheld",
                "rejected",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("filed_at", Moment(), nullable=False),
        sa.Column("is_well_founded", sa.Boolean(), nullable=True),
        sa.Column("ruling", sa.Text(), nullable=True),
        sa.Column("ruled_by", sa.String(length=40), nullable=True),
        sa.Column("ruled_at", Moment(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=40), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('upheld', 'rejected')) = (confirmed_by IS NOT NULL)",
            name=op.f("ck_objections_confirmed"),
        ),
        sa.CheckConstraint(
            "state IN ('filed', 'withdrawn') OR (ruled_by IS NOT NULL AND ruling IS NOT NULL AND is_well_founded IS NOT NULL)",
            name=op.f("ck_objections_ruled"),
        ),
        sa.CheckConstraint(
            "(document_digest IS NULL) = (document_name IS NULL)",
            name=op.f("ck_objections_document_has_name"),
        ),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> ruled_by", name=op.f("ck_objections_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_objections_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["accounts.id"], name=op.f("fk_objections_confirmed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_objections_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(["ruled_by"], ["accounts.id"], name=op.f("fk_objections_ruled_by_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("candidate_id", "item", name="uq_objections_item"),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index("ix_objections_examination", ["examination_id", "item", "state"], unique=False)

    op.create_table(
        "offers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("certificate_entry_id", sa.String(length=40), nullable=False),
        sa.Column("position_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "probational",
                "permanent",
                "provisional",
                "temporary",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("reply_by", Moment(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "made",
                "accepted",
                "declined",
                "lapsed",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'made') = (ended_at IS NULL)", name=op.f("ck_offers_ended")),
        sa.CheckConstraint("reply_by > made_at", name=op.f("ck_offers_reply_by")),
        sa.ForeignKeyConstraint(
            ["certificate_entry_id"],
            ["certificate_entries.id"],
            name=op.f("fk_offers_certificate_entry_id_certificate_entries"),
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_offers_made_by_accounts")),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f("fk_offers_position_id_positions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index("ix_offers_reply_by", ["state", "reply_by"], unique=False)
        batch_op.create_index(
            "uq_offers_entry",
            ["certificate_entry_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('made', 'accepted')"),
            postgresql_where=sa.text("state IN ('made', 'accepted')"),
        )
        batch_op.create_index(
            "uq_offers_position",
            ["position_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('made', 'accepted')"),
            postgresql_where=sa.text("state IN ('made', 'accepted')"),
        )


def downgrade() -> None:
    """Drop them."""
    for table in ("offers", "objections", "key_releases", "exam_arrangements", "appeals"):
        op.drop_table(table)
