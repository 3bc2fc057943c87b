"""Who handles grievances, and who signs what a leaver returns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_ROLES = [
    "applicant",
    "employee",
    "supervisor",
    "hr_officer",
    "exam_officer",
    "key_custodian",
    "rater",
    "appointing_authority",
    "records_officer",
    "auditor",
    "agency_administrator",
    "system_administrator",
]
_SENSITIVE = ["key_custodian", "auditor", "agency_administrator", "system_administrator"]
_OFFICER = "grievance_officer"
_SIGNERS = "signer IN ('supervisor', 'office', 'desk')"
_LIVE = sa.text("removed_at IS NULL")


def upgrade() -> None:
    """Admit grievance officers, and say of each step of a clearance who signs it."""
    _admit_roles([*_ROLES, _OFFICER], [*_SENSITIVE, _OFFICER])
    for table in ("clearance_standards", "clearance_items"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("signer", sa.String(length=40), nullable=False, server_default="desk"))
            if table == "clearance_items":
                batch.add_column(sa.Column("signer_id", sa.String(length=40), nullable=True))
                batch.create_foreign_key(
                    op.f("fk_clearance_items_signer_id_accounts"), "accounts", ["signer_id"], ["id"]
                )
            batch.create_check_constraint(op.f(f"ck_{table}_signer"), sa.text(_SIGNERS))
        op.execute(f"UPDATE {table} SET signer = 'supervisor' WHERE lower(owner) = 'supervisor'")  # noqa: S608
        op.execute(f"UPDATE {table} SET signer = 'office' WHERE owner = 'Human resources office'")  # noqa: S608
    op.create_index("ix_clearance_items_signer", "clearance_items", ["signer_id", "state"])
    op.create_table(
        "clearance_signers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=100), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.CheckConstraint("account_id <> added_by", name=op.f("ck_clearance_signers_not_oneself")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_clearance_signers_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["accounts.id"], name=op.f("fk_clearance_signers_added_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_clearance_signers_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_signers")),
    )
    op.create_index(
        "uq_clearance_signers_live",
        "clearance_signers",
        ["agency_id", "desk", "account_id"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    op.create_index("ix_clearance_signers_account", "clearance_signers", ["account_id", "agency_id"])


def downgrade() -> None:
    """Take both back; grievance officers lose their role."""
    op.drop_table("clearance_signers")
    op.drop_index("ix_clearance_items_signer", table_name="clearance_items")
    with op.batch_alter_table("clearance_items") as batch:
        batch.drop_constraint(op.f("ck_clearance_items_signer"), type_="check")
        batch.drop_constraint(op.f("fk_clearance_items_signer_id_accounts"), type_="foreignkey")
        batch.drop_column("signer_id")
        batch.drop_column("signer")
    with op.batch_alter_table("clearance_standards") as batch:
        batch.drop_constraint(op.f("ck_clearance_standards_signer"), type_="check")
        batch.drop_column("signer")
    op.execute(f"DELETE FROM role_grants WHERE role = '{_OFFICER}'")  # noqa: S608
    _admit_roles(_ROLES, _SENSITIVE)


def _admit_roles(roles: list[str], sensitive: list[str]) -> None:
    listed, guarded = (", ".join(f"'{role}'" for role in names) for names in (roles, sensitive))
    with op.batch_alter_table("role_grants") as batch:
        batch.drop_constraint(op.f("ck_role_grants_role"), type_="check")
        batch.create_check_constraint(op.f("ck_role_grants_role"), sa.text(f"role IN ({listed})"))
        batch.drop_constraint(op.f("ck_role_grants_sensitive_decided"), type_="check")
        batch.create_check_constraint(
            op.f("ck_role_grants_sensitive_decided"),
            sa.text(
                "state <> 'active' OR granted_by IS NULL OR decided_by IS NOT NULL "
                f"OR role NOT IN ({guarded})"
            ),
        )
