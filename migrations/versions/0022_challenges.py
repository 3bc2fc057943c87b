"""Challenges to keys: what a decision would move, and what it moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATES = ("filed", "withdrawn", "upheld", "rejected")


def upgrade() -> None:
    """Make the tables; what one person had ruled on an objection waits for a decision on its item again."""
    op.create_table(
        "objection_terms",
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("where_to_pay", sa.String(length=1000), nullable=False),
        sa.Column("grounds", sa.JSON(none_as_null=True), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_objection_terms_amount")),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_objection_terms_examination_id_examinations"),
        ),
        sa.PrimaryKeyConstraint("examination_id", name=op.f("pk_objection_terms")),
    )
    op.create_table(
        "what_ifs",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("key_version_id", sa.String(length=40), nullable=False),
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("rulebook_digest", sa.String(length=64), nullable=False),
        sa.Column("tried_digest", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=False),
        sa.Column("seed_is_public", sa.Boolean(), nullable=False),
        sa.Column("before_digest", sa.String(length=64), nullable=False),
        sa.Column("after_digest", sa.String(length=64), nullable=False),
        sa.Column("movers_digest", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("computed_by", sa.String(length=40), nullable=False),
        sa.Column("computed_at", Moment(), nullable=False),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_what_ifs_seal")),
        sa.ForeignKeyConstraint(
            ["computed_by"], ["accounts.id"], name=op.f("fk_what_ifs_computed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_what_ifs_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_what_ifs_import_id_response_imports")
        ),
        sa.ForeignKeyConstraint(
            ["key_version_id"], ["key_versions.id"], name=op.f("fk_what_ifs_key_version_id_key_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_what_ifs")),
    )
    op.create_index("ix_what_ifs_examination", "what_ifs", ["examination_id", "computed_at"], unique=False)
    op.create_table(
        "challenges",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "returned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_upheld", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("key_version_id", sa.String(length=40), nullable=True),
        sa.Column("list_id", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(state = 'confirmed' AND is_upheld) = (key_version_id IS NOT NULL)",
            name=op.f("ck_challenges_changes_key"),
        ),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_challenges_decided")),
        sa.CheckConstraint(
            "state <> 'returned' OR note IS NOT NULL", name=op.f("ck_challenges_returned_with_reason")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_challenges_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_challenges_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_challenges_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["key_version_id"], ["key_versions.id"], name=op.f("fk_challenges_key_version_id_key_versions")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["merit_lists.id"], name=op.f("fk_challenges_list_id_merit_lists")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_challenges_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
    )
    op.create_index(op.f("ix_challenges_examination_id"), "challenges", ["examination_id"], unique=False)
    op.create_index("ix_challenges_state", "challenges", ["state", "proposed_at"], unique=False)
    op.create_index(
        "uq_challenges_proposed",
        "challenges",
        ["examination_id", "item", "series"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("earlier_list_id", sa.String(length=40), nullable=False),
        sa.Column("list_id", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("corrected_by", sa.String(length=40), nullable=False),
        sa.Column("corrected_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrected_by"], ["accounts.id"], name=op.f("fk_corrections_corrected_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_list_id"], ["merit_lists.id"], name=op.f("fk_corrections_earlier_list_id_merit_lists")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_corrections_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["merit_lists.id"], name=op.f("fk_corrections_list_id_merit_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("list_id", name="uq_corrections_list_id"),
    )
    op.create_index(op.f("ix_corrections_examination_id"), "corrections", ["examination_id"], unique=False)
    op.create_table(
        "correction_flags",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("correction_id", sa.String(length=40), nullable=False),
        sa.Column("certificate_id", sa.String(length=40), nullable=False),
        sa.Column("certificate_entry_id", sa.String(length=40), nullable=True),
        sa.Column("effect", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column(
            "consequence",
            sa.Enum(
                "stands",
                "reviewed",
                "certified_again",
                "ended",
                name="consequence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (consequence IS NULL) AND (decided_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_correction_flags_decided_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_entry_id"],
            ["certificate_entries.id"],
            name=op.f("fk_correction_flags_certificate_entry_id_certificate_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_correction_flags_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["corrections.id"], name=op.f("fk_correction_flags_correction_id_corrections")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_correction_flags_decided_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_flags")),
    )
    op.create_index("ix_correction_flags_certificate", "correction_flags", ["certificate_id"], unique=False)
    op.create_index(
        op.f("ix_correction_flags_correction_id"), "correction_flags", ["correction_id"], unique=False
    )
    op.create_index("ix_correction_flags_open", "correction_flags", ["decided_at", "raised_at"], unique=False)
    op.create_table(
        "objection_fees",
        sa.Column("objection_id", sa.String(length=40), nullable=False),
        sa.Column("slip_number", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "waiver_asked",
                "paid",
                "waived",
                "refund_due",
                "refunded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ground", sa.String(length=300), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('due', 'waiver_asked')) = (settled_at IS NULL)",
            name=op.f("ck_objection_fees_settled_dated"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('waiver_asked', 'waived') OR ground IS NOT NULL",
            name=op.f("ck_objection_fees_ground"),
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objection_fees_objection_id_objections")
        ),
        sa.PrimaryKeyConstraint("objection_id", name=op.f("pk_objection_fees")),
        sa.UniqueConstraint("slip_number", name=op.f("uq_objection_fees_slip_number")),
    )
    op.create_index(
        "ix_objection_fees_state", "objection_fees", ["state", "asked_at", "objection_id"], unique=False
    )
    op.create_table(
        "objection_fee_entries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("objection_id", sa.String(length=40), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "payment",
                "waiver",
                "refusal",
                "refund",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["objection_id"],
            ["objection_fees.objection_id"],
            name=op.f("fk_objection_fee_entries_objection_id_objection_fees"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_objection_fee_entries_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_fee_entries")),
    )
    op.create_index(
        op.f("ix_objection_fee_entries_objection_id"), "objection_fee_entries", ["objection_id"], unique=False
    )

    op.execute(
        "UPDATE objections SET state = 'filed', is_well_founded = NULL, ruling = NULL, ruled_by = NULL,"
        " ruled_at = NULL WHERE state = 'ruled'"
    )
    with op.batch_alter_table("objections") as batch:
        batch.add_column(sa.Column("series", sa.String(length=40), nullable=False, server_default=""))
        batch.add_column(sa.Column("challenge_id", sa.String(length=40), nullable=True))
        batch.create_foreign_key(
            op.f("fk_objections_challenge_id_challenges"), "challenges", ["challenge_id"], ["id"]
        )
    op.create_index("ix_objections_challenge_id", "objections", ["challenge_id"], unique=False)
    _admit_states(STATES)


def downgrade() -> None:
    """Drop them."""
    _admit_states((*STATES, "ruled"))
    op.drop_index("ix_objections_challenge_id", table_name="objections")
    with op.batch_alter_table("objections") as batch:
        batch.drop_constraint(op.f("fk_objections_challenge_id_challenges"), type_="foreignkey")
        batch.drop_column("challenge_id")
        batch.drop_column("series")
    op.drop_index(op.f("ix_objection_fee_entries_objection_id"), table_name="objection_fee_entries")
    op.drop_table("objection_fee_entries")
    op.drop_index("ix_objection_fees_state", table_name="objection_fees")
    op.drop_table("objection_fees")
    op.drop_index("ix_correction_flags_open", table_name="correction_flags")
    op.drop_index(op.f("ix_correction_flags_correction_id"), table_name="correction_flags")
    op.drop_index("ix_correction_flags_certificate", table_name="correction_flags")
    op.drop_table("correction_flags")
    op.drop_index(op.f("ix_corrections_examination_id"), table_name="corrections")
    op.drop_table("corrections")
    op.drop_index(
        "uq_challenges_proposed",
        table_name="challenges",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index("ix_challenges_state", table_name="challenges")
    op.drop_index(op.f("ix_challenges_examination_id"), table_name="challenges")
    op.drop_table("challenges")
    op.drop_index("ix_what_ifs_examination", table_name="what_ifs")
    op.drop_table("what_ifs")
    op.drop_table("objection_terms")


def _admit_states(states: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("objections") as batch:
        batch.drop_constraint(op.f("ck_objections_state"), type_="check")
        batch.create_check_constraint(op.f("ck_objections_state"), sa.text(f"state IN ({listed})"))
