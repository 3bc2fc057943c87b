"""Loading what a list asks of people besides marks: verified claims, attributes, and the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.exams import merit, rulebooks
from app.exams.examinations.models import Candidate, Examination
from app.exams.plans import queries as plans
from app.exams.seating.models import Seat
from app.exams.sessions.models import ExamSession, Shift
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import ClaimState


def load_claims(
    session: Session, book: merit.Rulebook, examination: Examination, people: Collection[str]
) -> dict[str, list[str]]:
    """Load the verified claims that the rulebook counts, by candidate number.

    A claim that was verified for a time counts when it holds on the day of the examination.
    """
    kinds = rulebooks.claim_kinds(book)
    rows = session.execute(
        select(Candidate.number, ApplicationClaim.kind)
        .join(Candidate, Candidate.application_id == ApplicationClaim.application_id)
        .where(
            Candidate.examination_id == examination.id,
            ApplicationClaim.state == ClaimState.VERIFIED,
            or_(ApplicationClaim.valid_until.is_(None), ApplicationClaim.valid_until >= examination.held_on),
            ApplicationClaim.kind.in_(kinds),
        )
        .order_by(Candidate.number, ApplicationClaim.kind)
    )
    claims: dict[str, list[str]] = {}
    for number, kind in rows:
        if number in people:
            claims.setdefault(number, []).append(kinds[kind])
    return claims


def load_attributes(
    session: Session, book: merit.Rulebook, examination: Examination, people: Collection[str]
) -> dict[str, dict[str, object]]:
    """Load what the rulebook may ask of each person besides marks and claims, by candidate number.

    The shift is given only to a rulebook that asks for it, "" for people who have no seat: everyone then sat
    the same one.
    """
    zone = ZoneInfo(examination.agency.time_zone)
    rows = session.execute(
        select(Candidate.number, Application.submitted_at)
        .join(Application, Application.id == Candidate.application_id)
        .where(Candidate.examination_id == examination.id)
        .order_by(Candidate.number)
    )
    found: dict[str, dict[str, object]] = {
        number: {"applied_on": _local_date(submitted_at, zone)}
        for number, submitted_at in rows
        if number in people
    }
    if rulebooks.asks_shift(book):
        shifts = _load_shifts(session, examination.id)
        for number, attributes in found.items():
            attributes["shift"] = shifts.get(number, "")
    return found


def _load_shifts(session: Session, examination_id: str) -> dict[str, str]:
    """Load the name of each seated candidate's shift, by candidate number."""
    rows = session.execute(
        select(Candidate.number, Shift.name)
        .join(Seat, Seat.candidate_id == Candidate.id)
        .join(ExamSession, ExamSession.id == Seat.session_id)
        .join(Shift, Shift.id == ExamSession.shift_id)
        .where(Candidate.examination_id == examination_id)
        .order_by(Candidate.number)
    )
    return dict(rows.all())


def load_facts(session: Session, book: merit.Rulebook, examination: Examination) -> dict[str, Any]:
    """Load the facts of the announcement that the rulebook asks for: the plan's before the posting's."""
    asked = rulebooks.facts_asked(book)
    if not asked:
        return {}
    plan = plans.find_plan(session, examination.posting_id)
    stated = plan.content["facts"] if plan and plan.content else {}
    known = rulebooks.posting_facts(examination.posting.grade, examination.posting.openings) | stated
    return {name: known[name] for name in sorted(asked) if name in known}


def _local_date(at: dt.datetime | None, zone: ZoneInfo) -> dt.date | None:
    return at.astimezone(zone).date() if at else None
