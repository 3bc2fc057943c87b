"""The people who serve already: positions, appointments, and those who left."""

from __future__ import annotations

import datetime as dt
import random

from sqlalchemy.orm import Session

from app.demonstration import accounts, careers, occupations, places, vacancies
from app.demonstration.accounts import OFFICERS
from app.demonstration.occupations import Occupation
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, LAKES, MAIN
from app.demonstration.timeline import Story
from app.demonstration.workforce import FIELD
from app.personnel.actions.states import ActionKind
from app.personnel.appointments.services import appoint
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.rules import PositionValues
from app.personnel.positions.services import abolish_position, create_position
from app.personnel.registers.rules import Line
from app.personnel.registers.services import enter_lines

# How many people serve in each occupation on the day the office begins; one where nothing is said.
STAFF = {
    "administrative-clerk": 11,
    "bus-operator": 14,
    "sanitation-worker": 7,
    "registered-nurse": 5,
    "custodian": 5,
    "park-ranger": 4,
    "librarian": 4,
    "plumber": 3,
    "electrician": 3,
    "civil-engineer": 3,
    "building-inspector": 3,
    "emergency-dispatcher": 3,
    "lifeguard": 2,
}
AUTHORITY = "Larkhaven Civil Service Rule 4.2: service before the register was begun"
# Positions that nobody holds or asks for yet.
SPARE = {"bus-operator": 2, "registered-nurse": 1, "forester": 1, "park-ranger": 1}
ESTABLISHED = dt.date(2001, 7, 1)
FIELD_CREW = ("employee", "second.employee")
# Those of the cast who serve, by occupation.
SERVING = {
    "plumber": ("employee",),
    "sanitation-worker": ("second.employee",),
    "personnel-city": (
        "hr.officer",
        "second.hr.officer",
        "exam.officer",
        "key.custodian",
        "appointing.authority",
        "auditor",
        "agency.administrator",
        "administrator",
        "second.administrator",
    ),
    "personnel-health": OFFICERS[HEALTH],
    "personnel-lakes": OFFICERS[LAKES],
}


def enter_staff(office: Office) -> Story:
    """Enter every position, and who holds it, in the first days of the office."""
    session, at = yield office.timeline.before(days=accounts.BEGAN - 1)
    wanted, numbers = vacancies.wanted(), dict.fromkeys(places.ZONES, 0)
    for key, occupation in occupations.load().items():
        session, at = yield at + dt.timedelta(minutes=20)
        count = max(STAFF.get(key, 1), len(SERVING.get(key, ())))
        made: list[str] = []
        for _ in range(count + wanted[key] + SPARE.get(key, 0)):
            numbers[occupation.agency] += 1
            place, key_of = len(made), cast_at(occupation, len(made))
            superior = _superior(office, occupation, place, is_of_cast=key_of in FIELD_CREW)
            number = numbers[occupation.agency]
            made.append(add_position(session, office, occupation, number, at, superior=superior))
        office.vacant[key] = made[count:]
        _fill(session, office, occupation, made[:count], at)


def cast_at(occupation: Occupation, place: int) -> str:
    """Give who of the cast holds the post at a place among those of an occupation; "" for nobody."""
    cast = SERVING.get(occupation.key, ())
    return cast[place] if place < len(cast) else ""


def _superior(office: Office, occupation: Occupation, place: int, *, is_of_cast: bool) -> str:
    """Give the number of the post above: the field supervisor's for the cast in the field, else in turn."""
    above = office.superiors.get(FIELD if is_of_cast else occupation.key, [""])
    return above[place % len(above)]


def stated(occupation: Occupation, number: str, superior: str = "") -> PositionValues:
    """Give what is stated of a post of an occupation."""
    return PositionValues(
        number=number,
        title=occupation.title,
        class_code=occupation.class_code,
        class_title=occupation.title,
        grade=occupation.grade,
        duty_station=occupation.station,
        pay_min_minor=occupation.pay_min_minor,
        pay_max_minor=occupation.pay_max_minor,
        pay_currency="USD",
        pay_period=occupation.period,
        unit=occupation.unit,
        funding="General Fund 10-300",
        established_on=ESTABLISHED,
        superior=superior,
    )


def add_position(
    session: Session,
    office: Office,
    occupation: Occupation,
    number: int,
    at: dt.datetime,
    *,
    superior: str = "",
) -> str:
    """Create a vacant position of an occupation and give its id."""
    superior = superior or _superior(office, occupation, number, is_of_cast=False)
    values = stated(occupation, f"{occupation.agency}-{number:04d}", superior)
    actor = office.member(session, OFFICERS[occupation.agency][0])
    agency_id = office.agencies[occupation.agency]
    return create_position(session, agency_id=agency_id, values=values, actor=actor, at=at).id


def _fill(
    session: Session, office: Office, occupation: Occupation, positions: list[str], at: dt.datetime
) -> None:
    """Appoint a person to each position; the cast comes first."""
    dice = office.dice(f"staff:{occupation.key}")
    cast = SERVING.get(occupation.key, ())
    first, second = (office.member(session, key) for key in OFFICERS[occupation.agency])
    lines: dict[str, list[Line]] = {}
    for place, position_id in enumerate(positions):
        key = cast[place] if place < len(cast) else None
        person = office.people[key] if key else office.register.invent()
        starts_on = _long_ago(dice, at.date())
        appointment = appoint(
            session,
            position_id=position_id,
            name=person.name,
            email=person.email,
            account_id=office.accounts[key] if key else None,
            starts_on=starts_on,
            kind=AppointmentKind.PERMANENT,
            authority=AUTHORITY,
            source=None,
            actor=second if key == OFFICERS[occupation.agency][0] else first,
            at=at,
        )
        appointment.entered_on = starts_on
        post = stated(occupation, "")
        career = careers.serve(dice, post, ActionKind.APPOINTMENT, starts_on, at.date())
        lines[appointment.employee_id] = list(career)[1:]
        office.appointments.setdefault(occupation.key, []).append(appointment.id)
        office.employees.setdefault(occupation.key, []).append(appointment.employee_id)
    agency_id = office.agencies[occupation.agency]
    enter_lines(session, agency_id=agency_id, lines=lines, actor=second, at=at)


def _long_ago(dice: random.Random, today: dt.date) -> dt.date:
    """Give the first of a month, one to twenty-four years back; more of them lately."""
    back = int(12 + 276 * dice.random() ** 1.7)
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return dt.date(year, month + 1, 1)


def abolish(office: Office) -> Story:
    """Abolish a position that nobody needs."""
    timeline, zone = office.timeline, places.ZONES[MAIN]
    session, at = yield timeline.office(70, zone, 16)
    spare = add_position(session, office, occupations.find("purchasing-agent"), 9001, at)
    session, at = yield timeline.office(55, zone, 9)
    abolish_position(
        session,
        position_id=spare,
        reason="The council did not fund the second purchasing desk.",
        actor=office.member(session, "hr.officer"),
        at=at,
    )
