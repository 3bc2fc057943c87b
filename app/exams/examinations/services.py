"""Changing examinations: the plan, and who is a candidate."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.examinations import queries, rules
from app.exams.examinations.models import Candidate, Examination, ExamItem
from app.exams.examinations.rules import Plan
from app.exams.examinations.states import Attendance, ExaminationState
from app.exams.keys import queries as key_queries
from app.exams.plans.queries import load_frozen
from app.exams.plans.rules import has_items
from app.platform import audit, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.recruitment.applications import services as applications
from app.recruitment.applications.states import Assessment
from app.recruitment.postings.states import PostingState
from app.recruitment.screening.queries import count_unscreened

BATCH = 500


def create_examination(
    session: Session, *, posting_id: str, plan: Plan, actor: Actor, at: dt.datetime
) -> Examination:
    """Make the examination of a closed and fully screened posting.

    The rulebook of the plan that was sealed at the announcement is frozen with it; without answer sheets
    in it there are no items. Conflict says how many applications are still to be screened.
    """
    posting = queries.get_posting_to_examine(session, posting_id, actor)
    frozen = load_frozen(session, posting, plan.held_on)
    book = rulebooks.read(frozen.text, frozen.digest)
    plan = rules.check_plan(plan, has_sheets=has_items(book))
    unscreened = count_unscreened(session, posting.id)
    is_closed = posting.state is PostingState.CLOSED
    rules.check_posting(is_closed, posting.announced_on, plan.held_on, unscreened)
    number = sequences.next_number(session, f"examination:{at.year}")
    own = new_id("exm")
    examination = Examination(
        id=own,
        number=f"EX-{at.year}-{number:04d}",
        agency_id=posting.agency_id,
        posting_id=posting.id,
        rulebook=frozen.name,
        rulebook_version=frozen.version,
        rulebook_digest=frozen.digest,
        rulebook_text=frozen.text,
        state=ExaminationState.PLANNED,
        created_by=actor.id,
        created_at=at,
        items=_items(own, plan),
        **_set_down(plan),
    )
    session.add(examination)
    session.flush()
    _record(
        session, "create", examination, actor, at, items=len(plan.codes), rulebook=examination.rulebook_digest
    )
    return examination


def edit_examination(
    session: Session, *, examination_id: str, plan: Plan, actor: Actor, at: dt.datetime
) -> Examination:
    """Change the plan before answers are stored; the items are fixed once a key was proposed."""
    examination = _load(session, examination_id, actor, "edit")
    rules.check_planned(examination.state)
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    plan = rules.check_plan(plan, has_sheets=has_items(book))
    rules.check_posting(True, examination.posting.announced_on, plan.held_on, 0)
    codes = tuple(item.code for item in examination.items)
    if plan.codes != codes or plan.options != tuple(examination.options):
        if key_queries.find_latest(session, examination.id) is not None:
            raise Conflict("A key was already proposed, so the items and their answers can no longer change.")
        for item in examination.items:
            session.delete(item)
        session.flush()
        session.add_all(_items(examination.id, plan))
    for name, value in _set_down(plan).items():
        setattr(examination, name, value)
    _record(session, "edit", examination, actor, at, items=len(plan.codes))
    return examination


def register_candidates(session: Session, *, examination_id: str, actor: Actor, at: dt.datetime) -> int:
    """Give a number to each eligible application that has none, and tell how many there were.

    Numbers go by a blind order, so that they do not tell who applied first.
    """
    examination = _load(session, examination_id, actor, "register")
    rules.check_planned(examination.state)
    waiting = queries.list_unregistered(session, examination.posting_id)
    if not waiting:
        raise Conflict("Every eligible applicant already has a candidate number.")
    first = queries.count_candidates(session, examination.id) + 1
    rows = [
        {
            "id": new_id("cnd"),
            "examination_id": examination.id,
            "application_id": application_id,
            "number": rules.candidate_number(sequence),
            "attendance": Attendance.EXPECTED,
        }
        for sequence, application_id in enumerate(rules.blind_order(examination.id, waiting), start=first)
    ]
    session.execute(insert(Candidate), rows)
    for start in range(0, len(waiting), BATCH):
        applications.record_assessment(
            session,
            application_ids=waiting[start : start + BATCH],
            to=Assessment.REGISTERED,
            action="exams.examinations.register",
            actor=actor,
            at=at,
        )
    _record(session, "register", examination, actor, at, candidates=len(rows))
    return len(rows)


def _items(examination_id: str, plan: Plan) -> list[ExamItem]:
    return [
        ExamItem(id=new_id("itm"), examination_id=examination_id, code=code, position=position)
        for position, code in enumerate(plan.codes, start=1)
    ]


def _set_down(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title,
        "held_on": plan.held_on,
        "options": list(plan.options),
        "blanks": list(plan.blanks),
        "multiples": list(plan.multiples),
        "sample_percent": plan.sample_percent,
    }


def _load(session: Session, examination_id: str, actor: Actor, act: str) -> Examination:
    examination = queries.get_examination(session, examination_id, actor, lock=True)
    actor.demand(f"exams.examinations.{act}", examination.agency_id)
    return examination


def _record(
    session: Session, act: str, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.examinations.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
