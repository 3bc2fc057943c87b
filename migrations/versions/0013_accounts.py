"""Accounts: confirmed addresses, passkeys, recovery codes, other services, merges, devices without addresses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ROLES = [
    "applicant",
    "employee",
    "supervisor",
    "hr_officer",
    "exam_officer",
    "key_custodian",
    "appointing_authority",
    "auditor",
    "agency_administrator",
    "system_administrator",
]


def upgrade() -> None:
    """Make the tables, and let sessions forget where exactly they were begun."""
    _widen_secret(255)
    _admit_roles([*_ROLES, "records_officer"])
    op.add_column(
        "sign_in_sessions", sa.Column("is_strong", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("sign_in_sessions", sa.Column("proved_at", Moment(), nullable=True))
    op.add_column(
        "sign_in_sessions", sa.Column("place", sa.String(length=64), nullable=False, server_default="")
    )
    op.drop_column("sign_in_sessions", "address")
    # a session of someone with an authenticator app was begun with a code
    op.execute(
        "UPDATE sign_in_sessions SET is_strong = (1 = 1) WHERE account_id IN "
        "(SELECT id FROM accounts WHERE totp_confirmed_at IS NOT NULL)"
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("next_path", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("mailed_at", Moment(), nullable=True),
        sa.Column("token_digest", sa.String(length=64), nullable=True),
        sa.Column("code_digest", sa.String(length=64), nullable=True),
        sa.Column("used_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_registrations_token_digest")),
    )
    op.create_index(op.f("ix_registrations_asked_at"), "registrations", ["asked_at"], unique=False)
    op.create_index(op.f("ix_registrations_email"), "registrations", ["email"], unique=False)
    op.create_table(
        "account_merges",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kept_id", sa.String(length=40), nullable=False),
        sa.Column("absorbed_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "refused",
                "done",
                "undone",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("moved", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.String(length=40), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_account_merges_decided")
        ),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_at IS NOT NULL)", name=op.f("ck_account_merges_undone")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_account_merges_two_people")),
        sa.CheckConstraint(
            "decided_by NOT IN (kept_id, absorbed_id)", name=op.f("ck_account_merges_not_decided_by_oneself")
        ),
        sa.CheckConstraint("kept_id <> absorbed_id", name=op.f("ck_account_merges_two_accounts")),
        sa.CheckConstraint(
            "proposed_by NOT IN (kept_id, absorbed_id)", name=op.f("ck_account_merges_not_oneself")
        ),
        sa.ForeignKeyConstraint(
            ["absorbed_id"], ["accounts.id"], name=op.f("fk_account_merges_absorbed_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_account_merges_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["accounts.id"], name=op.f("fk_account_merges_kept_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_account_merges_proposed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["accounts.id"], name=op.f("fk_account_merges_undone_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_merges")),
    )
    op.create_index(op.f("ix_account_merges_kept_id"), "account_merges", ["kept_id"], unique=False)
    op.create_index(
        "uq_account_merges_absorbed",
        "account_merges",
        ["absorbed_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'done')"),
        postgresql_where=sa.text("state IN ('proposed', 'done')"),
    )
    op.create_table(
        "address_changes",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("old_token_digest", sa.String(length=64), nullable=True),
        sa.Column("new_token_digest", sa.String(length=64), nullable=True),
        sa.Column("old_confirmed_at", Moment(), nullable=True),
        sa.Column("new_confirmed_at", Moment(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "done_at IS NULL OR (old_confirmed_at IS NOT NULL AND new_confirmed_at IS NOT NULL)",
            name=op.f("ck_address_changes_done_when_both_confirmed"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_address_changes_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_changes")),
        sa.UniqueConstraint("new_token_digest", name=op.f("uq_address_changes_new_token_digest")),
        sa.UniqueConstraint("old_token_digest", name=op.f("uq_address_changes_old_token_digest")),
    )
    op.create_index(
        "uq_address_changes_open",
        "address_changes",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "distinct_people",
        sa.Column("first_id", sa.String(length=40), nullable=False),
        sa.Column("second_id", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_distinct_people_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["accounts.id"], name=op.f("fk_distinct_people_first_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["accounts.id"], name=op.f("fk_distinct_people_second_id_accounts")
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_distinct_people")),
    )
    op.create_table(
        "identities",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("linked_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_identities_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("issuer", "subject", name="uq_identities_subject"),
    )
    op.create_index("uq_identities_account", "identities", ["account_id", "issuer"], unique=True)
    op.create_table(
        "known_devices",
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_known_devices_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", "digest", name=op.f("pk_known_devices")),
    )
    op.create_index(op.f("ix_known_devices_seen_at"), "known_devices", ["seen_at"], unique=False)
    op.create_table(
        "match_keys",
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_match_keys_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", "digest", name=op.f("pk_match_keys")),
    )
    op.create_index("ix_match_keys_digest", "match_keys", ["digest", "account_id"], unique=False)
    op.create_table(
        "passkey_challenges",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_passkey_challenges_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_passkey_challenges")),
    )
    op.create_index(op.f("ix_passkey_challenges_asked_at"), "passkey_challenges", ["asked_at"], unique=False)
    op.create_table(
        "passkeys",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("transports", sa.String(length=100), nullable=False),
        sa.Column("is_backed_up", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("halted_at", Moment(), nullable=True),
        sa.CheckConstraint("sign_count >= 0", name=op.f("ck_passkeys_sign_count")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_passkeys_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_account_id"), "passkeys", ["account_id"], unique=False)
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("digest", name=op.f("uq_recovery_codes_digest")),
    )
    op.create_index(op.f("ix_recovery_codes_account_id"), "recovery_codes", ["account_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_recovery_codes_account_id"), table_name="recovery_codes")
    op.drop_table("recovery_codes")
    op.drop_index(op.f("ix_passkeys_account_id"), table_name="passkeys")
    op.drop_table("passkeys")
    op.drop_index(op.f("ix_passkey_challenges_asked_at"), table_name="passkey_challenges")
    op.drop_table("passkey_challenges")
    op.drop_index("ix_match_keys_digest", table_name="match_keys")
    op.drop_table("match_keys")
    op.drop_index(op.f("ix_known_devices_seen_at"), table_name="known_devices")
    op.drop_table("known_devices")
    op.drop_index("uq_identities_account", table_name="identities")
    op.drop_table("identities")
    op.drop_table("distinct_people")
    op.drop_index(
        "uq_address_changes_open",
        table_name="address_changes",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("address_changes")
    op.drop_index(
        "uq_account_merges_absorbed",
        table_name="account_merges",
        sqlite_where=sa.text("state IN ('proposed', 'done')"),
        postgresql_where=sa.text("state IN ('proposed', 'done')"),
    )
    op.drop_index(op.f("ix_account_merges_kept_id"), table_name="account_merges")
    op.drop_table("account_merges")
    op.drop_index(op.f("ix_registrations_email"), table_name="registrations")
    op.drop_index(op.f("ix_registrations_asked_at"), table_name="registrations")
    op.drop_table("registrations")
    op.add_column(
        "sign_in_sessions", sa.Column("address", sa.String(length=64), nullable=False, server_default="")
    )
    for column in ("place", "proved_at", "is_strong"):
        op.drop_column("sign_in_sessions", column)
    op.execute("DELETE FROM role_grants WHERE role = 'records_officer'")
    _admit_roles(_ROLES)
    _widen_secret(64)


def _widen_secret(length: int) -> None:
    """Make room for sealed secrets, and for the account that goes on after a merge; or take both away."""
    with op.batch_alter_table("accounts") as batch:
        batch.alter_column(
            "totp_secret", existing_type=sa.String(), type_=sa.String(length=length), existing_nullable=True
        )
        if length > 64:
            batch.add_column(sa.Column("merged_into_id", sa.String(length=40), nullable=True))
            batch.create_foreign_key(
                op.f("fk_accounts_merged_into_id_accounts"), "accounts", ["merged_into_id"], ["id"]
            )
        else:
            batch.drop_constraint(op.f("fk_accounts_merged_into_id_accounts"), type_="foreignkey")
            batch.drop_column("merged_into_id")


def _admit_roles(roles: list[str]) -> None:
    listed = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("role_grants") as batch:
        batch.drop_constraint(op.f("ck_role_grants_role"), type_="check")
        batch.create_check_constraint(op.f("ck_role_grants_role"), sa.text(f"role IN ({listed})"))
