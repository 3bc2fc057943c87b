"""Reading the times of interviews."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import LIVE
from app.exams.examinations.models import Candidate, Examination
from app.exams.interviews.models import InterviewSlot
from app.exams.interviews.rules import LONGEST, Span, overlap, span
from app.exams.panels.models import Panel, PanelMember
from app.exams.panels.queries import visible_to
from app.exams.scripts.models import Script
from app.exams.scripts.states import ScriptState
from app.notices.models import Notice
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application

LETTER = "interview_invitation"
NO_INTERVIEW = say("There is no interview for this application.")


def list_slots(session: Session, panel_id: str) -> list[InterviewSlot]:
    """List the times of a panel in order, with script, candidate, application and account."""
    query = (
        select(InterviewSlot)
        .where(InterviewSlot.panel_id == panel_id)
        .options(
            joinedload(InterviewSlot.script)
            .joinedload(Script.candidate)
            .joinedload(Candidate.application)
            .joinedload(Application.account)
        )
        .order_by(InterviewSlot.starts_at, InterviewSlot.place, InterviewSlot.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def list_without_time(session: Session, panel_id: str) -> list[str]:
    """List the ids of open scripts that have no time."""
    query = (
        select(Script.id)
        .where(
            Script.panel_id == panel_id,
            Script.state == ScriptState.OPEN,
            ~exists().where(InterviewSlot.script_id == Script.id),
        )
        .order_by(Script.id)
    )
    return list(session.scalars(query))


def get_slot(session: Session, slot_id: str, actor: Actor, *, permission: str) -> InterviewSlot:
    """Give a time with its panel and candidate, locked; NotFound outside the actor's agencies."""
    found = session.scalar(
        select(InterviewSlot)
        .join(InterviewSlot.panel)
        .join(Panel.examination)
        .where(InterviewSlot.id == slot_id, visible_to(actor, permission))
        .options(
            joinedload(InterviewSlot.panel).joinedload(Panel.examination).joinedload(Examination.agency),
            joinedload(InterviewSlot.script)
            .joinedload(Script.candidate)
            .joinedload(Candidate.application)
            .joinedload(Application.account),
        )
        .with_for_update(of=InterviewSlot)
    )
    if found is None:
        raise NotFound("There is no such time.")
    return found


def find_invitation(session: Session, application_id: str) -> InterviewSlot | None:
    """Find the time to which an application's person is invited, with panel, examination and agency."""
    return session.scalar(
        select(InterviewSlot)
        .join(InterviewSlot.script)
        .join(Script.candidate)
        .where(Candidate.application_id == application_id, InterviewSlot.invited_at.is_not(None))
        .options(
            joinedload(InterviewSlot.panel).joinedload(Panel.examination).joinedload(Examination.agency),
            joinedload(InterviewSlot.script).joinedload(Script.candidate),
        )
        .order_by(InterviewSlot.starts_at.desc())
        .limit(1)
    )


def get_own_invitation(session: Session, application_id: str, actor: Actor) -> InterviewSlot:
    """Give the time to which the actor is invited with an application, or raise NotFound."""
    own = session.scalar(
        select(Application.id).where(Application.id == application_id, Application.account_id == actor.id)
    )
    found = find_invitation(session, own or "")
    if found is None:
        raise NotFound(NO_INTERVIEW)
    return found


def list_invitations(session: Session, account_id: str) -> list[tuple[InterviewSlot, str]]:
    """List the times to which a person is invited, each with the id of the application."""
    rows = session.execute(
        select(InterviewSlot, Candidate.application_id)
        .join(InterviewSlot.script)
        .join(Script.candidate)
        .join(Candidate.application)
        .where(Application.account_id == account_id, InterviewSlot.invited_at.is_not(None))
        .options(joinedload(InterviewSlot.panel).joinedload(Panel.examination).joinedload(Examination.agency))
        .order_by(InterviewSlot.starts_at)
    )
    return [(slot, application_id) for slot, application_id in rows]


def load_times(session: Session, panel_id: str) -> dict[str, InterviewSlot]:
    """Load the times of a panel by the blind code of who comes."""
    rows = session.execute(
        select(Script.code, InterviewSlot)
        .join(InterviewSlot, InterviewSlot.script_id == Script.id)
        .where(Script.panel_id == panel_id)
    )
    return {code: slot for code, slot in rows}  # noqa: C416 - rows are no pairs to a type checker


def list_letters(session: Session, application_id: str) -> list[Notice]:
    """List the invitations that were written for an application, the newest first."""
    query = (
        select(Notice)
        .where(Notice.subject == application_id, Notice.template == LETTER)
        .order_by(Notice.promised_at.desc(), Notice.id.desc())
    )
    return list(session.scalars(query))


def load_people(session: Session, script_ids: Collection[str]) -> dict[str, set[str]]:
    """Load who must be there, by script: the candidate and the raters, by account."""
    people: dict[str, set[str]] = defaultdict(set)
    candidates = (
        select(Script.id, Application.account_id)
        .join(Script.candidate)
        .join(Candidate.application)
        .where(Script.id.in_(script_ids))
    )
    raters = (
        select(ScriptAssignment.script_id, PanelMember.account_id)
        .join(PanelMember, PanelMember.id == ScriptAssignment.member_id)
        .where(ScriptAssignment.script_id.in_(script_ids), ScriptAssignment.state.in_(LIVE))
    )
    for query in (candidates, raters):
        for script_id, account_id in session.execute(query):
            people[script_id].add(account_id)
    return dict(people)


def load_busy(session: Session, first: dt.datetime, last: dt.datetime) -> dict[str, list[tuple[str, Span]]]:
    """Load who is at which interview that begins between two moments, by account, of every agency."""
    near = InterviewSlot.starts_at.between(first - dt.timedelta(minutes=LONGEST), last)
    columns = (InterviewSlot.id, InterviewSlot.starts_at, InterviewSlot.minutes)
    candidates = (
        select(Application.account_id, *columns)
        .join(Script, Script.id == InterviewSlot.script_id)
        .join(Candidate, Candidate.id == Script.candidate_id)
        .join(Application, Application.id == Candidate.application_id)
    )
    raters = (
        select(PanelMember.account_id, *columns)
        .join(ScriptAssignment, ScriptAssignment.script_id == InterviewSlot.script_id)
        .join(PanelMember, PanelMember.id == ScriptAssignment.member_id)
        .where(ScriptAssignment.state.in_(LIVE))
    )
    busy: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for query in (candidates, raters):
        for account_id, slot_id, starts_at, minutes in session.execute(query.where(near)):
            busy[account_id].append((slot_id, span(starts_at, minutes)))
    return dict(busy)


def load_places(
    session: Session, agency_id: str, first: dt.datetime, last: dt.datetime
) -> list[tuple[str, Span]]:
    """Load the places of an agency's interviews that begin between two moments, with their times."""
    rows = session.execute(
        select(InterviewSlot.place, InterviewSlot.starts_at, InterviewSlot.minutes)
        .join(InterviewSlot.panel)
        .join(Panel.examination)
        .where(
            Examination.agency_id == agency_id,
            InterviewSlot.starts_at.between(first - dt.timedelta(minutes=LONGEST), last),
        )
    )
    return [(place, span(starts_at, minutes)) for place, starts_at, minutes in rows]


def list_clashing(session: Session, slots: Collection[InterviewSlot]) -> set[str]:
    """List the ids of times at which somebody who must be there has another interview."""
    given = [slot for slot in slots if slot.script_id]
    if not given:
        return set()
    people = load_people(session, [str(slot.script_id) for slot in given])
    moments = [slot.starts_at for slot in given]
    busy = load_busy(session, min(moments), max(moments) + dt.timedelta(minutes=LONGEST))
    return {
        slot.id
        for slot in given
        for account_id in people.get(str(slot.script_id), ())
        for other_id, taken in busy.get(account_id, ())
        if other_id != slot.id and overlap(span(slot.starts_at, slot.minutes), taken)
    }
