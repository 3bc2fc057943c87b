"""Changing plans: sealed at the announcement, and marks of components recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.exams import merit, rulebooks
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import get_examination
from app.exams.examinations.states import Attendance, ExaminationState, move
from app.exams.plans import queries, rules
from app.exams.plans.models import ComponentMark, MarkRecord
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id
from app.recruitment.applications import services as applications
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Standing

BATCH = 500


def record_marks(
    session: Session,
    *,
    examination_id: str,
    component: str,
    marks: Mapping[str, Fraction | None],
    source: str,
    actor: Actor,
    at: dt.datetime,
) -> MarkRecord:
    """Record exact marks of one component by candidate id; None says that somebody was absent from it.

    Marks of people who are not named stay as they were recorded before. `source` says in words where the
    marks come from. The caller has demanded its own permission in the examination's agency. Invalid names
    the first candidate whose mark the component cannot have.
    """
    examination = get_examination(session, examination_id, actor, lock=True)
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    part = rules.find_marked(book, component)
    source = source.strip()[: rules.LONGEST_SOURCE]
    if not marks or not source:
        raise Invalid(marks="There are no marks to record, or nothing says where they come from.")
    numbers = _numbers(session, examination, marks)
    for candidate_id, mark in marks.items():
        rules.check_mark(part, numbers[candidate_id], mark)
    version = queries.load_versions(session, examination.id).get(component, 0) + 1
    digests = {
        candidate_id: rules.mark_digest(examination.number, component, numbers[candidate_id], mark)
        for candidate_id, mark in marks.items()
    }
    by_number = {numbers[candidate_id]: digest for candidate_id, digest in digests.items()}
    made = MarkRecord(
        id=new_id("mkr"),
        examination_id=examination.id,
        component=component,
        version=version,
        source=source,
        people=len(marks),
        digest=rules.record_digest(component, version, source, by_number),
        recorded_by=actor.id,
        recorded_at=at,
    )
    session.add(made)
    session.flush()
    session.execute(insert(ComponentMark), _mark_rows(made.id, marks, digests))
    _note_held(session, examination, book, marks, actor, at)
    audit.record(
        session,
        "exams.plans.record_marks",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        component=component,
        version=version,
        people=made.people,
        digest=made.digest,
    )
    return made


def _mark_rows(
    record_id: str, marks: Mapping[str, Fraction | None], digests: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "record_id": record_id,
            "candidate_id": candidate_id,
            "numerator": None if mark is None else mark.numerator,
            "denominator": 1 if mark is None else mark.denominator,
            "digest": digests[candidate_id],
        }
        for candidate_id, mark in marks.items()
    ]


def _numbers(
    session: Session, examination: Examination, marks: Mapping[str, Fraction | None]
) -> dict[str, str]:
    """Map ids of candidates to numbers; Invalid when somebody is no candidate of the examination."""
    rows = session.execute(
        select(Candidate.id, Candidate.number).where(Candidate.examination_id == examination.id)
    )
    numbers = dict(rows.all())
    if strangers := sorted(set(marks) - set(numbers)):
        raise Invalid(marks=f"“{strangers[0][:40]}” is no candidate of this examination.")
    return numbers


def _note_held(
    session: Session,
    examination: Examination,
    book: merit.Rulebook,
    marks: Mapping[str, Fraction | None],
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Where no sheets are captured, the first marks say that the examination was held and who came."""
    if rules.has_items(book):
        return
    if examination.state is ExaminationState.PLANNED:
        examination.state = move(examination.state, ExaminationState.HELD)
    came = [candidate_id for candidate_id, mark in marks.items() if mark is not None]
    away = [candidate_id for candidate_id, mark in marks.items() if mark is None]
    _note_attendance(session, came, Attendance.PRESENT, Assessment.PRESENT, actor, at)
    _note_attendance(session, away, Attendance.ABSENT, Assessment.ABSENT, actor, at)


def _note_attendance(
    session: Session,
    candidate_ids: Sequence[str],
    attendance: Attendance,
    assessment: Assessment,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Note who came or did not; who came to one part stays present, a published standing stays too."""
    before = [Attendance.EXPECTED]
    if attendance is Attendance.PRESENT:
        before.append(Attendance.ABSENT)
    for start in range(0, len(candidate_ids), BATCH):
        rows = session.execute(
            select(Candidate.id, Candidate.application_id)
            .join(Application, Application.id == Candidate.application_id)
            .where(
                Candidate.id.in_(candidate_ids[start : start + BATCH]),
                Candidate.attendance.in_(before),
                Application.standing == Standing.NONE,
            )
            .order_by(Candidate.id)
        ).all()
        chosen = [candidate_id for candidate_id, _ in rows]
        session.execute(update(Candidate).where(Candidate.id.in_(chosen)).values(attendance=attendance))
        applications.record_assessment(
            session,
            application_ids=[application_id for _, application_id in rows],
            to=assessment,
            action="exams.plans.record_marks",
            actor=actor,
            at=at,
        )
