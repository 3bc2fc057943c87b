"""People whose positions were given up: on the preferred list, offered positions, one who declined."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.occupations import find as find_occupation
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.exams.preferred_lists.models import PreferredEntry
from app.exams.preferred_lists.queries import LASTING, get_entry, list_vacant
from app.exams.preferred_lists.services import offer_position, place_separated, record_answer
from app.exams.preferred_lists.states import PreferredState
from app.personnel.actions.rules import Changes
from app.personnel.actions.services import carry_out
from app.personnel.actions.states import ActionKind
from app.personnel.appointments.models import Appointment
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.platform import clock

ZONE = places.ZONES[MAIN]
OCCUPATION, PEOPLE = "sanitation-worker", 3
WHY = "The night round of the old market quarter was given up with the market hall."
DECLINED = "Answered by letter on the fourth day: has taken up work in another city."


def tell(office: Office) -> Story:
    """Separate three people by a reduction in force, offer positions to two, record one answer."""
    session, at = yield office.timeline.office(101, ZONE, 16)
    last_day = clock.local_date(at, ZONE) - dt.timedelta(days=1)
    for employee_id in _choose(session, office):
        _separate(session, office, employee_id, last_day, at)
    session, at = yield office.timeline.before(days=100)
    place_separated(session, at=at)
    first, second = _order(session)[:2]
    session, at = yield office.timeline.office(20, ZONE, 9, 20)
    _offer(session, office, first, at)
    session, at = yield office.timeline.office(14, ZONE, 11, 35)
    record_answer(
        session,
        entry_id=first,
        answer=PreferredState.DECLINED,
        reason=DECLINED,
        actor=office.member(session, "second.hr.officer"),
        at=at,
    )
    session, at = yield office.timeline.office(6, ZONE, 10, 5)
    _offer(session, office, second, at)


def _choose(session: Session, office: Office) -> list[str]:
    """Choose people of the class whom no other story knows: the last in the register, without accounts."""
    query = (
        select(Employee.id)
        .join(Position, Position.incumbent_id == Employee.id)
        .join(Appointment, Appointment.employee_id == Employee.id)
        .where(
            Employee.agency_id == office.agencies[MAIN],
            Employee.state == EmployeeState.ACTIVE,
            Employee.account_id.is_(None),
            Appointment.ended_on.is_(None),
            Appointment.kind.in_(LASTING),
            Position.class_code == find_occupation(OCCUPATION).class_code,
        )
        .order_by(Employee.number.desc())
        .limit(PEOPLE)
    )
    return list(session.scalars(query))


def _separate(session: Session, office: Office, employee_id: str, last_day: dt.date, at: dt.datetime) -> None:
    carry_out(
        session,
        employee_id=employee_id,
        kind=ActionKind.SEPARATION,
        effective_on=last_day,
        changes=Changes(),
        authority_code="NY-80",
        authority="New York Civil Service Law, section 80",
        reason=WHY,
        source=None,
        approved_by=office.accounts["second.hr.officer"],
        actor=office.member(session, "hr.officer"),
        at=at,
    )


def _order(session: Session) -> list[str]:
    return list(
        session.scalars(select(PreferredEntry.id).order_by(PreferredEntry.seniority_from, PreferredEntry.id))
    )


def _offer(session: Session, office: Office, entry_id: str, at: dt.datetime) -> None:
    officer = office.member(session, "hr.officer")
    entry = get_entry(session, entry_id, officer)
    offer_position(
        session,
        entry_id=entry_id,
        position_id=list_vacant(session, entry, officer)[0].id,
        starts_on=at.date() + dt.timedelta(days=28),
        actor=officer,
        at=at,
    )
