"""Reading under which rule leave is earned, and the service that earns it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.personnel.accruals import regimes
from app.personnel.accruals.expiry import Dated, Move, key_of
from app.personnel.accruals.models import LeaveRegime
from app.personnel.accruals.regimes import Regime
from app.personnel.accruals.rules import Service, Stretch
from app.personnel.actions.states import Standing
from app.personnel.employees.models import Employee
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.service_records.models import ServiceRecord

DAY = dt.timedelta(days=1)
UNPAID = (LeaveKind.UNPAID, LeaveKind.FAMILY)
USUAL_WEEK = 2400


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry of the clock, or a correction of one, whose key begins with the entry's."""

    key: str
    kind: LeaveKind
    on: dt.date
    minutes: int


@dataclass(frozen=True, slots=True)
class Kept:
    """An agency's rule with its own days: those of its pay periods, and from when leave is kept here."""

    regime: Regime
    agency_id: str
    ceiling: str
    kept_from: dt.date
    posted_on: dt.date | None


def find_kept(session: Session, agency_id: str) -> Kept | None:
    """Find the rule of an agency; None where leave is not kept here."""
    row = session.get(LeaveRegime, agency_id)
    return None if row is None else describe(row)


def describe(row: LeaveRegime) -> Kept:
    """Join an agency's row and its rulebook."""
    found = regimes.load(row.name).beginning(row.first_period_on)
    return Kept(found, row.agency_id, row.ceiling, row.kept_from, row.posted_on)


def get_row_to_post(session: Session, agency_id: str) -> LeaveRegime | None:
    """Give an agency's row, locked, so that nobody else posts."""
    query = select(LeaveRegime).where(LeaveRegime.agency_id == agency_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def list_kept(session: Session) -> list[tuple[Agency, Kept]]:
    """List the agencies whose leave is kept here, by id, with their rules."""
    query = (
        select(Agency, LeaveRegime).join(LeaveRegime, LeaveRegime.agency_id == Agency.id).order_by(Agency.id)
    )
    return [(agency, describe(row)) for agency, row in session.execute(query)]


def load_services(session: Session, employee_ids: Collection[str]) -> dict[str, Service]:
    """Load the service of people by the records known now; who has none serves the full week since hire."""
    records = (
        select(
            ServiceRecord.employee_id,
            ServiceRecord.valid_from,
            ServiceRecord.valid_to,
            ServiceRecord.weekly_minutes,
            ServiceRecord.standing,
        )
        .where(ServiceRecord.employee_id.in_(employee_ids), ServiceRecord.superseded_at.is_(None))
        .order_by(ServiceRecord.employee_id, ServiceRecord.valid_from)
    )
    rows: dict[str, list[Any]] = {}
    for row in session.execute(records):
        rows.setdefault(row.employee_id, []).append(row)
    people = select(Employee.id, Employee.hired_on, Employee.separated_on).where(
        Employee.id.in_(employee_ids)
    )
    unpaid = _load_unpaid(session, employee_ids)
    services = {}
    for own, hired_on, separated_on in session.execute(people):
        stretches = _stretches(rows.get(own, ())) or (Stretch(hired_on, separated_on, USUAL_WEEK),)
        services[own] = Service(stretches[0].first, stretches, unpaid.get(own, {}), separated_on)
    return services


def _stretches(records: Iterable[Any]) -> tuple[Stretch, ...]:
    """Join records that follow each other with the same week to stretches of service in pay."""
    found: list[Stretch] = []
    for record in records:
        if record.standing is not Standing.IN_SERVICE:
            continue
        last = record.valid_to - DAY if record.valid_to else None
        before = found[-1] if found else None
        follows = before is not None and before.last is not None and before.last + DAY == record.valid_from
        if before is not None and follows and before.weekly_minutes == record.weekly_minutes:
            found[-1] = Stretch(before.first, last, record.weekly_minutes)
        else:
            found.append(Stretch(record.valid_from, last, record.weekly_minutes))
    return tuple(found)


def _load_unpaid(session: Session, employee_ids: Collection[str]) -> dict[str, dict[dt.date, int]]:
    """Load the minutes without pay that people took, by day."""
    query = (
        select(LeaveEntry.employee_id, LeaveEntry.effective_on, -func.sum(LeaveEntry.minutes))
        .where(LeaveEntry.employee_id.in_(employee_ids), LeaveEntry.kind.in_(UNPAID))
        .group_by(LeaveEntry.employee_id, LeaveEntry.effective_on)
    )
    found: dict[str, dict[dt.date, int]] = {}
    for own, on, minutes in session.execute(query):
        if minutes > 0:
            found.setdefault(own, {})[on] = int(minutes)
    return found


def list_earning(session: Session, agency_id: str, since: dt.date) -> list[str]:
    """List who belongs to an agency and served on a day or later, by id."""
    query = (
        select(Employee.id)
        .where(
            Employee.agency_id == agency_id,
            or_(Employee.separated_on.is_(None), Employee.separated_on >= since),
        )
        .order_by(Employee.id)
    )
    return list(session.scalars(query))


def map_last_accruals(session: Session, employee_ids: Collection[str]) -> dict[str, dt.date]:
    """Map people to the last day of the last pay period that was posted for them."""
    query = (
        select(LeaveEntry.employee_id, func.max(LeaveEntry.effective_on))
        .where(LeaveEntry.employee_id.in_(employee_ids), LeaveEntry.sort == EntrySort.ACCRUAL)
        .group_by(LeaveEntry.employee_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def list_expiring(
    session: Session, employee_ids: Collection[str], before: dt.date
) -> dict[tuple[str, LeaveKind], Dated]:
    """List the whole ledgers, by person and kind, in which a last day of use lies before a day."""
    known = (
        select(LeaveEntry.employee_id, LeaveEntry.kind)
        .where(LeaveEntry.employee_id.in_(employee_ids), LeaveEntry.expires_on < before)
        .distinct()
    )
    found = {(own, kind): Dated() for own, kind in session.execute(known)}
    if not found:
        return {}
    columns = (LeaveEntry.employee_id, LeaveEntry.kind, LeaveEntry.key, LeaveEntry.effective_on)
    query = select(*columns, LeaveEntry.minutes, LeaveEntry.expires_on).where(
        LeaveEntry.employee_id.in_({own for own, _ in found}),
        LeaveEntry.kind.in_({kind for _, kind in found}),
    )
    for own, kind, key, on, minutes, expires_on in session.execute(query):
        dated = found.get((own, kind))
        if dated is None:
            continue
        base, _, number = key.partition("~")
        if base == key_of(kind, on - DAY):
            dated.entered[on - DAY] = dated.entered.get(on - DAY, 0) - minutes
            dated.numbers[on - DAY] = max(dated.numbers.get(on - DAY, 0), int(number or -1) + 1)
        else:
            dated.moves.append(Move(on, minutes, expires_on))
    return found


def map_last_days(session: Session, employee_ids: Collection[str]) -> dict[str, dt.date | None]:
    """Map people to their last day of service, None while they serve."""
    query = select(Employee.id, Employee.separated_on).where(Employee.id.in_(employee_ids))
    return {own: separated_on for own, separated_on in session.execute(query)}  # noqa: C416 - rows are no pairs


def list_posted(session: Session, employee_id: str) -> list[Posted]:
    """List what the clock has posted for a person, with the corrections of it, in the order of entry."""
    query = (
        select(LeaveEntry.key, LeaveEntry.kind, LeaveEntry.effective_on, LeaveEntry.minutes)
        .where(LeaveEntry.employee_id == employee_id, _is_clocks())
        .order_by(LeaveEntry.entered_at, LeaveEntry.id)
    )
    return [Posted(*row) for row in session.execute(query)]


def load_others(session: Session, employee_id: str, since: dt.date) -> dict[LeaveKind, dict[dt.date, int]]:
    """Load what moves a person's ledgers after a day and was not posted by the clock, by kind and day."""
    query = (
        select(LeaveEntry.kind, LeaveEntry.effective_on, func.sum(LeaveEntry.minutes))
        .where(LeaveEntry.employee_id == employee_id, LeaveEntry.effective_on > since, ~_is_clocks())
        .group_by(LeaveEntry.kind, LeaveEntry.effective_on)
    )
    found: dict[LeaveKind, dict[dt.date, int]] = {}
    for kind, on, minutes in session.execute(query):
        found.setdefault(kind, {})[on] = int(minutes)
    return found


def _is_clocks() -> ColumnElement[bool]:
    of_clock = LeaveEntry.sort.in_((EntrySort.ACCRUAL, EntrySort.FORFEITED))
    return of_clock | ((LeaveEntry.sort == EntrySort.CORRECTED) & LeaveEntry.key.contains("~"))


def list_employed(session: Session, employee_id: str) -> list[tuple[dt.date, dt.date | None]]:
    """List the spans from first to last day in which a person was employed, by the records known now."""
    records = (
        select(ServiceRecord.valid_from, ServiceRecord.valid_to, ServiceRecord.standing)
        .where(ServiceRecord.employee_id == employee_id, ServiceRecord.superseded_at.is_(None))
        .order_by(ServiceRecord.valid_from)
    )
    spans: list[tuple[dt.date, dt.date | None]] = []
    for valid_from, valid_to, standing in session.execute(records):
        if standing is Standing.SEPARATED:
            continue
        last = valid_to - DAY if valid_to else None
        if spans and spans[-1][1] is not None and spans[-1][1] + DAY == valid_from:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((valid_from, last))
    return spans


def load_keys(session: Session, employee_ids: Collection[str], since: dt.date) -> dict[str, set[str]]:
    """Load what the clock has posted for people after a day, as sets of keys.

    What ran out and what came for years of service is posted once for all days, so all of it is loaded.
    """
    query = select(LeaveEntry.employee_id, LeaveEntry.key).where(
        LeaveEntry.employee_id.in_(employee_ids),
        or_(
            LeaveEntry.effective_on > since,
            LeaveEntry.key.like("%:expired:%"),
            LeaveEntry.key.like("%:years:%"),
        ),
        LeaveEntry.sort.in_((EntrySort.ACCRUAL, EntrySort.FORFEITED)),
    )
    found: dict[str, set[str]] = {}
    for own, key in session.execute(query):
        found.setdefault(own, set()).add(key)
    return found


def load_moves(
    session: Session, employee_ids: Collection[str], since: dt.date
) -> dict[str, dict[LeaveKind, dict[dt.date, int]]]:
    """Load what moves people's ledgers after a day, summed by kind and day."""
    query = (
        select(LeaveEntry.employee_id, LeaveEntry.kind, LeaveEntry.effective_on, func.sum(LeaveEntry.minutes))
        .where(LeaveEntry.employee_id.in_(employee_ids), LeaveEntry.effective_on > since)
        .group_by(LeaveEntry.employee_id, LeaveEntry.kind, LeaveEntry.effective_on)
    )
    found: dict[str, dict[LeaveKind, dict[dt.date, int]]] = {}
    for own, kind, on, minutes in session.execute(query):
        found.setdefault(own, {}).setdefault(kind, {})[on] = int(minutes)
    return found
