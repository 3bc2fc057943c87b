"""Personnel: employees, positions, appointments, disciplinary cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "employees",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("hired_on", sa.Date(), nullable=False),
        sa.Column("separated_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "active", "separated", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'separated') = (separated_on IS NOT NULL)",
            name=op.f("ck_employees_separated_iff_dated"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_employees_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_employees_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employees")),
        sa.UniqueConstraint("account_id", name="uq_employees_account_id"),
        sa.UniqueConstraint("number", name="uq_employees_number"),
    )
    op.create_index("ix_employees_agency_name", "employees", ["agency_id", "name", "id"], unique=False)
    op.create_index("ix_employees_agency_number", "employees", ["agency_id", "number"], unique=False)
    op.create_table(
        "disciplinary_cases",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "reprimand",
                "suspension",
                "long_suspension",
                "demotion",
                "removal",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.String(length=4000), nullable=False),
        sa.Column("penalty_reasons", sa.String(length=4000), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("reply_days", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("deciding_official_id", sa.String(length=40), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("effective_from_on", sa.Date(), nullable=True),
        sa.Column("notice_id", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(length=2000), nullable=True),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name=op.f("ck_disciplinary_cases_withdrawn_iff_reasoned"),
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            name=op.f("ck_disciplinary_cases_withdrawn_iff_dated"),
        ),
        sa.CheckConstraint(
            "CASE action WHEN 'suspension' THEN coalesce(days, 0) BETWEEN 1 AND 14 WHEN 'long_suspension' THEN coalesce(days, 0) > 14 ELSE days IS NULL END",
            name=op.f("ck_disciplinary_cases_days_fit_action"),
        ),
        sa.CheckConstraint(
            "state <> 'proposed' OR (proposed_by IS NOT NULL AND proposed_at IS NOT NULL AND notice_id IS NOT NULL AND delivered_on IS NOT NULL AND reply_due_on IS NOT NULL AND effective_from_on IS NOT NULL)",
            name=op.f("ck_disciplinary_cases_proposed_is_whole"),
        ),
        sa.CheckConstraint(
            "delivered_on < reply_due_on AND reply_due_on < effective_from_on",
            name=op.f("ck_disciplinary_cases_dates_in_order"),
        ),
        sa.CheckConstraint(
            "notice_days >= 0 AND reply_days >= 1", name=op.f("ck_disciplinary_cases_days_are_counts")
        ),
        sa.CheckConstraint(
            "opened_by <> deciding_official_id", name=op.f("ck_disciplinary_cases_opener_does_not_decide")
        ),
        sa.CheckConstraint(
            "proposed_by <> deciding_official_id", name=op.f("ck_disciplinary_cases_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_disciplinary_cases_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["deciding_official_id"],
            ["accounts.id"],
            name=op.f("fk_disciplinary_cases_deciding_official_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_disciplinary_cases_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_disciplinary_cases_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["accounts.id"], name=op.f("fk_disciplinary_cases_opened_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_disciplinary_cases_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disciplinary_cases")),
        sa.UniqueConstraint("number", name="uq_disciplinary_cases_number"),
    )
    op.create_index(
        "ix_disciplinary_cases_agency", "disciplinary_cases", ["agency_id", "opened_at", "id"], unique=False
    )
    op.create_index(
        "ix_disciplinary_cases_deciding",
        "disciplinary_cases",
        ["deciding_official_id", "opened_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_disciplinary_cases_employee",
        "disciplinary_cases",
        ["employee_id", "opened_at", "id"],
        unique=False,
    )
    op.create_table(
        "positions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("class_code", sa.String(length=20), nullable=False),
        sa.Column("class_title", sa.String(length=200), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("duty_station", sa.String(length=200), nullable=False),
        sa.Column("pay_min_minor", sa.BigInteger(), nullable=False),
        sa.Column("pay_max_minor", sa.BigInteger(), nullable=False),
        sa.Column("pay_currency", sa.String(length=3), nullable=False),
        sa.Column(
            "pay_period",
            sa.Enum(
                "year",
                "month",
                "day",
                "hour",
                name="pay_period",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "active", "abolished", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("incumbent_id", sa.String(length=40), nullable=True),
        sa.Column("abolished_at", Moment(), nullable=True),
        sa.Column("abolition_reason", sa.String(length=2000), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'abolished') = (abolished_at IS NOT NULL)",
            name=op.f("ck_positions_abolished_iff_dated"),
        ),
        sa.CheckConstraint(
            "(state = 'abolished') = (abolition_reason IS NOT NULL)",
            name=op.f("ck_positions_abolished_iff_reasoned"),
        ),
        sa.CheckConstraint(
            "state = 'active' OR incumbent_id IS NULL", name=op.f("ck_positions_abolished_is_vacant")
        ),
        sa.CheckConstraint(
            "0 <= pay_min_minor AND pay_min_minor <= pay_max_minor", name=op.f("ck_positions_pay_order")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_positions_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["incumbent_id"], ["employees.id"], name=op.f("fk_positions_incumbent_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
        sa.UniqueConstraint("incumbent_id", name="uq_positions_incumbent_id"),
        sa.UniqueConstraint("number", name="uq_positions_number"),
    )
    op.create_index("ix_positions_agency_number", "positions", ["agency_id", "number"], unique=False)
    op.create_index("ix_positions_grade", "positions", ["grade", "number"], unique=False)
    op.create_index("ix_positions_title", "positions", ["title", "number"], unique=False)
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("position_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
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
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("probation_ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=2000), nullable=True),
        sa.Column("appointed_by", sa.String(length=40), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'probational') = (probation_ends_on IS NOT NULL)",
            name=op.f("ck_appointments_probational_iff_dated"),
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_appointments_ended_iff_reasoned")
        ),
        sa.CheckConstraint(
            "probation_ends_on > starts_on", name=op.f("ck_appointments_probation_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_appointments_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["appointed_by"], ["accounts.id"], name=op.f("fk_appointments_appointed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_appointments_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f("fk_appointments_position_id_positions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index("ix_appointments_agency", "appointments", ["agency_id", "starts_on", "id"], unique=False)
    op.create_index(
        "ix_appointments_employee", "appointments", ["employee_id", "starts_on", "id"], unique=False
    )
    op.create_index(
        "ix_appointments_position", "appointments", ["position_id", "starts_on", "id"], unique=False
    )
    op.create_index("ix_appointments_source", "appointments", ["source"], unique=False)
    op.create_index(
        "uq_appointments_live_employee",
        "appointments",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "uq_appointments_live_position",
        "appointments",
        ["position_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "charges",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("specification", sa.String(length=4000), nullable=False),
        sa.Column("evidence", sa.String(length=4000), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["disciplinary_cases.id"], name=op.f("fk_charges_case_id_disciplinary_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charges")),
        sa.UniqueConstraint("case_id", "position", name="uq_charges_position"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("charges")
    op.drop_index(
        "uq_appointments_live_position",
        table_name="appointments",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index(
        "uq_appointments_live_employee",
        table_name="appointments",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index("ix_appointments_source", table_name="appointments")
    op.drop_index("ix_appointments_position", table_name="appointments")
    op.drop_index("ix_appointments_employee", table_name="appointments")
    op.drop_index("ix_appointments_agency", table_name="appointments")
    op.drop_table("appointments")
    op.drop_index("ix_positions_title", table_name="positions")
    op.drop_index("ix_positions_grade", table_name="positions")
    op.drop_index("ix_positions_agency_number", table_name="positions")
    op.drop_table("positions")
    op.drop_index("ix_disciplinary_cases_employee", table_name="disciplinary_cases")
    op.drop_index("ix_disciplinary_cases_deciding", table_name="disciplinary_cases")
    op.drop_index("ix_disciplinary_cases_agency", table_name="disciplinary_cases")
    op.drop_table("disciplinary_cases")
    op.drop_index("ix_employees_agency_number", table_name="employees")
    op.drop_index("ix_employees_agency_name", table_name="employees")
    op.drop_table("employees")
