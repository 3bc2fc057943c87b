"""Personnel actions, service histories, what a post is funded by and reports to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.platform.ids import new_id
from app.platform.types import JsonObject, Moment

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ACTIONS = sa.table(
    "personnel_actions",
    sa.column("id"),
    sa.column("employee_id"),
    sa.column("agency_id"),
    sa.column("kind"),
    sa.column("state"),
    sa.column("effective_on", sa.Date()),
    sa.column("effect", JsonObject),
    sa.column("authority_code"),
    sa.column("authority"),
    sa.column("reason"),
    sa.column("source"),
    sa.column("proposed_at", Moment()),
    sa.column("decided_at", Moment()),
    sa.column("outcome_reason"),
    sa.column("effected_at", Moment()),
)
RECORDS = sa.table(
    "service_records",
    *(sa.column(name) for name in ("id", "employee_id", "action_id", "position_id", "agency_id", "grade")),
    *(sa.column(name) for name in ("step", "pay_minor", "pay_currency", "pay_period", "weekly_minutes")),
    *(sa.column(name) for name in ("duty_station", "standing")),
    sa.column("valid_from", sa.Date()),
    sa.column("valid_to", sa.Date()),
    sa.column("recorded_at", Moment()),
)
KINDS = [
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
]
STATES = ["proposed", "approved", "refused", "cancelled", "effected", "corrected"]
STANDINGS = ["in_service", "on_leave_without_pay", "suspended", "separated"]
PAPERS = ["appointment", "qualification", "oath", "agreement", "letter", "other", "medical", "investigation"]


def _state(name: str, values: list[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=nullable)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    """Make the tables, and begin the histories of those who serve with what their appointments say."""
    _extend_positions()
    _make_actions()
    _make_service_records()
    _make_documents()
    _begin_histories()


def _begin_histories() -> None:
    """Give everybody who was appointed before the acts and the history that the appointments make."""
    connection = op.get_bind()
    now = dt.datetime.now(dt.UTC)
    appointed = connection.execute(
        sa.text(
            "SELECT a.id AS source, a.employee_id, a.agency_id, a.authority, a.starts_on, a.ended_on, "
            "a.end_reason, p.id AS position_id, p.grade, p.pay_min_minor, p.pay_currency, p.pay_period, "
            "p.duty_station FROM appointments a JOIN positions p ON p.id = a.position_id "
            "WHERE a.ended_on IS NULL OR a.ended_on >= a.starts_on ORDER BY a.employee_id, a.starts_on, a.id"
        ).columns(starts_on=sa.Date(), ended_on=sa.Date())
    ).all()
    for place, row in enumerate(appointed):
        after = appointed[place + 1] if place + 1 < len(appointed) else None
        follows = after.starts_on if after and after.employee_id == row.employee_id else None
        seated = {
            "position_id": row.position_id, "agency_id": row.agency_id, "grade": row.grade, "step": 1,
            "pay_minor": row.pay_min_minor, "pay_currency": row.pay_currency, "pay_period": row.pay_period,
            "weekly_minutes": 2400, "duty_station": row.duty_station, "standing": "in_service",
        }  # fmt: skip
        left_on = row.ended_on + dt.timedelta(days=1) if row.ended_on else None
        ends = min((day for day in (left_on, follows) if day), default=None)
        _enter(connection, row, "appointment", row.starts_on, seated, seated, (row.starts_on, ends), now)
        if left_on is not None and (follows is None or left_on < follows):
            gone = {"position_id": None, "standing": "separated"}
            _enter(connection, row, "separation", row.ended_on, gone, seated | gone, (left_on, follows), now)


def _enter(
    connection: sa.Connection,
    row: Any,
    kind: str,
    day: dt.date,
    effect: dict[str, Any],
    held: dict[str, Any],
    valid: tuple[dt.date, dt.date | None],
    now: dt.datetime,
) -> None:
    if valid[0] == valid[1]:
        return
    own = new_id("act")
    reason = (row.end_reason or "") if kind == "separation" else ""
    connection.execute(
        sa.insert(ACTIONS).values(
            id=own, employee_id=row.employee_id, agency_id=row.agency_id, kind=kind, state="effected",
            effective_on=day, effect=effect, authority_code="", authority=row.authority, reason=reason,
            source=row.source, proposed_at=now, decided_at=now, outcome_reason="", effected_at=now,
        )
    )  # fmt: skip
    connection.execute(
        sa.insert(RECORDS).values(
            id=new_id("svr"), employee_id=row.employee_id, action_id=own, valid_from=valid[0],
            valid_to=valid[1], recorded_at=now, **held,
        )
    )  # fmt: skip


def _extend_positions() -> None:
    with op.batch_alter_table("positions") as batch:
        batch.add_column(sa.Column("unit", sa.String(length=200), server_default="", nullable=False))
        batch.add_column(sa.Column("funding", sa.String(length=120), server_default="", nullable=False))
        batch.add_column(sa.Column("authorized_minutes", sa.Integer(), server_default="2400", nullable=False))
        batch.add_column(sa.Column("established_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("reports_to_id", sa.String(length=40), nullable=True))
        batch.create_foreign_key(
            op.f("fk_positions_reports_to_id_positions"), "positions", ["reports_to_id"], ["id"]
        )
        batch.create_check_constraint("not_under_itself", "reports_to_id <> id")
        batch.create_check_constraint("authorized_week", "authorized_minutes BETWEEN 1 AND 10080")
    op.create_index("ix_positions_reports_to_id", "positions", ["reports_to_id"], unique=False)


def _make_actions() -> None:
    table = "personnel_actions"
    op.create_table(
        table,
        _id("id"),
        _id("employee_id"),
        _id("agency_id"),
        sa.Column("kind", _state("kind", KINDS), nullable=False),
        sa.Column("state", _state("state", STATES), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("effect", JsonObject, nullable=False),
        sa.Column("authority_code", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        _id("source", nullable=True),
        _id("corrects_id", nullable=True),
        _id("proposed_by", nullable=True),
        sa.Column("proposed_at", Moment(), nullable=False),
        _id("decided_by", nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("outcome_reason", sa.String(length=2000), nullable=False),
        sa.Column("effected_at", Moment(), nullable=True),
        _id("notice_id", nullable=True),
        sa.CheckConstraint("proposed_by <> decided_by", name=op.f(f"ck_{table}_two_people")),
        sa.CheckConstraint(
            "state <> 'proposed' OR decided_at IS NULL", name=op.f(f"ck_{table}_proposed_is_undecided")
        ),
        sa.CheckConstraint(
            "(state IN ('effected', 'corrected')) = (effected_at IS NOT NULL)",
            name=op.f(f"ck_{table}_effected"),
        ),
        sa.CheckConstraint(
            "(kind = 'correction') = (corrects_id IS NOT NULL)", name=op.f(f"ck_{table}_correction")
        ),
        sa.CheckConstraint(
            "state NOT IN ('refused', 'cancelled') OR outcome_reason <> ''", name=op.f(f"ck_{table}_reasoned")
        ),
        sa.CheckConstraint("ends_on >= effective_on", name=op.f(f"ck_{table}_ends_after_start")),
        _key(table, "employee_id", "employees"),
        _key(table, "agency_id", "agencies"),
        _key(table, "corrects_id", table),
        _key(table, "proposed_by", "accounts"),
        _key(table, "decided_by", "accounts"),
        _key(table, "notice_id", "notices"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_employee", table, ["employee_id", "effective_on", "id"], unique=False)
    op.create_index(f"ix_{table}_agency", table, ["agency_id", "effective_on", "id"], unique=False)
    op.create_index(f"ix_{table}_state", table, ["state", "effective_on"], unique=False)
    op.create_index(f"ix_{table}_source", table, ["source"], unique=False)
    op.create_index(f"ix_{table}_corrects_id", table, ["corrects_id"], unique=False)


def _make_service_records() -> None:
    table = "service_records"
    op.create_table(
        table,
        _id("id"),
        _id("employee_id"),
        _id("action_id"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("superseded_at", Moment(), nullable=True),
        _id("position_id", nullable=True),
        _id("agency_id"),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("pay_minor", sa.BigInteger(), nullable=False),
        sa.Column("pay_currency", sa.String(length=3), nullable=False),
        sa.Column("pay_period", _state("pay_period", ["year", "month", "day", "hour"]), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("duty_station", sa.String(length=200), nullable=False),
        sa.Column("standing", _state("standing", STANDINGS), nullable=False),
        sa.CheckConstraint("valid_from < valid_to", name=op.f(f"ck_{table}_valid_order")),
        sa.CheckConstraint("recorded_at <= superseded_at", name=op.f(f"ck_{table}_known_order")),
        sa.CheckConstraint("weekly_minutes BETWEEN 0 AND 10080", name=op.f(f"ck_{table}_week")),
        _key(table, "employee_id", "employees"),
        _key(table, "action_id", "personnel_actions"),
        _key(table, "position_id", "positions"),
        _key(table, "agency_id", "agencies"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    current = sa.text("superseded_at IS NULL")
    op.create_index(
        f"uq_{table}_current",
        table,
        ["employee_id", "valid_from"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_index(f"ix_{table}_employee", table, ["employee_id", "valid_from"], unique=False)
    op.create_index(f"ix_{table}_position", table, ["position_id", "valid_from"], unique=False)
    op.create_index(f"ix_{table}_agency", table, ["agency_id", "valid_from"], unique=False)


def _make_documents() -> None:
    table = "personnel_documents"
    op.create_table(
        table,
        _id("id"),
        _id("employee_id"),
        _id("action_id", nullable=True),
        sa.Column("kind", _state("kind", PAPERS), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        _id("added_by"),
        sa.Column("added_at", Moment(), nullable=False),
        _id("removed_by", nullable=True),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.Column("removal_reason", sa.String(length=2000), nullable=True),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removal_reason IS NULL)", name=op.f(f"ck_{table}_removed_iff_reasoned")
        ),
        _key(table, "employee_id", "employees"),
        _key(table, "action_id", "personnel_actions"),
        _key(table, "added_by", "accounts"),
        _key(table, "removed_by", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_employee", table, ["employee_id", "added_at", "id"], unique=False)
    op.create_index(f"ix_{table}_action", table, ["action_id"], unique=False)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("personnel_documents")
    op.drop_table("service_records")
    op.drop_table("personnel_actions")
    op.drop_index("ix_positions_reports_to_id", table_name="positions")
    with op.batch_alter_table("positions") as batch:
        for name in ("authorized_week", "not_under_itself"):
            batch.drop_constraint(name, type_="check")
        batch.drop_constraint(op.f("fk_positions_reports_to_id_positions"), type_="foreignkey")
        for column in ("reports_to_id", "established_on", "authorized_minutes", "funding", "unit"):
            batch.drop_column(column)
