"""Arranging an examination and releasing its admit cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.exams.admit_cards import queries
from app.exams.admit_cards.models import Arrangement
from app.exams.admit_cards.rules import check_times
from app.exams.examinations.models import Candidate
from app.exams.examinations.queries import get_examination
from app.exams.seating.models import SeatingPlan
from app.exams.seating.queries import get_plan
from app.exams.sessions.models import ExamSession
from app.exams.sessions.queries import get_session, has_sessions
from app.platform import audit, jobs, links, mail
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict
from app.platform.locales import ZonedMoment
from app.platform.sentences import say

FIELDS = ("venue", "address", "doors_open_at", "doors_close_at", "starts_at", "minutes", "bring")


def arrange(
    session: Session, *, examination_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Arrangement:
    """Set place and times; a change after the release is told to every candidate."""
    examination = get_examination(
        session, examination_id, actor, permission="exams.admit_cards.arrange", lock=True
    )
    times = {name: values[name] for name in ("doors_open_at", "doors_close_at", "starts_at")}
    check_times(examination.held_on, examination.agency.time_zone, **times)
    if has_sessions(session, examination_id):
        raise Conflict("This examination is held in sessions. Their times and places count.")
    arrangement = queries.find_arrangement(session, examination_id, lock=True)
    if arrangement is None:
        arrangement = Arrangement(examination_id=examination_id)
        session.add(arrangement)
    for field in FIELDS:
        setattr(arrangement, field, values[field])
    session.flush()
    _record(session, "arrange", examination_id, examination.agency_id, actor, at, **times)
    if arrangement.released_at is not None:
        _promise(session, examination_id, at)
    return arrangement


def release(session: Session, *, examination_id: str, actor: Actor, at: dt.datetime) -> Arrangement:
    """Let every candidate take the admit card, and tell them."""
    examination = get_examination(session, examination_id, actor, permission="exams.admit_cards.release")
    arrangement = queries.find_arrangement(session, examination_id, lock=True)
    if arrangement is None:
        raise Conflict("Enter place and times first.")
    if arrangement.released_at is not None:
        raise Conflict("The admit cards are released already.")
    if not queries.count_candidates(session, examination_id):
        raise Conflict("No candidate is registered yet.")
    arrangement.released_by, arrangement.released_at = actor.id, at
    session.flush()
    _record(session, "release", examination_id, examination.agency_id, actor, at)
    _promise(session, examination_id, at)
    return arrangement


def release_seated(session: Session, *, examination_id: str, actor: Actor, at: dt.datetime) -> SeatingPlan:
    """Let every candidate of an examination in sessions take the card with the seat, and tell them."""
    permission = "exams.admit_cards.release_seated"
    examination = get_examination(session, examination_id, actor, permission=permission)
    plan = get_plan(session, examination_id, lock=True)
    if plan.fixed_at is None:
        raise Conflict("Fix the seats first.")
    if plan.released_at is not None:
        raise Conflict("The admit cards are released already.")
    if not plan.bring.strip():
        raise Conflict("Enter what to bring first: it is printed on the cards.")
    plan.released_by, plan.released_at = actor.id, at
    session.flush()
    _record(session, "release_seated", examination_id, examination.agency_id, actor, at)
    _promise(session, examination_id, at)
    return plan


def record_papers(
    session: Session, *, session_id: str, what: str, actor: Actor, at: dt.datetime
) -> ExamSession:
    """Record that an officer took the papers of a session, which name people, and give the session."""
    found = get_session(session, session_id, actor, permission="exams.admit_cards.print_session")
    own = found.examination
    _record(session, "print_session", own.id, own.agency_id, actor, at, what=what, room=found.room.code)
    return found


def tell_candidates(
    session: Session, *, examination_id: str, key: str, at: dt.datetime, candidate_ids: Sequence[str] = ()
) -> int:
    """Promise each candidate, or those named, a mail that the admit card is there, or has changed."""
    examination = queries.get_examination(session, examination_id)
    candidates = queries.list_to_tell(session, examination_id, candidate_ids)
    meetings = queries.load_meetings(session, Candidate.examination_id == examination_id)
    told = 0
    for candidate in candidates:
        meeting = meetings.get(candidate.id)
        if meeting is None:
            continue  # whoever has no seat yet is told with the seat
        told += 1
        account = candidate.application.account
        link = links.absolute(f"/my/applications/{candidate.application_id}/admit-card")
        lines = (
            say("Dear %(name)s,", name=account.name),
            say("Your admit card for %(title)s is ready.", title=examination.title),
            say(
                "The doors close at %(moment)s.",
                moment=ZonedMoment(meeting.doors_close_at, examination.agency.time_zone),
            ),
            say("Print it or save it here: %(link)s", link=link),
            examination.agency.name,
        )
        mail.promise(
            session,
            key=f"{key}:{candidate.id}",
            to=account.email,
            subject=say("Your admit card: %(title)s", title=examination.title),
            body=lines,
            at=at,
            language=account.language,
        )
    _record(session, "tell", examination_id, examination.agency_id, SYSTEM, at, candidates=told)
    return told


def _promise(session: Session, examination_id: str, at: dt.datetime) -> None:
    key = f"admit-cards:{examination_id}:{at.isoformat()}"
    payload = {"examination_id": examination_id}
    jobs.enqueue(session, "exams.tell_admit_cards", key=key, payload=payload, at=at)


def _record(
    session: Session,
    act: str,
    examination_id: str,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: Any,
) -> None:
    audit.record(
        session,
        f"exams.admit_cards.{act}",
        actor=actor,
        at=at,
        subject=examination_id,
        agency_id=agency_id,
        **details,
    )
