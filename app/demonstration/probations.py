"""Probations that near their end: two decided, one that waits for a decision, one not reviewed."""

from __future__ import annotations

from app.demonstration import occupations, places
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.serving import AUTHORITY, add_position
from app.demonstration.timeline import Story
from app.personnel.appointments.services import appoint, enter_on_duty
from app.personnel.appointments.states import AppointmentKind
from app.personnel.probations.services import decide_probation, review_probation
from app.personnel.probations.states import Outcome

ZONE = places.ZONES[MAIN]
# By occupation: how many days ago the first year began.
BEGUN = {"administrative-clerk": 355, "accountant": 344, "custodian": 331, "plumber": 325}
GOOD = "Learnt the filing of permits in six weeks; two talks were held, the last in October. No complaint."
AGREED = "The recommendation and the record of both talks were read. The work is sound."
ABSENT = "Absent without word on six days in October; two talks on record, the last on the way to the depot."
ENDED = "The absences went on after both talks. Notice is given in time, and the post is filled anew."
DOUBTS = "Late on eleven days since August in spite of three talks on record. The work itself is careful."


def tell(office: Office) -> Story:
    """Appoint four people for their first year, and come to its end with each differently."""
    own = {}
    for key, days in BEGUN.items():
        session, at = yield office.timeline.office(days + 7, ZONE, 10)
        occupation = occupations.find(key)
        person = office.register.invent()
        starts_on = office.timeline.day(days, ZONE)
        made = appoint(
            session,
            position_id=add_position(session, office, occupation, 9100 + days, at),
            name=person.name,
            email=person.email,
            account_id=None,
            starts_on=starts_on,
            kind=AppointmentKind.PROBATIONAL,
            authority=AUTHORITY,
            source=None,
            actor=office.member(session, OFFICERS[occupation.agency][1]),
            at=at,
        )
        own[key] = made.id
    session, at = yield office.timeline.office(320, ZONE, 9)
    for key, days in BEGUN.items():
        officer = office.member(session, OFFICERS[occupations.find(key).agency][0])
        day = office.timeline.day(days, ZONE)
        enter_on_duty(session, appointment_id=own[key], entered_on=day, actor=officer, at=at)
    yield from _review(office, own["administrative-clerk"], "administrative-clerk", Outcome.RETAIN, GOOD, 18)
    yield from _review(office, own["plumber"], "plumber", Outcome.END, ABSENT, 16)
    session, at = yield office.timeline.office(13, ZONE, 11)
    decide_probation(
        session,
        appointment_id=own["administrative-clerk"],
        outcome=Outcome.RETAIN,
        last_day=None,
        reason=AGREED,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )
    session, at = yield office.timeline.office(12, ZONE, 14)
    decide_probation(
        session,
        appointment_id=own["plumber"],
        outcome=Outcome.END,
        last_day=office.timeline.day(-5, ZONE),
        reason=ENDED,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )
    yield from _review(office, own["accountant"], "accountant", Outcome.END, DOUBTS, 4)


def _review(office: Office, own: str, key: str, recommended: Outcome, grounds: str, days: int) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 15, 30)
    review_probation(
        session,
        appointment_id=own,
        recommended=recommended,
        grounds=grounds,
        actor=office.member(session, OFFICERS[occupations.find(key).agency][0]),
        at=at,
    )
