"""Storing a file of answers: all of it or nothing, and never in silence over an earlier one."""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.exams.examinations import queries as examination_queries
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance, ExaminationState, move
from app.exams.responses import queries, rules
from app.exams.responses.models import ResponseImport, ResponseSheet
from app.exams.responses.rules import Reading
from app.exams.responses.states import ImportState
from app.platform import audit, clock, storage
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.recruitment.applications import services as applications
from app.recruitment.applications.states import Assessment

LONGEST_NAME = 200
BATCH = 500


def import_responses(
    session: Session,
    *,
    examination_id: str,
    content: bytes,
    filename: str,
    accepts_absent: bool,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> ResponseImport:
    """Store a file of answers and a hash of each sheet; the same file again changes nothing.

    A different file replaces the earlier one, which is kept, and needs a reason. Candidates without a
    sheet are marked absent when `accepts_absent` says that they were. Invalid names the first fault.
    """
    examination = examination_queries.get_examination(session, examination_id, actor, lock=True)
    actor.demand("exams.responses.confirm", examination.agency_id)
    current = queries.find_current(session, examination.id)
    digest = hashlib.sha256(content).hexdigest()
    if current is not None and current.digest == digest:
        return current
    rules.check_held(examination.held_on, clock.local_date(at, examination.agency.time_zone))
    numbers = queries.load_numbers(session, examination.id)
    if not numbers:
        raise Conflict("This examination has no candidates yet. Register them first.")
    reading = rules.read_file(content, queries.sheet_of(examination, numbers))
    rules.check_complete(reading, accepts_absent=accepts_absent)
    rules.check_replacement(current is not None, reason)
    made = ResponseImport(
        id=new_id("imp"),
        examination_id=examination.id,
        filename=filename[:LONGEST_NAME],
        digest=storage.current().put(content),
        rows=len(reading.answers),
        absent=len(reading.absent),
        reason=reason.strip() or None if current is not None else None,
        state=ImportState.CURRENT,
        imported_by=actor.id,
        imported_at=at,
    )
    _replace(session, examination, current, made)
    _store_sheets(session, examination, made, reading, numbers)
    _mark_attendance(session, examination, made, actor, at)
    replaced = current.digest if current is not None else None
    details = {"digest": made.digest, "sheets": made.rows, "absent": made.absent, "replaces": replaced}
    _record(session, "confirm", examination, actor, at, **details)
    return made


def record_download(
    session: Session, *, examination_id: str, import_id: str, actor: Actor, at: dt.datetime
) -> ResponseImport:
    """Record that someone took the file of an import, and give the import; NotFound for another's."""
    examination = examination_queries.get_examination(session, examination_id, actor)
    actor.demand("exams.responses.download", examination.agency_id)
    found = queries.get_import(session, examination.id, import_id)
    _record(session, "download", examination, actor, at, digest=found.digest)
    return found


def _replace(
    session: Session, examination: Examination, current: ResponseImport | None, made: ResponseImport
) -> None:
    """Put an import in force in the place of the current one, which is kept."""
    if examination.state is ExaminationState.PLANNED:
        examination.state = move(examination.state, ExaminationState.HELD)
    if current is not None:
        current.state = ImportState.SUPERSEDED
        session.flush()
    session.add(made)
    session.flush()


def _store_sheets(
    session: Session,
    examination: Examination,
    made: ResponseImport,
    reading: Reading,
    numbers: dict[str, str],
) -> None:
    session.execute(
        insert(ResponseSheet),
        [
            {
                "import_id": made.id,
                "candidate_id": numbers[number],
                "answers": answers,
                "digest": rules.sheet_digest(examination.number, number, answers),
            }
            for number, answers in reading.answers.items()
        ],
    )


def _mark_attendance(
    session: Session, examination: Examination, made: ResponseImport, actor: Actor, at: dt.datetime
) -> None:
    """Mark who has a sheet present and the others absent; a published standing stays until it is replaced."""
    captured = select(ResponseSheet.candidate_id).where(ResponseSheet.import_id == made.id)
    for attendance, assessment in (
        (Attendance.PRESENT, Assessment.PRESENT),
        (Attendance.ABSENT, Assessment.ABSENT),
    ):
        is_captured = Candidate.id.in_(captured)
        chosen = is_captured if attendance is Attendance.PRESENT else ~is_captured
        session.execute(
            update(Candidate)
            .where(Candidate.examination_id == examination.id, chosen)
            .values(attendance=attendance)
        )
        people = queries.list_without_standing(session, examination.id, attendance)
        for start in range(0, len(people), BATCH):
            applications.record_assessment(
                session,
                application_ids=people[start : start + BATCH],
                to=assessment,
                action="exams.responses.confirm",
                actor=actor,
                at=at,
            )


def _record(
    session: Session, act: str, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.responses.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
