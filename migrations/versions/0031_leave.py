"""Leave: rules, ledgers, requests, corrections; pay scales and steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

# The ledger is guarded from whoever holds the database's own password, too.
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER leave_entries_no_{verb.lower()} BEFORE {verb} ON leave_entries "
        "BEGIN SELECT RAISE(ABORT, 'Entries of leave never change.'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION leave_entries_stand() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'Entries of leave never change.'; END $$",
        "CREATE TRIGGER leave_entries_guard BEFORE UPDATE OR DELETE ON leave_entries "
        "FOR EACH ROW EXECUTE FUNCTION leave_entries_stand()",
    ],
}


def upgrade() -> None:
    """Make the tables, and guard the ledger."""
    op.create_table(
        "leave_regimes",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("ceiling", sa.String(length=40), nullable=False),
        sa.Column("first_period_on", sa.Date(), nullable=False),
        sa.Column("kept_from", sa.Date(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.CheckConstraint("kept_from >= first_period_on", name=op.f("ck_leave_regimes_kept_later")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_leave_regimes_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["accounts.id"], name=op.f("fk_leave_regimes_set_by_accounts")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_leave_regimes")),
    )
    op.create_table(
        "pay_scales",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "year",
                "month",
                "day",
                "hour",
                name="period",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_pay_scales_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_pay_scales_created_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_scales")),
        sa.UniqueConstraint("agency_id", "code", name="uq_pay_scales_code"),
    )
    op.create_table(
        "leave_adjustments",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "annual",
                "sick",
                "family",
                "compensatory",
                "restored",
                "unpaid",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "sort",
            sa.Enum(
                "opening",
                "accrual",
                "taken",
                "returned",
                "forfeited",
                "restored",
                "earned",
                "corrected",
                name="sort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.String(length=2000), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_leave_adjustments_decided")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_leave_adjustments_decided_by_somebody"),
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_leave_adjustments_two_people")),
        sa.CheckConstraint("expires_on > effective_on", name=op.f("ck_leave_adjustments_expires_later")),
        sa.CheckConstraint("minutes <> 0", name=op.f("ck_leave_adjustments_something")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_leave_adjustments_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_leave_adjustments_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_leave_adjustments_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_leave_adjustments_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_adjustments")),
    )
    op.create_index(
        "ix_leave_adjustments_agency",
        "leave_adjustments",
        ["agency_id", "state", "proposed_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_leave_adjustments_employee", "leave_adjustments", ["employee_id", "proposed_at"], unique=False
    )
    op.create_table(
        "leave_requests",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "annual",
                "sick",
                "family",
                "compensatory",
                "restored",
                "unpaid",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("minutes_a_day", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("advance_minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "approved",
                "refused",
                "withdrawn",
                "cancelled",
                "replaced",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("replaces_id", sa.String(length=40), nullable=True),
        sa.Column("approver_id", sa.String(length=40), nullable=True),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("given_back_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("end_reason", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "(state IN ('asked', 'withdrawn')) = (decided_at IS NULL)", name=op.f("ck_leave_requests_decided")
        ),
        sa.CheckConstraint(
            "(state IN ('withdrawn', 'cancelled', 'replaced')) = (ended_at IS NOT NULL)",
            name=op.f("ck_leave_requests_ended"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR reason IS NOT NULL", name=op.f("ck_leave_requests_refused_with_reason")
        ),
        sa.CheckConstraint("advance_minutes BETWEEN 0 AND minutes", name=op.f("ck_leave_requests_advance")),
        sa.CheckConstraint("decided_by <> asked_by", name=op.f("ck_leave_requests_two_people")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_leave_requests_something")),
        sa.CheckConstraint("minutes_a_day > 0", name=op.f("ck_leave_requests_part_of_a_day")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_leave_requests_in_order")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_leave_requests_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["accounts.id"], name=op.f("fk_leave_requests_approver_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_leave_requests_asked_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_leave_requests_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_leave_requests_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["accounts.id"], name=op.f("fk_leave_requests_ended_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["leave_requests.id"], name=op.f("fk_leave_requests_replaces_id_leave_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_requests")),
    )
    op.create_index(
        "ix_leave_requests_agency", "leave_requests", ["agency_id", "state", "starts_on", "id"], unique=False
    )
    op.create_index("ix_leave_requests_approver", "leave_requests", ["approver_id", "state"], unique=False)
    op.create_index(
        "ix_leave_requests_employee", "leave_requests", ["employee_id", "starts_on", "id"], unique=False
    )
    op.create_table(
        "pay_scale_versions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("scale_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "discarded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("drafted_by", sa.String(length=40), nullable=False),
        sa.Column("drafted_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (decided_at IS NULL)", name=op.f("ck_pay_scale_versions_decided")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_pay_scale_versions_decided_by_somebody"),
        ),
        sa.CheckConstraint("decided_by <> drafted_by", name=op.f("ck_pay_scale_versions_two_people")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_pay_scale_versions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["accounts.id"], name=op.f("fk_pay_scale_versions_drafted_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["scale_id"], ["pay_scales.id"], name=op.f("fk_pay_scale_versions_scale_id_pay_scales")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_scale_versions")),
        sa.UniqueConstraint("scale_id", "number", name="uq_pay_scale_versions_number"),
    )
    op.create_index(
        "uq_pay_scale_versions_effective_on",
        "pay_scale_versions",
        ["scale_id", "effective_on"],
        unique=True,
        sqlite_where=sa.text("state = 'approved'"),
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_table(
        "leave_certificates",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_leave_certificates_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["leave_requests.id"],
            name=op.f("fk_leave_certificates_request_id_leave_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_certificates")),
    )
    op.create_index(
        "ix_leave_certificates_request", "leave_certificates", ["request_id", "uploaded_at"], unique=False
    )
    op.create_table(
        "leave_entries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "annual",
                "sick",
                "family",
                "compensatory",
                "restored",
                "unpaid",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "sort",
            sa.Enum(
                "opening",
                "accrual",
                "taken",
                "returned",
                "forfeited",
                "restored",
                "earned",
                "corrected",
                name="sort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=True),
        sa.Column("adjustment_id", sa.String(length=40), nullable=True),
        sa.Column("reverses_id", sa.String(length=40), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=True),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(sort = 'returned') = (reverses_id IS NOT NULL)", name=op.f("ck_leave_entries_reverses")
        ),
        sa.CheckConstraint(
            "sort NOT IN ('accrual', 'returned', 'restored', 'earned') OR minutes > 0",
            name=op.f("ck_leave_entries_comes"),
        ),
        sa.CheckConstraint(
            "sort NOT IN ('taken', 'forfeited') OR minutes < 0", name=op.f("ck_leave_entries_goes")
        ),
        sa.CheckConstraint(
            "sort NOT IN ('taken', 'returned') OR request_id IS NOT NULL",
            name=op.f("ck_leave_entries_of_a_request"),
        ),
        sa.CheckConstraint("minutes <> 0", name=op.f("ck_leave_entries_something")),
        sa.ForeignKeyConstraint(
            ["adjustment_id"],
            ["leave_adjustments.id"],
            name=op.f("fk_leave_entries_adjustment_id_leave_adjustments"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_leave_entries_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_leave_entries_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["accounts.id"], name=op.f("fk_leave_entries_entered_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["leave_requests.id"], name=op.f("fk_leave_entries_request_id_leave_requests")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["leave_entries.id"], name=op.f("fk_leave_entries_reverses_id_leave_entries")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_entries")),
        sa.UniqueConstraint("employee_id", "key", name="uq_leave_entries_key"),
        sa.UniqueConstraint("reverses_id", name="uq_leave_entries_reverses_id"),
    )
    op.create_index(
        "ix_leave_entries_balance",
        "leave_entries",
        ["employee_id", "kind", "effective_on", "minutes"],
        unique=False,
    )
    op.create_index("ix_leave_entries_request", "leave_entries", ["request_id"], unique=False)
    op.create_table(
        "leave_request_days",
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_leave_request_days_something")),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_leave_request_days_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["leave_requests.id"],
            name=op.f("fk_leave_request_days_request_id_leave_requests"),
        ),
        sa.PrimaryKeyConstraint("request_id", "day_on", name=op.f("pk_leave_request_days")),
    )
    op.create_index(
        "uq_leave_request_days_live",
        "leave_request_days",
        ["employee_id", "day_on"],
        unique=True,
        sqlite_where=sa.text("is_live"),
        postgresql_where=sa.text("is_live"),
    )
    op.create_table(
        "pay_rates",
        sa.Column("version_id", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pay_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pay_minor > 0", name=op.f("ck_pay_rates_pay")),
        sa.CheckConstraint("step BETWEEN 1 AND 99", name=op.f("ck_pay_rates_step")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pay_scale_versions.id"], name=op.f("fk_pay_rates_version_id_pay_scale_versions")
        ),
        sa.PrimaryKeyConstraint("version_id", "grade", "step", name=op.f("pk_pay_rates")),
    )
    for guard in GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("pay_rates")
    op.drop_index(
        "uq_leave_request_days_live",
        table_name="leave_request_days",
        sqlite_where=sa.text("is_live"),
        postgresql_where=sa.text("is_live"),
    )
    op.drop_table("leave_request_days")
    op.drop_index("ix_leave_entries_request", table_name="leave_entries")
    op.drop_index("ix_leave_entries_balance", table_name="leave_entries")
    op.drop_table("leave_entries")
    op.drop_index("ix_leave_certificates_request", table_name="leave_certificates")
    op.drop_table("leave_certificates")
    op.drop_index(
        "uq_pay_scale_versions_effective_on",
        table_name="pay_scale_versions",
        sqlite_where=sa.text("state = 'approved'"),
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.drop_table("pay_scale_versions")
    op.drop_index("ix_leave_requests_employee", table_name="leave_requests")
    op.drop_index("ix_leave_requests_approver", table_name="leave_requests")
    op.drop_index("ix_leave_requests_agency", table_name="leave_requests")
    op.drop_table("leave_requests")
    op.drop_index("ix_leave_adjustments_employee", table_name="leave_adjustments")
    op.drop_index("ix_leave_adjustments_agency", table_name="leave_adjustments")
    op.drop_table("leave_adjustments")
    op.drop_table("pay_scales")
    op.drop_table("leave_regimes")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION leave_entries_stand()")
