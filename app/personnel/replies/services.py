"""The employee's own acts in a case: naming a representative, asking for more time, answering."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.case_files.models import Purpose
from app.personnel.case_files.services import put_file
from app.personnel.discipline.letters import tell_officer
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.queries import get_own_case
from app.personnel.discipline.rules import procedure_of
from app.personnel.replies import queries, rules
from app.personnel.replies.models import MoreTime, Reply, Representative
from app.personnel.replies.states import MoreTimeState, ReplyKind, RepresentativeState
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.filecheck.kept import KeptFile
from app.platform.ids import new_id
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """Who shall speak for the employee, for whom they work, and how they are reached."""

    name: str
    organization: str
    contact: str


def name_representative(
    session: Session, *, case_id: str, who: Spokesperson, actor: Actor, at: dt.datetime
) -> Representative:
    """Name who speaks for oneself, in place of whoever did until now; Conflict once it is decided."""
    case = get_own_case(session, case_id, actor.id, lock=True)
    rules.check_before_decision(case.state)
    former = queries.find_representative(session, case.id)
    if former is not None:
        former.state, former.ended_by, former.ended_at = RepresentativeState.REPLACED, actor.id, at
        session.flush()
    named = Representative(
        id=new_id("rpv"),
        case_id=case.id,
        name=who.name.strip(),
        organization=who.organization.strip(),
        contact=who.contact.strip(),
        state=RepresentativeState.NAMED,
        named_by=str(actor.id),
        named_at=at,
    )
    session.add(named)
    session.flush()
    record(session, "name_representative", case, actor, at, representative=named.id)
    return named


def ask_more_time(
    session: Session, *, case_id: str, until_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> MoreTime:
    """Ask for more time to answer, before the time ends; the office agrees or says why not."""
    case = get_own_case(session, case_id, actor.id, lock=True)
    delivered_on, due_on = demand_running(case, at)
    if queries.find_asked(session, case.id) is not None:
        raise Conflict("You have asked for more time already. The office has not answered yet.")
    if not reason.strip():
        raise Invalid(reason="Say why you need more time")
    rules.check_more_time(procedure_of(case.regime, case.procedure), delivered_on, due_on, until_on)
    asked = MoreTime(
        id=new_id("rex"),
        case_id=case.id,
        was_due_on=due_on,
        until_on=until_on,
        reason=reason.strip(),
        state=MoreTimeState.ASKED,
        asked_by=str(actor.id),
        asked_at=at,
    )
    session.add(asked)
    session.flush()
    record(session, "ask_more_time", case, actor, at, until_on=until_on)
    line = f"The employee asks to answer until {write_date(until_on)} instead of {write_date(due_on)}."
    tell_officer(session, case, case.opener, key=f"asked:{asked.id}", lines=(line,), at=at)
    return asked


def give_reply(
    session: Session,
    *,
    case_id: str,
    text: str,
    file: KeptFile | None,
    title: str,
    actor: Actor,
    at: dt.datetime,
) -> Reply:
    """Answer in writing, with a file or without, while the time runs; one may answer more than once."""
    case = get_own_case(session, case_id, actor.id, lock=True)
    demand_running(case, at)
    if not text.strip():
        raise Invalid(text="Enter your answer")
    given = Reply(
        id=new_id("rpl"),
        case_id=case.id,
        kind=ReplyKind.WRITTEN,
        given_on=clock.local_date(at, case.agency.time_zone),
        text=text.strip(),
        recorded_by=str(actor.id),
        recorded_at=at,
    )
    session.add(given)
    session.flush()
    record(session, "reply", case, actor, at, reply=given.id)
    if file is not None:
        put_file(session, case, purpose=Purpose.REPLY, title=title, file=file, actor=actor, at=at)
    tell_officer(
        session,
        case,
        case.deciding_official,
        key=f"replied:{given.id}",
        lines=("The employee has answered in writing. Read the answer before you decide.",),
        at=at,
    )
    return given


def demand_running(case: DisciplinaryCase, at: dt.datetime) -> tuple[dt.date, dt.date]:
    """Give the days of delivery and of the end of the time to answer; Conflict unless it runs now."""
    if case.delivered_on is None or case.reply_due_on is None:
        raise Conflict("Nothing was proposed yet.")
    today = clock.local_date(at, case.agency.time_zone)
    rules.check_open(case.state, case.delivered_on, case.reply_due_on, today)
    return case.delivered_on, case.reply_due_on


def record(
    session: Session, act: str, case: DisciplinaryCase, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act of the employee's side in the trail."""
    audit.record(
        session,
        f"personnel.replies.{act}",
        actor=actor,
        at=at,
        subject=case.id,
        agency_id=case.agency_id,
        number=case.number,
        **details,
    )
