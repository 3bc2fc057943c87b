"""Reading ledgers of leave: entries, and balances as sums of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.states import EntrySort, LeaveKind
from app.platform import scope
from app.platform.actors import Actor

READ = "personnel.leave.list_staff"
Balances = dict[str, dict[LeaveKind, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a ledger with the balance after it."""

    on: dt.date
    sort: EntrySort
    minutes: int
    balance: int
    basis: str
    entered_at: dt.datetime
    request_id: str | None
    expires_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A person of an agency with the balance of each kind."""

    employee_id: str
    number: str
    name: str
    balances: Mapping[LeaveKind, int]


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition on employees of agencies in which the actor may read the ledgers."""
    return scope.within(Employee.agency_id, actor, permission)


def get_employee(session: Session, employee_id: str) -> Employee:
    """Give an employee with the agency; who may see the leave is for the caller to say."""
    query = select(Employee).where(Employee.id == employee_id).options(joinedload(Employee.agency))
    return session.scalars(query).one()


def load_balances(
    session: Session, employee_ids: Collection[str], on: dt.date, *, known_at: dt.datetime | None = None
) -> Balances:
    """Load the balances of people at the end of a day, in minutes, as known now or at a moment."""
    found = _sums(on, known_at).where(LeaveEntry.employee_id.in_(employee_ids))
    return _by_employee(session, found)


def load_agency_balances(session: Session, agency_id: str, on: dt.date) -> Balances:
    """Load the balances of everybody of an agency at the end of a day, in minutes."""
    people = select(Employee.id).where(Employee.agency_id == agency_id)
    return _by_employee(session, _sums(on, None).where(LeaveEntry.employee_id.in_(people)))


def find_balance(session: Session, employee_id: str, kind: LeaveKind, on: dt.date) -> int:
    """Give the balance of a ledger at the end of a day, in minutes."""
    return load_balances(session, [employee_id], on).get(employee_id, {}).get(kind, 0)


def _sums(on: dt.date, known_at: dt.datetime | None) -> Select[str, LeaveKind, int]:
    found = (
        select(LeaveEntry.employee_id, LeaveEntry.kind, func.sum(LeaveEntry.minutes))
        .where(LeaveEntry.effective_on <= on)
        .group_by(LeaveEntry.employee_id, LeaveEntry.kind)
    )
    return found if known_at is None else found.where(LeaveEntry.entered_at <= known_at)


def _by_employee(session: Session, found: Select[str, LeaveKind, int]) -> Balances:
    balances: Balances = {}
    for employee_id, kind, minutes in session.execute(found):
        balances.setdefault(employee_id, {})[kind] = int(minutes)
    return balances


def list_standings(session: Session, agency_id: str, on: dt.date) -> list[Standing]:
    """List who serves in an agency with their balances at the end of a day, by name."""
    balances = load_agency_balances(session, agency_id, on)
    people = (
        select(Employee.id, Employee.number, Employee.name)
        .where(Employee.agency_id == agency_id, Employee.state == EmployeeState.ACTIVE)
        .order_by(Employee.name, Employee.id)
    )
    return [
        Standing(own, number, name, balances.get(own, {})) for own, number, name in session.execute(people)
    ]


def list_lines(session: Session, employee_id: str, kind: LeaveKind) -> list[Line]:
    """List a ledger in the order of its days, with the balance after each entry."""
    query = (
        select(
            LeaveEntry.effective_on,
            LeaveEntry.sort,
            LeaveEntry.minutes,
            LeaveEntry.basis,
            LeaveEntry.entered_at,
            LeaveEntry.request_id,
            LeaveEntry.expires_on,
        )
        .where(LeaveEntry.employee_id == employee_id, LeaveEntry.kind == kind)
        .order_by(LeaveEntry.effective_on, LeaveEntry.entered_at, LeaveEntry.id)
    )
    lines, balance = [], 0
    for on, sort, minutes, basis, entered_at, request_id, expires_on in session.execute(query):
        balance += minutes
        lines.append(Line(on, sort, minutes, balance, basis, entered_at, request_id, expires_on))
    return lines


def load_taken(session: Session, employee_id: str, kind: LeaveKind) -> dict[dt.date, int]:
    """Load what was taken of a kind, net of what was given back, in minutes by day."""
    query = (
        select(LeaveEntry.effective_on, -func.sum(LeaveEntry.minutes))
        .where(
            LeaveEntry.employee_id == employee_id,
            LeaveEntry.kind == kind,
            LeaveEntry.sort.in_((EntrySort.TAKEN, EntrySort.RETURNED)),
        )
        .group_by(LeaveEntry.effective_on)
    )
    return {on: int(minutes) for on, minutes in session.execute(query) if minutes}


def list_standing_of_request(session: Session, request_id: str, since: dt.date) -> list[LeaveEntry]:
    """List what a request took from a day on and which was not given back yet."""
    back = select(LeaveEntry.reverses_id).where(
        LeaveEntry.request_id == request_id, LeaveEntry.reverses_id.is_not(None)
    )
    query = (
        select(LeaveEntry)
        .where(
            LeaveEntry.request_id == request_id,
            LeaveEntry.sort == EntrySort.TAKEN,
            LeaveEntry.effective_on >= since,
            LeaveEntry.id.not_in(back),
        )
        .order_by(LeaveEntry.effective_on)
    )
    return list(session.scalars(query))
