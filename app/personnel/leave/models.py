"""The entries of everybody's ledgers; they are never changed nor deleted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_adjustments.models import LeaveAdjustment
from app.personnel.leave_requests.models import LeaveRequest
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class LeaveEntry(Base):
    """Minutes that came (positive) or went (negative) on a day; a balance is the sum up to a day.

    `key` says what an entry is for, such as the pay period, so that it is posted once. What was wrong is
    undone by an entry that `reverses_id` it. `expires_on` is the last day on which what came may be used.
    """

    __tablename__ = "leave_entries"
    __table_args__ = (
        UniqueConstraint("employee_id", "key", name="uq_leave_entries_key"),
        UniqueConstraint("reverses_id", name="uq_leave_entries_reverses_id"),
        Index("ix_leave_entries_balance", "employee_id", "kind", "effective_on", "minutes"),
        Index("ix_leave_entries_request", "request_id"),
        CheckConstraint("minutes <> 0", name="something"),
        CheckConstraint("sort NOT IN ('taken', 'forfeited') OR minutes < 0", name="goes"),
        CheckConstraint(
            "sort NOT IN ('accrual', 'returned', 'restored', 'earned') OR minutes > 0", name="comes"
        ),
        CheckConstraint("sort NOT IN ('taken', 'returned') OR request_id IS NOT NULL", name="of_a_request"),
        CheckConstraint("(sort = 'returned') = (reverses_id IS NOT NULL)", name="reverses"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[LeaveKind] = mapped_column(state_type(LeaveKind, "kind"))
    sort: Mapped[EntrySort] = mapped_column(state_type(EntrySort, "sort"))
    minutes: Mapped[int]
    effective_on: Mapped[dt.date]
    key: Mapped[str] = mapped_column(String(80))
    basis: Mapped[str] = mapped_column(String(300))
    request_id: Mapped[str | None] = mapped_column(ForeignKey(LeaveRequest.id))
    adjustment_id: Mapped[str | None] = mapped_column(ForeignKey(LeaveAdjustment.id))
    reverses_id: Mapped[str | None] = mapped_column(ForeignKey("leave_entries.id"))
    expires_on: Mapped[dt.date | None]
    entered_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    entered_at: Mapped[dt.datetime]


constraints.declare("uq_leave_entries_key", field="", message="This stands in the ledger already.")
constraints.declare("uq_leave_entries_reverses_id", field="", message="This was given back already.")

# The ledger is guarded from whoever holds the database's own password, too.
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER leave_entries_no_{verb.lower()} BEFORE {verb} ON leave_entries "
    "BEGIN SELECT RAISE(ABORT, 'Entries of leave never change.'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES_GUARDS = (
    "CREATE FUNCTION leave_entries_stand() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'Entries of leave never change.'; END $$",
    "CREATE TRIGGER leave_entries_guard BEFORE UPDATE OR DELETE ON leave_entries "
    "FOR EACH ROW EXECUTE FUNCTION leave_entries_stand()",
)
for guard in SQLITE_GUARDS:
    event.listen(LeaveEntry.__table__, "after_create", DDL(guard).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
for guard in POSTGRES_GUARDS:
    event.listen(LeaveEntry.__table__, "after_create", DDL(guard).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
