"""Cases that were decided: one before its effect, one carried out, one under appeal, one closed after one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import noticing, occupations
from app.demonstration.accounts import OFFICERS
from app.demonstration.noticing import OCCUPATION, ZONE
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.personnel.case_appeals.remedies import Righting, apply_remedy
from app.personnel.case_appeals.services import Ending, close_case, record_appeal, record_outcome
from app.personnel.case_appeals.states import AppealOutcome
from app.personnel.decisions import effects
from app.personnel.decisions.services import Ruling, decide_case
from app.personnel.discipline.models import Charge
from app.personnel.discipline.rules import paragraphs
from app.personnel.discipline.states import Action, Forum
from app.personnel.penalty_factors.services import answer_decision
from app.platform import clock

FIRST, SECOND = OFFICERS[MAIN]


def decided(office: Office) -> Story:
    """A removal that was decided and takes effect in six days."""
    case = yield from noticing.notice(office, 6, Action.REMOVAL, None, ago=42)
    session, at = yield office.timeline.office(8, ZONE, 11)
    _decide(session, office, case, Action.REMOVAL, None, office.timeline.day(-6, ZONE), at)


def carried_out(office: Office) -> Story:
    """A short suspension that was served; it can still be contested."""
    case = yield from noticing.notice(office, 7, Action.SUSPENSION, 10, ago=45)
    session, at = yield office.timeline.office(32, ZONE, 11)
    _decide(session, office, case, Action.SUSPENSION, 10, office.timeline.day(25, ZONE), at)
    noticing.hand_over(session, office, case, at)
    session, at = yield office.timeline.office(11, ZONE, 10)
    _carry_out(session, office, case, at)


def appealed(office: Office) -> Story:
    """A demotion in place of the removal that was proposed; the Board has not decided yet."""
    case = yield from noticing.notice(office, 8, Action.REMOVAL, None, ago=110)
    session, at = yield office.timeline.office(90, ZONE, 14)
    _decide(session, office, case, Action.DEMOTION, None, office.timeline.day(72, ZONE), at)
    noticing.hand_over(session, office, case, at)
    session, at = yield office.timeline.office(66, ZONE, 9)
    lower = effects.Reduction(pay_minor=occupations.find(OCCUPATION).pay_min_minor * 9 // 10)
    _carry_out(session, office, case, at, lower)
    session, at = yield office.timeline.office(50, ZONE, 10)
    _appeal(session, office, case, "NY-0752-26-0117-I-1", at)


def closed(office: Office) -> Story:
    """A removal of which the Board left a suspension: the person is back, and the case closed."""
    case = yield from noticing.notice(office, 9, Action.REMOVAL, None, ago=320)
    session, at = yield office.timeline.office(300, ZONE, 14)
    _decide(session, office, case, Action.REMOVAL, None, office.timeline.day(284, ZONE), at)
    noticing.hand_over(session, office, case, at)
    session, at = yield office.timeline.office(280, ZONE, 9)
    _carry_out(session, office, case, at)
    session, at = yield office.timeline.office(268, ZONE, 10)
    _appeal(session, office, case, "NY-0752-26-0031-I-1", at)
    session, at = yield office.timeline.office(120, ZONE, 10)
    actor, today = office.member(session, SECOND), clock.local_date(at, ZONE)
    reasons = "The route order had been suspended by radio that afternoon, which the office did not consider."
    ending = Ending(AppealOutcome.MITIGATED, today, reasons, (Action.LONG_SUSPENSION, 30))
    record_outcome(session, case_id=case, ending=ending, actor=actor, at=at)
    session, at = yield office.timeline.office(115, ZONE, 10)
    righting = Righting(
        "Back in the former position. Pay, leave and service for the time after the suspension are given "
        "back, with interest.",
        clock.local_date(at, ZONE),
    )
    apply_remedy(session, case_id=case, righting=righting, actor=office.member(session, SECOND), at=at)
    session, at = yield office.timeline.office(101, ZONE, 16)
    note = "The order of the Board is carried out in full."
    close_case(session, case_id=case, note=note, actor=office.member(session, SECOND), at=at)


def _decide(
    session: Session,
    office: Office,
    case_id: str,
    action: Action,
    days: int | None,
    effective_on: dt.date,
    at: dt.datetime,
) -> None:
    actor = office.member(session, FIRST)
    answer_decision(session, case_id=case_id, answers=noticing.answers(), actor=actor, at=at)
    charges = session.scalars(select(Charge).where(Charge.case_id == case_id).order_by(Charge.position))
    sustained = {
        (charge.id, number): charge.position == 1
        for charge in charges
        for number, _ in enumerate(paragraphs(charge.specification), 1)
    }
    reasons = (
        "The log of the control room and the position data show the first charge, and you do not deny it.\n"
        "You reported the damage as soon as the last passenger had left; the second charge is not proved."
    )
    ruling = Ruling(action, days, effective_on, sustained, reasons)
    decide_case(session, case_id=case_id, ruling=ruling, actor=actor, at=at)


def _carry_out(
    session: Session, office: Office, case_id: str, at: dt.datetime, to: effects.Reduction | None = None
) -> None:
    actor = office.member(session, SECOND)
    effects.carry_out(session, case_id=case_id, reduction=to or effects.Reduction(), actor=actor, at=at)


def _appeal(session: Session, office: Office, case_id: str, docket: str, at: dt.datetime) -> None:
    record_appeal(
        session,
        case_id=case_id,
        forum=Forum.BOARD,
        docket=docket,
        filed_on=clock.local_date(at, ZONE),
        actor=office.member(session, SECOND),
        at=at,
    )
