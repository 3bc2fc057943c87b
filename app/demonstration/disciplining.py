"""Disciplinary cases in each state, from a draft to one closed after an appeal, and investigations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.demonstration import deciding, investigating, noticing, occupations, papers, places
from app.demonstration.accounts import OFFICERS
from app.demonstration.noticing import PROPOSES
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, LAKES, MAIN
from app.demonstration.timeline import Story
from app.personnel.case_files.services import add_evidence
from app.personnel.discipline.rules import propose
from app.personnel.discipline.services import (
    ChargeValues,
    Draft,
    add_charge,
    open_case,
    propose_action,
    withdraw_case,
)
from app.personnel.discipline.states import Action, DutyStatus
from app.personnel.replies.services import Spokesperson, name_representative
from app.platform import clock


def tell(office: Office) -> Iterator[Story]:
    """Give the stories of the disciplinary cases and investigations, a case or more in each state."""
    yield _withdrawn_case(office)
    yield _answered_case(office)
    yield _noticed_case(office)
    yield deciding.decided(office)
    yield deciding.carried_out(office)
    yield deciding.appealed(office)
    yield deciding.closed(office)
    yield investigating.investigate(office)
    yield _draft_case(office, "electrician", PROPOSES, 3, Action.LONG_SUSPENSION, 21, _LOCKOUT)
    yield _draft_case(office, "lifeguard", OFFICERS[HEALTH][0], 8, Action.REPRIMAND, None, _CHAIR)
    yield _draft_case(office, "park-ranger", OFFICERS[LAKES][0], 12, Action.SUSPENSION, 3, _BOAT)


def _withdrawn_case(office: Office) -> Story:
    zone = places.ZONES[MAIN]
    session, at = yield office.timeline.office(150, zone, 10)
    case = _open(session, office, "administrative-clerk", Action.REPRIMAND, None, _LATENESS, at, by=PROPOSES)
    session, at = yield office.timeline.office(143, zone, 15)
    withdraw_case(
        session,
        case_id=case,
        reason="The late arrivals fell on days when the ferry did not run. The employee had said so.",
        actor=office.member(session, PROPOSES),
        at=at,
    )


def _answered_case(office: Office) -> Story:
    """The notice was delivered, a representative named, and the answer is not in yet."""
    zone = places.ZONES[MAIN]
    session, at = yield office.timeline.office(9, zone, 11)
    case = _open(session, office, "sanitation-worker", Action.SUSPENSION, 5, _SALT, at)
    add_evidence(
        session,
        case_id=case,
        title="Statement of the yard keeper",
        file=papers.keep(office, "statement"),
        actor=office.member(session, "supervisor"),
        at=at,
    )
    session, at = yield office.timeline.office(6, zone, 14)
    propose_action(
        session,
        case_id=case,
        delivered_on=office.timeline.day(5, zone),
        duty_status=DutyStatus.ON_DUTY,
        actor=office.member(session, "supervisor"),
        at=at,
    )
    session, at = yield office.timeline.office(5, zone, 15)
    noticing.deliver(session, office, case, at, by="supervisor")
    session, at = yield office.timeline.before(days=3, hours=2)
    name_representative(
        session,
        case_id=case,
        who=Spokesperson("Mireille Castellan", "Municipal Workers, Local 9", "local9@union.example"),
        actor=office.member(session, "second.employee"),
        at=at,
    )


def _noticed_case(office: Office) -> Story:
    """The notice is written and waits to be handed over."""
    zone = places.ZONES[MAIN]
    session, at = yield office.timeline.office(5, zone, 9)
    case = _open(session, office, "bus-operator", Action.REPRIMAND, None, _PHONE, at, by=PROPOSES, place=5)
    session, at = yield office.timeline.before(hours=20)
    propose_action(
        session,
        case_id=case,
        delivered_on=clock.local_date(at, zone) + dt.timedelta(days=3),
        duty_status=DutyStatus.ON_DUTY,
        actor=office.member(session, PROPOSES),
        at=at,
    )


def _draft_case(
    office: Office, key: str, by: str, ago: int, action: Action, days: int | None, text: _Text
) -> Story:
    session, at = yield office.timeline.office(ago, places.ZONES[occupations.find(key).agency], 13)
    _open(session, office, key, action, days, text, at, by=by)


_Text = tuple[str, str, tuple[ChargeValues, ...]]
_LATENESS: _Text = (
    "Late for the opening of the counter on six mornings in two months.",
    "An oral warning was given after the third time.",
    (
        ChargeValues(
            "Lateness",
            "You came more than fifteen minutes late on six mornings in the last two months.",
            "Door records of the City Hall staff entrance",
        ),
    ),
)
_SALT: _Text = (
    "City road salt was loaded into a private trailer, and the fuel log was filled in by hand afterwards.",
    "The value is small, and you have served without a complaint until now.\n"
    "You hold the keys of the yard, so that trust weighs more than the value.\n"
    "A reprimand would not tell others that city material is not for private use.",
    (
        ChargeValues(
            "Private use of city material",
            "On the evening in question you loaded about 300 kilograms of road salt into a private trailer.\n"
            "You did not ask your supervisor, and you left no note.",
            "Photographs of the yard camera, four pictures\nStatement of the yard keeper",
        ),
        ChargeValues(
            "Incorrect record",
            "On the next morning you entered a second fill of the spreader that did not take place.",
            "Fuel and salt log of the North Yard",
        ),
    ),
)
_LOCKOUT: _Text = (
    "A signal cabinet was opened without locking out the circuit, with a colleague on the ladder.",
    "Nobody was hurt. The rule is the first thing that is taught, and it was taught again in spring.",
    (
        ChargeValues(
            "Breach of the lockout rule",
            "You opened the cabinet at Quarry Road and Mill Street while the circuit was live.",
            "Report of the crew leader\nTraining record of the spring course",
        ),
    ),
)


_PHONE: _Text = (
    "A telephone was used at the wheel between two stops, with passengers on board.",
    "The rule is known to everybody who drives. Nothing stands against you until now.",
    (
        ChargeValues(
            "Use of a telephone at the wheel",
            "On line 4, between Quarry Road and City Hall, you wrote a message while the bus moved.",
            "Picture of the driver's camera\nComplaint of a passenger",
        ),
    ),
)
_CHAIR: _Text = (
    "The lifeguard's chair at the deep end was empty for eleven minutes during public hours.",
    "The pool was quiet, and the colleague at the shallow end saw the whole basin.",
    (
        ChargeValues(
            "Leaving an assigned area",
            "You left the chair at the deep end to take a private call, and asked nobody to stand in.",
            "Pool log of the afternoon shift\nStatement of the shift leader",
        ),
    ),
)
_BOAT: _Text = (
    "The patrol boat was lent to a friend for a weekend, and came back with a broken propeller.",
    "The damage was reported on the first morning, and half of it has been paid back.",
    (
        ChargeValues(
            "Private use of city property",
            "You gave the key of patrol boat 3 to a person who does not work for the office.",
            "Key book of the visitor center\nInvoice of the boatyard",
        ),
    ),
)


def _open(
    session: Session,
    office: Office,
    key: str,
    action: Action,
    days: int | None,
    text: _Text,
    at: dt.datetime,
    *,
    by: str = "supervisor",
    place: int = 0,
) -> str:
    """Open a case about a person in an occupation, with its charges; an HR officer is to decide."""
    summary, reasons, charges = text
    actor, (first, second) = office.member(session, by), OFFICERS[occupations.find(key).agency]
    official = office.accounts[second if by == first else first]
    draft = Draft(propose(action, days), summary, reasons, official)
    employee_id = office.employees[key][place]
    case = open_case(session, employee_id=employee_id, draft=draft, actor=actor, at=at)
    for charge in charges:
        add_charge(session, case_id=case.id, values=charge, actor=actor, at=at)
    return case.id
