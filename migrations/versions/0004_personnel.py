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


def downgrade() -> None:
    """Drop them."""
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
    op.drop_index("ix_employees_agency_number", table_name="employees")
    op.drop_index("ix_employees_agency_name", table_name="employees")
    op.drop_table("employees")
