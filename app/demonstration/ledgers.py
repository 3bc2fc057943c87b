"""Ledgers of leave as they were brought forward from the old register."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import absences
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, MAIN
from app.personnel.accruals import courses, regimes
from app.personnel.accruals.periods import PERIOD, leave_year, period_of
from app.personnel.accruals.queries import load_services
from app.personnel.accruals.rules import Service
from app.personnel.accruals.services import set_regime
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.leave.services import NewEntry, enter
from app.personnel.leave.states import EntrySort, LeaveKind

DAY = dt.timedelta(days=1)
# How many people's ledgers go back to the beginning of the leave year before.
LONG_LEDGERS = 200
CAST_HOURS = 120


def keep(session: Session, office: Office, at: dt.datetime) -> None:
    """Choose rules, bring forward what people had, and enter what they took."""
    for code, name in ((MAIN, "title-5"), (HEALTH, "new-york")):
        regime = regimes.load(name)
        begins = period_of(regime.first_period_on, at.date()) - PERIOD
        actor = office.member(session, OFFICERS[code][0])
        set_regime(
            session, agency_id=office.agencies[code], name=name, ceiling="usual",
            days=(regime.first_period_on, begins), actor=actor, at=at,
        )  # fmt: skip
        _bring_forward(session, office, code, begins, at)


def _bring_forward(session: Session, office: Office, code: str, begins: dt.date, at: dt.datetime) -> None:
    agency_id, dice = office.agencies[code], office.dice(f"leave:{code}")
    serving = (Employee.agency_id == agency_id) & (Employee.state == EmployeeState.ACTIVE)
    people = list(session.scalars(select(Employee.id).where(serving).order_by(Employee.number)))
    services = load_services(session, people)
    entries: list[NewEntry] = []
    cast = set(absences.cast(session, office))
    for place, own in enumerate(people):
        if code == MAIN and place < LONG_LEDGERS and own not in cast:
            entries += _year_before(own, agency_id, services[own], begins, dice)
            continue
        for kind, most in ((LeaveKind.ANNUAL, 240), (LeaveKind.SICK, 600)):
            minutes = CAST_HOURS * 60 if own in cast else dice.randrange(1, most // 8) * 8 * 60
            key = f"{kind.value}:opening"
            entries.append(
                NewEntry(
                    own, agency_id, kind, EntrySort.OPENING, minutes, begins - DAY, key,
                    "Brought forward from the old register",
                )
            )  # fmt: skip
    enter(session, entries, by=None, at=at)
    if code == MAIN:
        absences.take(session, office, people, LONG_LEDGERS, services, at)


def _year_before(
    own: str, agency_id: str, service: Service, begins: dt.date, dice: random.Random
) -> Iterator[NewEntry]:
    """Give a ledger since the leave year before began, as the old register had it."""
    regime = regimes.load("title-5")
    this_year, _ = leave_year(regime.first_period_on, begins)
    since, _ = leave_year(regime.first_period_on, this_year - DAY)
    opening = {LeaveKind.ANNUAL: dice.randrange(40, 230) * 60, LeaveKind.SICK: dice.randrange(80, 900) * 60}
    course = courses.Course(since - DAY, opening)
    starts = [since + PERIOD * n for n in range((begins - since) // PERIOD)]
    for kind, minutes in opening.items():
        key = f"{kind.value}:opening"
        yield NewEntry(own, agency_id, kind, EntrySort.OPENING, minutes, since - DAY, key, "Old register")
    for credit in courses.run(regime, "usual", service, starts, (), course):
        yield NewEntry(
            own, agency_id, credit.kind, credit.sort, credit.minutes, credit.on, credit.key, credit.basis
        )
