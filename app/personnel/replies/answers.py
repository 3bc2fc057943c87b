"""The office's acts on the employee's side of a case: refusing a representative, more time, hearing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.discipline.letters import tell_employee
from app.personnel.discipline.rules import procedure_of
from app.personnel.discipline.services import load_case
from app.personnel.discipline.states import CaseState
from app.personnel.replies import queries, rules
from app.personnel.replies.models import MoreTime, Reply, Representative
from app.personnel.replies.services import record
from app.personnel.replies.states import Ground, MoreTimeState, ReplyKind, RepresentativeState
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.ids import new_id
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said aloud: how, when, to whom, and a summary."""

    kind: ReplyKind
    given_on: dt.date
    heard_by_name: str
    summary: str


def refuse_representative(
    session: Session, *, case_id: str, ground: Ground, reason: str, actor: Actor, at: dt.datetime
) -> Representative:
    """Refuse whom the employee named, on a ground of the law and with the reason."""
    case = load_case(session, case_id, actor, "personnel.replies.refuse_representative")
    rules.check_before_decision(case.state)
    named = queries.find_representative(session, case.id)
    if named is None:
        raise NotFound("Nobody is named.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason for the refusal")
    named.state, named.ground, named.refusal = RepresentativeState.REFUSED, ground, reason.strip()
    named.ended_by, named.ended_at = actor.id, at
    session.flush()
    record(session, "refuse_representative", case, actor, at, representative=named.id, ground=ground)
    tell_employee(
        session,
        case,
        key=f"refused:{named.id}",
        lines=(
            f"The office does not accept {named.name} as your representative: {ground.title.lower()}.",
            named.refusal,
            "You may name somebody else.",
        ),
        at=at,
    )
    return named


def decide_more_time(
    session: Session, *, case_id: str, is_agreed: bool, answer: str, actor: Actor, at: dt.datetime
) -> MoreTime:
    """Agree to more time, which moves the end of the time to answer, or say why not."""
    case = load_case(session, case_id, actor, "personnel.replies.decide_more_time")
    asked = queries.get_asked(session, case.id)
    if case.state is not CaseState.DELIVERED or case.effective_from_on is None:
        raise Conflict(f"This case is {case.state.title.lower()}, so there is no time to give.")
    if not is_agreed and not answer.strip():
        raise Invalid(answer="Enter why the time is not given")
    if is_agreed and asked.until_on < clock.local_date(at, case.agency.time_zone):
        raise Invalid(is_agreed="The day until which time was asked for has passed. Refuse, and say why")
    asked.state = MoreTimeState.AGREED if is_agreed else MoreTimeState.REFUSED
    asked.answer, asked.decided_by, asked.decided_at = answer.strip(), actor.id, at
    told = f"The office did not agree to more time: {asked.answer}"
    if is_agreed:
        case.effective_from_on = rules.effect_after(asked.until_on, case.effective_from_on)
        case.reply_due_on = asked.until_on
        told = f"The office agreed: you can answer until the end of {write_date(asked.until_on)}."
    session.flush()
    record(session, "decide_more_time", case, actor, at, is_agreed=is_agreed, until_on=asked.until_on)
    tell_employee(session, case, key=f"time:{asked.id}", lines=(told,), at=at)
    return asked


def record_heard(session: Session, *, case_id: str, heard: Heard, actor: Actor, at: dt.datetime) -> Reply:
    """Record an oral answer or a hearing with its summary, before the decision."""
    case = load_case(session, case_id, actor, "personnel.replies.record_heard")
    if case.state is not CaseState.DELIVERED or case.delivered_on is None or case.reply_due_on is None:
        raise Conflict(f"This case is {case.state.title.lower()}, so nobody is heard in it now.")
    rules.check_heard(
        heard.kind,
        procedure_of(case.regime, case.procedure),
        heard.given_on,
        delivered_on=case.delivered_on,
        reply_due_on=case.reply_due_on,
        today=clock.local_date(at, case.agency.time_zone),
    )
    said = Reply(
        id=new_id("rpl"),
        case_id=case.id,
        kind=heard.kind,
        given_on=heard.given_on,
        text=heard.summary.strip(),
        heard_by_name=heard.heard_by_name.strip(),
        recorded_by=str(actor.id),
        recorded_at=at,
    )
    session.add(said)
    session.flush()
    record(session, "record_heard", case, actor, at, reply=said.id, kind=heard.kind)
    return said
