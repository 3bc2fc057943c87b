"""Following an application: messages, choices of mail, copies of personal data, requests to delete them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "deletion_requests",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "proposed",
                "approved",
                "carried_out",
                "refused",
                "taken_back",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("plan", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("proposed_by", sa.String(length=40), nullable=True),
        sa.Column("proposed_at", Moment(), nullable=True),
        sa.Column("proposal_reason", sa.String(length=1000), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'carried_out') = (done_at IS NOT NULL)", name=op.f("ck_deletion_requests_done")
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'carried_out') OR (decided_by IS NOT NULL AND proposed_by IS NOT NULL)",
            name=op.f("ck_deletion_requests_approved_by_two"),
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_deletion_requests_decided")
        ),
        sa.CheckConstraint(
            "(proposed_by IS NULL) = (proposed_at IS NULL)", name=op.f("ck_deletion_requests_proposed")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_deletion_requests_two_people")),
        sa.CheckConstraint(
            "proposed_by <> account_id AND decided_by <> account_id",
            name=op.f("ck_deletion_requests_not_oneself"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_deletion_requests_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_deletion_requests_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_deletion_requests_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion_requests")),
    )
    op.create_index(
        "ix_deletion_requests_state", "deletion_requests", ["state", "asked_at", "id"], unique=False
    )
    op.create_index(
        "uq_deletion_requests_open",
        "deletion_requests",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('asked', 'proposed', 'approved')"),
        postgresql_where=sa.text("state IN ('asked', 'proposed', 'approved')"),
    )
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "release_proposed",
                "released",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("placed_by", sa.String(length=40), nullable=False),
        sa.Column("placed_at", Moment(), nullable=False),
        sa.Column("release_proposed_by", sa.String(length=40), nullable=True),
        sa.Column("release_reason", sa.String(length=1000), nullable=True),
        sa.Column("released_by", sa.String(length=40), nullable=True),
        sa.Column("released_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'released') = (released_at IS NOT NULL)", name=op.f("ck_legal_holds_released")
        ),
        sa.CheckConstraint(
            "state <> 'released' OR (released_by IS NOT NULL AND release_proposed_by IS NOT NULL)",
            name=op.f("ck_legal_holds_released_by_two"),
        ),
        sa.CheckConstraint("placed_by <> account_id", name=op.f("ck_legal_holds_not_oneself")),
        sa.CheckConstraint("released_by <> release_proposed_by", name=op.f("ck_legal_holds_two_people")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_legal_holds_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"], ["accounts.id"], name=op.f("fk_legal_holds_placed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["release_proposed_by"], ["accounts.id"], name=op.f("fk_legal_holds_release_proposed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["accounts.id"], name=op.f("fk_legal_holds_released_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index("ix_legal_holds_account", "legal_holds", ["account_id", "state"], unique=False)
    op.create_table(
        "notification_preferences",
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reminders",
                "alerts",
                "messages",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notification_preferences_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_notification_preferences")),
    )
    op.create_table(
        "personal_data_copies",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "ready",
                "forgotten",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=True),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'asked') = (made_at IS NULL)", name=op.f("ck_personal_data_copies_made_once_ready")
        ),
        sa.CheckConstraint(
            "(state = 'ready') = (files IS NOT NULL)", name=op.f("ck_personal_data_copies_files_while_ready")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_personal_data_copies_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_data_copies")),
    )
    op.create_index(
        "ix_personal_data_copies_account",
        "personal_data_copies",
        ["account_id", "asked_at", "id"],
        unique=False,
    )
    op.create_table(
        "message_threads",
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("waiting_since", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_message_threads_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_message_threads_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_message_threads")),
    )
    op.create_index(
        "ix_message_threads_last", "message_threads", ["agency_id", "last_at", "application_id"], unique=False
    )
    op.create_index(
        "ix_message_threads_waiting",
        "message_threads",
        ["agency_id", "waiting_since", "application_id"],
        unique=False,
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.String(length=40), nullable=False),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("is_from_office", sa.Boolean(), nullable=False),
        sa.Column("body", sa.String(length=5000), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.CheckConstraint("length(body) > 0", name=op.f("ck_messages_says_something")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["message_threads.application_id"],
            name=op.f("fk_messages_application_id_message_threads"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_messages_author_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_thread", "messages", ["application_id", "sent_at", "id"], unique=False)
    op.create_table(
        "message_files",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_files_message_id_messages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_files")),
    )
    op.create_index("ix_message_files_message", "message_files", ["message_id", "id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("message_files")
    op.drop_table("messages")
    op.drop_table("message_threads")
    op.drop_table("personal_data_copies")
    op.drop_table("notification_preferences")
    op.drop_table("legal_holds")
    op.drop_table("deletion_requests")
