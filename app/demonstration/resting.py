"""Leave: rules, ledgers of everybody in two agencies, and requests in each state."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import ledgers, places
from app.demonstration.absences import monday
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, MAIN
from app.demonstration.timeline import Story
from app.personnel.accruals.services import post_agency
from app.personnel.employees.models import Employee
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_adjustments import services as adjustments
from app.personnel.leave_adjustments.services import Correction
from app.personnel.leave_requests import services as requests
from app.personnel.leave_requests.services import Wish

ZONE = places.ZONES[MAIN]
DAY = dt.timedelta(days=1)


def tell(office: Office) -> Story:
    """Bring ledgers forward, let people ask for leave, and post what was earned since."""
    session, at = yield office.timeline.office(40, ZONE, 9)
    ledgers.keep(session, office, at)
    yield from _ask(office)
    session, at = yield office.timeline.before(minutes=25)
    for code in (MAIN, HEALTH):
        post_agency(session, agency_id=office.agencies[code], at=at)


def _ask(office: Office) -> Story:
    """Let the two of the cast ask for leave, each in another state by now, and a correction wait."""
    today = office.timeline.day(0, ZONE)
    session, at = yield office.timeline.office(35, ZONE, 12)
    taken = _wish(session, office, "employee", monday(today, -4), 2, LeaveKind.ANNUAL, at)
    refused = _wish(session, office, "second.employee", monday(today, 2), 5, LeaveKind.ANNUAL, at)
    session, at = yield office.timeline.office(34, ZONE, 9)
    supervisor = office.member(session, "supervisor")
    requests.decide(session, request_id=taken, approves=True, reason="", actor=supervisor, at=at)
    reason = "The first snow is expected that week and four of the crew are away already."
    requests.decide(session, request_id=refused, approves=False, reason=reason, actor=supervisor, at=at)
    session, at = yield office.timeline.office(15, ZONE, 10)
    planned = _wish(session, office, "second.employee", monday(today, 5), 3, LeaveKind.ANNUAL, at)
    employee = session.scalars(
        select(Employee).where(Employee.account_id == office.accounts["employee"])
    ).one()
    values = Correction(
        LeaveKind.COMPENSATORY, EntrySort.EARNED, 6 * 60, today - dt.timedelta(days=18),
        "Six hours at the burst main in Quarry Road, ordered by the shift leader.",
    )  # fmt: skip
    made = adjustments.propose(
        session, employee_id=employee.id, values=values, actor=office.member(session, "hr.officer"), at=at
    )
    session, at = yield office.timeline.office(14, ZONE, 16)
    requests.decide(
        session,
        request_id=planned,
        approves=True,
        reason="",
        actor=office.member(session, "supervisor"),
        at=at,
    )
    second = office.member(session, "second.hr.officer")
    adjustments.decide(session, adjustment_id=made.id, approves=True, reason="", actor=second, at=at)
    session, at = yield office.timeline.office(3, ZONE, 11)
    _wish(session, office, "employee", monday(today, 3), 4, LeaveKind.ANNUAL, at)
    _wish(session, office, "second.employee", monday(today, 0), 1, LeaveKind.SICK, at)
    lost = Correction(
        LeaveKind.ANNUAL, EntrySort.CORRECTED, 8 * 60, today - dt.timedelta(days=60),
        "A day was charged on the city's holiday.",
    )  # fmt: skip
    adjustments.propose(
        session, employee_id=employee.id, values=lost, actor=office.member(session, "hr.officer"), at=at
    )


def _wish(
    session: Session, office: Office, key: str, first: dt.date, days: int, kind: LeaveKind, at: dt.datetime
) -> str:
    wish = Wish(kind, first, first + DAY * (days - 1), None, "")
    return requests.ask(session, wish=wish, actor=office.member(session, key), at=at).id
