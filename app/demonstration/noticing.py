"""How a case comes to its hearing: opened, proposed, handed over, and the person heard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator

from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Scene
from app.personnel.deliveries.decisions import record_decision_delivery
from app.personnel.deliveries.models import Way
from app.personnel.deliveries.services import Handover, record_delivery
from app.personnel.discipline.rules import propose
from app.personnel.discipline.services import ChargeValues, Draft, add_charge, open_case, propose_action
from app.personnel.discipline.states import Action, DutyStatus
from app.personnel.penalty_factors.models import Weight
from app.personnel.penalty_factors.services import Answer, answer_proposal
from app.personnel.replies.answers import Heard, record_heard
from app.personnel.replies.states import ReplyKind
from app.platform import clock

ZONE = places.ZONES[MAIN]
# A supervisor opens cases about the own crew alone, so that an officer does it here.
DECIDES, PROPOSES = OFFICERS[MAIN]
OCCUPATION = "bus-operator"
WEIGHED = (
    (Weight.AGGRAVATING, "Passengers were on board; driving them safely is what the post is for."),
    (Weight.AGGRAVATING, "Operators work alone and in public, and are trusted to keep the rules unseen."),
    (Weight.AGGRAVATING, "A reprimand of two years ago for leaving the route."),
    (Weight.MITIGATING, "Nine years of service, ratings of fully successful or better in each of them."),
    (Weight.AGGRAVATING, "The supervisor says that the person cannot be sent out alone for now."),
    (Weight.NEUTRAL, "Two similar cases in five years ended with suspensions of 20 and 30 days."),
    (Weight.NEUTRAL, "The table of penalties asks for 14 days to removal for a second offense."),
    (Weight.AGGRAVATING, "A local paper wrote of it on the next day."),
    (Weight.AGGRAVATING, "The rule stands in the operator's manual, and was taught again this spring."),
    (Weight.MITIGATING, "The person has asked for the refresher course, and has begun it."),
    (Weight.MITIGATING, "The roster of that week had two double shifts."),
    (Weight.NEUTRAL, "A lighter measure was tried two years ago, and was not enough."),
)
SUMMARY = "A double-decker was driven under the low bridge at Mill Street with passengers on board."
REASONS = (
    "Nobody was badly hurt, but it could have ended otherwise.\nThe rule had been taught again in spring."
)
CHARGES = (
    ChargeValues(
        "Breach of the route order",
        "You left line 12 at Harbor Square without a call to the control room.\n"
        "You drove on to Mill Street, which is closed to double-deckers.",
        "Log of the control room\nPosition data of the bus",
    ),
    ChargeValues(
        "Late report",
        "You reported the damage at the end of your shift, four hours later.",
        "Report of the depot",
    ),
)


def deliver(session: Session, office: Office, case_id: str, at: dt.datetime, *, by: str = PROPOSES) -> None:
    """Record that who proposed it handed the notice over today."""
    today = clock.local_date(at, ZONE)
    handover = Handover(
        Way.IN_PERSON, today, office.people[by].name, "Signed for by the employee on the copy."
    )
    actor = office.member(session, by)
    record_delivery(session, case_id=case_id, handover=handover, file=None, actor=actor, at=at)


def hand_over(session: Session, office: Office, case_id: str, at: dt.datetime) -> None:
    """Record that the decision was handed over on the day on which it was made."""
    today = clock.local_date(at, ZONE)
    proof = "Signed for by the employee on the copy."
    handover = Handover(Way.IN_PERSON, today, office.people[PROPOSES].name, proof)
    actor = office.member(session, PROPOSES)
    record_decision_delivery(session, case_id=case_id, handover=handover, file=None, actor=actor, at=at)


def notice(
    office: Office, place: int, action: Action, days: int | None, *, ago: int
) -> Generator[dt.datetime, Scene, str]:
    """Open a case, propose it and hand the notice over, and hear the person; gives the case's id."""
    session, at = yield office.timeline.office(ago + 5, ZONE, 10)
    actor = office.member(session, PROPOSES)
    draft = Draft(propose(action, days), SUMMARY, REASONS, office.accounts[DECIDES])
    employee_id = office.employees[OCCUPATION][place]
    case = open_case(session, employee_id=employee_id, draft=draft, actor=actor, at=at).id
    for charge in CHARGES:
        add_charge(session, case_id=case, values=charge, actor=actor, at=at)
    answer_proposal(session, case_id=case, answers=answers(), actor=actor, at=at)
    session, at = yield office.timeline.office(ago, ZONE, 14)
    propose_action(
        session,
        case_id=case,
        delivered_on=clock.local_date(at, ZONE),
        duty_status=DutyStatus.NOTICE_LEAVE,
        actor=office.member(session, PROPOSES),
        at=at,
    )
    deliver(session, office, case, at)
    session, at = yield office.timeline.office(ago - 4, ZONE, 11)
    heard = Heard(
        ReplyKind.ORAL,
        clock.local_date(at, ZONE),
        office.people[DECIDES].name,
        "The person said that a passenger had felt ill, and that the hospital lies behind the bridge.",
    )
    record_heard(session, case_id=case, heard=heard, actor=office.member(session, DECIDES), at=at)
    return case


def answers() -> dict[int, Answer]:
    """Give an answer to each of the twelve factors."""
    return {number: Answer(weight, why) for number, (weight, why) in enumerate(WEIGHED, 1)}
