"""What pages about pay show: a scale as a grid, a new table's effect, a person's steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel.actions.queries import as_of, list_service_records
from app.personnel.employees.models import Employee
from app.personnel.pay_scales import payroll, queries
from app.personnel.pay_scales.forms import PayrollForm, VersionForm
from app.personnel.pay_scales.models import PayScale
from app.personnel.pay_scales.queries import Pay
from app.personnel.pay_scales.rules import Change, Rate, compare, read_rates
from app.personnel.service_records.models import ServiceRecord
from app.platform import clock
from app.platform.db import reading
from app.platform.locales import minor_digits
from app.web.access import current_actor
from app.web.amounts import format_money
from app.web.forms import named

SHOWN = 200
MONTH = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Grid:
    """Pay by grade (rows) and step (columns); None where a grade has no such step."""

    steps: list[int]
    rows: list[tuple[str, list[int | None]]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a table would do: its figures, what is wrong with it, what it changes."""

    rates: list[Rate]
    faults: list[str]
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch of service at one grade, step and pay, and what the scale paid for it at its beginning."""

    record: ServiceRecord
    scale: Pay | None


@dataclass(frozen=True, slots=True)
class PaySight:
    """A person's pay over time, the latest first, and the steps of the grade today."""

    held: list[Held]
    steps: list[Pay]
    now: ServiceRecord | None


def grid(rates: Sequence[Rate]) -> Grid:
    """Lay figures out by grade and step."""
    steps = sorted({rate.step for rate in rates})
    found = {(rate.grade, rate.step): rate.pay_minor for rate in rates}
    grades = sorted({rate.grade for rate in rates})
    return Grid(steps, [(grade, [found.get((grade, step)) for step in steps]) for grade in grades])


def try_file(form: VersionForm, scale: PayScale) -> Trial:
    """Read the table of a form and say what it would change; faults go to the form's field as well."""
    content = form.file.data.stream.read() if form.file.data else b""
    try:
        rates, faults = read_rates(content.decode("utf-8-sig"), minor_digits(scale.currency))
    except UnicodeDecodeError:
        rates, faults = [], ["The file is not a table of text in UTF-8."]
    with reading() as session:
        before = queries.find_version_on(session, scale.id, form.day())
        old = queries.load_rates(session, before.id) if before else []
    if faults:
        form.file.errors = [*form.file.errors, faults[0]]
    return Trial(rates, faults, compare(old, rates) if rates else [])


def look(session: Session, employee: Employee, at: dt.datetime) -> PaySight:
    """Give a person's grade, step and pay over time."""
    today = clock.local_date(at, employee.agency.time_zone)
    records = _changes(list_service_records(session, employee.id))
    now = as_of(session, employee.id, today)
    steps = queries.list_steps(session, now.agency_id, now.grade, today) if now else []
    held = [
        Held(one, queries.find_pay(session, one.agency_id, one.grade, one.step, one.valid_from))
        for one in records
    ]
    return PaySight(held, steps, now)


def _changes(records: list[ServiceRecord]) -> list[ServiceRecord]:
    """Keep those records that change grade, step or pay against the one before; the newest first."""
    kept: list[ServiceRecord] = []
    before: tuple[Any, ...] | None = None
    for record in reversed(records):
        now = (record.grade, record.step, record.pay_minor, record.pay_currency, record.pay_period)
        if now != before:
            kept.append(record)
        before = now
    return kept[::-1]


def say_pay(session: Session, employee: Employee) -> str:
    """Say what a person earns today."""
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    now = as_of(session, employee.id, today)
    if now is None:
        return ""
    pay = format_money(now.pay_minor, now.pay_currency)
    return f"Grade {now.grade}, step {now.step}: {pay} {now.pay_period.title}"


def read_payroll(session: Session) -> dict[str, Any]:
    """Read what the address asks for: what changed for which agency's pay, and in which time."""
    agencies = list_agencies_for(session, current_actor(), "personnel.pay_scales.export")
    filters = PayrollForm(choices={"agency": named(agencies)})
    wanted = filters.agency.data or (agencies[0].id if agencies else "")
    agency = next((one for one in agencies if one.id == wanted), None)
    today = clock.local_date(clock.now(), agency.time_zone if agency else "UTC")
    last = filters.last.data or today
    first = filters.first.data or last - MONTH
    rows = payroll.list_changes(session, agency.id, first, last) if agency else []
    return {"filters": filters, "agency": agency, "first": first, "last": last, "rows": rows}
