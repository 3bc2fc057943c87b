"""What people in service see and change themselves: how they are reached."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "employee_contacts",
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=600), nullable=False),
        sa.Column("first_name", sa.String(length=200), nullable=False),
        sa.Column("first_relation", sa.String(length=100), nullable=False),
        sa.Column("first_telephone", sa.String(length=40), nullable=False),
        sa.Column("second_name", sa.String(length=200), nullable=False),
        sa.Column("second_relation", sa.String(length=100), nullable=False),
        sa.Column("second_telephone", sa.String(length=40), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(first_name = '') = (first_telephone = '')", name=op.f("ck_employee_contacts_first_is_whole")
        ),
        sa.CheckConstraint(
            "(second_name = '') = (second_telephone = '')", name=op.f("ck_employee_contacts_second_is_whole")
        ),
        sa.CheckConstraint(
            "second_name = '' OR first_name <> ''", name=op.f("ck_employee_contacts_first_before_second")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_employee_contacts_employee_id_employees")
        ),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_employee_contacts")),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("employee_contacts")
