"""Dates of birth apart from the record, everybody who wrote a text, and steps for work of high quality."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

ACTIONS = (
    "appointment",
    "promotion",
    "transfer",
    "detail",
    "leave_without_pay",
    "return_to_duty",
    "reinstatement",
    "reduction",
    "suspension",
    "within_grade_increase",
    "change_of_hours",
    "separation",
    "correction",
)
AWARDS = ("performance", "special_act", "time_off", "honor")


def upgrade() -> None:
    """Make the tables, and let awards raise a step."""
    op.create_table(
        "employee_births",
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=True),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_employee_births_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_employee_births_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_employee_births")),
    )
    op.create_index("ix_employee_births_born_on", "employee_births", ["born_on"], unique=False)
    _make_writers("letter_wording_writers", "wording_id", "letter_wordings")
    _make_writers("policy_version_writers", "version_id", "policy_versions")
    _admit("personnel_actions", (*ACTIONS, "quality_step_increase"))
    _admit("awards", (*AWARDS, "quality_step"))
    with op.batch_alter_table("awards") as batch:
        batch.add_column(sa.Column("grade", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("to_step", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("effective_on", sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_awards_step"), sa.text("(kind = 'quality_step') = (to_step IS NOT NULL)")
        )
        batch.create_check_constraint(op.f("ck_awards_grade"), sa.text("(grade IS NULL) = (to_step IS NULL)"))
        batch.create_check_constraint(
            op.f("ck_awards_effective"),
            sa.text("(kind = 'quality_step' AND state = 'approved') = (effective_on IS NOT NULL)"),
        )


def downgrade() -> None:
    """Remove them; a step that was an award becomes an honor, and its act an increase like others."""
    with op.batch_alter_table("awards") as batch:
        for name in ("step", "grade", "effective"):
            batch.drop_constraint(op.f(f"ck_awards_{name}"), type_="check")
        for column in ("effective_on", "to_step", "grade"):
            batch.drop_column(column)
    op.execute("UPDATE awards SET kind = 'honor' WHERE kind = 'quality_step'")
    op.execute(
        "UPDATE personnel_actions SET kind = 'within_grade_increase' WHERE kind = 'quality_step_increase'"
    )
    _admit("awards", AWARDS)
    _admit("personnel_actions", ACTIONS)
    op.drop_table("policy_version_writers")
    op.drop_table("letter_wording_writers")
    op.drop_index("ix_employee_births_born_on", table_name="employee_births")
    op.drop_table("employee_births")


def _make_writers(table: str, column: str, texts: str) -> None:
    """Make the table of who wrote a version; of those there are, the last writer is known."""
    op.create_table(
        table,
        sa.Column(column, sa.String(length=40), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint([column], [f"{texts}.id"], name=op.f(f"fk_{table}_{column}_{texts}")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f(f"fk_{table}_written_by_accounts")
        ),
        sa.PrimaryKeyConstraint(column, "written_by", name=op.f(f"pk_{table}")),
    )
    op.execute(
        f"INSERT INTO {table} ({column}, written_by, written_at) SELECT id, written_by, written_at FROM {texts}"  # noqa: S608 - names of this file
    )


def _admit(table: str, kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_kind"), sa.text(f"kind IN ({listed})"))
