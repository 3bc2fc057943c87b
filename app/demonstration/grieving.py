"""Grievances: one at its first step, one that went to the second, one settled, one moved out of the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Scene, Story
from app.personnel.employees.queries import find_own_employee
from app.personnel.grievances import agreeing, answering, services, watching
from app.personnel.grievances.services import Filing
from app.personnel.grievances.states import AgreementKind, Matter

ZONE = places.ZONES[MAIN]
# By who files: how many days ago, and what is said.
OPEN = (
    "second.employee",
    3,
    Matter.WORKING_TIME,
    "The roster of the North Yard for December was posted nine days ahead. Three of my night shifts were "
    "moved after it was posted, and nobody asked me.",
    "A roster fourteen days ahead, and the three shifts as they were posted.",
    "Larkhaven Civil Service Rule 9.2: rosters are posted fourteen days ahead",
)
ESCALATED = (
    "employee",
    24,
    Matter.PAY,
    "I worked in the boiler room of City Hall on four Sundays in September. The allowance for Sunday work "
    "was paid for one of them.",
    "The allowance for the other three Sundays.",
    "Larkhaven Civil Service Rule 11.4: allowance for work on Sundays",
)
SETTLED = (
    "employee",
    140,
    Matter.SAFETY,
    "The lift of the workshop was out of order for six weeks, and we carried pipes up the stairs.",
    "The lift is repaired before the winter.",
    "",
)
MOVED = (
    "employee",
    12,
    Matter.TREATMENT,
    "My supervisor read my sick note aloud before the crew, and the appointing authority was there.",
    "An apology before the crew, and sick notes handed in at the office alone.",
    "Larkhaven Civil Service Rule 12.1: what a sick note says is nobody else's",
)
RECUSED = "I was at the meeting and said nothing, so I am a part of it."


def tell(office: Office) -> Story:
    """File each in its time; the office answers one by a settlement, and is silent about another."""
    own = yield from _file(office, SETTLED)
    session, at = yield office.timeline.office(132, ZONE, 11)
    proposal = agreeing.propose(
        session,
        grievance_id=own,
        kind=AgreementKind.SETTLEMENT,
        terms="The lift is repaired by the end of the month, and two helpers carry the pipes until then.",
        until_on=office.timeline.day(110, ZONE),
        actor=office.member(session, "grievance.officer"),
        at=at,
    )
    session, at = yield office.timeline.office(130, ZONE, 9)
    agreeing.answer_proposal(
        session,
        grievance_id=own,
        agreement_id=proposal,
        is_agreed=True,
        actor=office.member(session, "employee"),
        at=at,
    )
    yield from _file(office, ESCALATED)
    moved = yield from _file(office, MOVED, about="supervisor")
    session, at = yield office.timeline.office(11, ZONE, 10)
    answering.recuse(
        session,
        grievance_id=moved,
        reason=RECUSED,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )
    for days in (9, 8):
        session, at = yield office.timeline.office(days, ZONE, 1)
        watching.watch(session, at=at)
    yield from _file(office, OPEN)


def _file(
    office: Office, told: tuple[str, int, Matter, str, str, str], about: str = ""
) -> Generator[dt.datetime, Scene, str]:
    key, days, matter, statement, remedy, provisions = told
    session, at = yield office.timeline.office(days, ZONE, 16)
    actor = office.member(session, key)
    employee = find_own_employee(session, actor.id)
    if employee is None:
        raise RuntimeError(f"{key} does not serve.")
    filing = Filing(
        matter=matter,
        statement=statement,
        remedy_sought=remedy,
        provisions=provisions,
        happened_on=office.timeline.day(days + 4, ZONE),
        about=about,
        representative_name="Ottoline Barrow, Local 14" if key == "employee" else "",
    )
    return services.file_grievance(session, filing=filing, file=None, actor=actor, at=at).id
