"""Files before they are imported: received, read without storing anything, confirmed by a person."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from sqlalchemy.orm import Session

from app.exams.examinations import queries as examination_queries
from app.exams.examinations.models import Examination
from app.exams.responses import queries, rules
from app.exams.responses.marks import Sheet
from app.exams.responses.models import ResponseCheck
from app.exams.responses.reports import write_report
from app.exams.responses.rules import Reading
from app.exams.responses.services import LONGEST_NAME, import_file
from app.exams.responses.states import CheckState, move
from app.platform import audit, jobs, progress, storage
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

# Up to here a page waits for it; what is larger a worker does.
SMALL_BYTES = 2_000_000
MOST_ABSENT_SHOWN = 200


def receive_file(
    session: Session,
    *,
    examination_id: str,
    source: BinaryIO,
    size: int,
    filename: str,
    left_out: list[str],
    actor: Actor,
    at: dt.datetime,
) -> ResponseCheck:
    """Keep a file to be checked; a large one is promised to a worker."""
    examination = examination_queries.get_examination(
        session, examination_id, actor, permission="exams.responses.upload"
    )
    actor.demand("exams.responses.upload", examination.agency_id)
    check = ResponseCheck(
        id=new_id("rck"),
        examination_id=examination.id,
        filename=filename[:LONGEST_NAME],
        digest=storage.current().put_stream(source),
        size=size,
        left_out=left_out,
        state=CheckState.RECEIVED,
        asked_by=actor.id,
        asked_at=at,
    )
    session.add(check)
    session.flush()
    if size > SMALL_BYTES:
        jobs.enqueue(
            session, "exams.check_answers", key=check_key(check.id), payload={"check": check.id}, at=at
        )
    _record(session, "upload", examination, actor, at, digest=check.digest, size=size)
    return check


def check_key(check_id: str) -> str:
    """Give the key of the job that reads a file."""
    return f"exams.check_answers:{check_id}"


def import_key(check_id: str) -> str:
    """Give the key of the job that imports a file."""
    return f"exams.import_answers:{check_id}"


def read_check(check: ResponseCheck, sheet: Sheet, teller: progress.Teller) -> Reading:
    """Read the file of a check against the examination as it stands; nothing is changed."""
    with storage.current().open(check.digest) as source:
        return rules.read_source(source, sheet, teller)


def note_check(session: Session, *, check_id: str, read: Reading, actor: Actor, at: dt.datetime) -> None:
    """Note what a file holds, with the report of its rows."""
    check = session.get_one(ResponseCheck, check_id, with_for_update=True)
    examination = session.get_one(Examination, check.examination_id)
    check.state = move(check.state, CheckState.FAULTY if read.problem_count else CheckState.CLEAN)
    check.rows, check.sheets, check.absent = read.rows, read.sheets, len(read.absent)
    check.doubtful, check.problem_count = len(read.doubts), read.problem_count
    check.problems = [[problem.row, problem.column, problem.reason] for problem in read.problems]
    check.absent_numbers = read.absent[:MOST_ABSENT_SHOWN]
    check.report, check.checked_at = storage.current().put(write_report(read)), at
    session.flush()
    _record(session, "check", examination, actor, at, digest=check.digest, faults=check.problem_count)


def confirm_check(
    session: Session,
    *,
    examination_id: str,
    check_id: str,
    accepts_absent: bool,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> ResponseCheck:
    """Import a checked file, or promise it to a worker when it is large."""
    check, examination = queries.get_check(session, examination_id, check_id, actor, lock=True)
    actor.demand("exams.responses.confirm", examination.agency_id)
    if check.state is CheckState.IMPORTED:
        return check
    if check.state is not CheckState.CLEAN:
        raise Conflict("Only a file that was checked without a fault can be imported.")
    check.accepts_absent, check.reason = accepts_absent, reason
    check.confirmed_by, check.confirmed_at = actor.id, at
    if check.size <= SMALL_BYTES:
        _import(session, check, actor, at, None, progress.silent())
        return check
    current = queries.find_current(session, examination.id)
    if check.absent and not accepts_absent:
        raise Invalid(accepts_absent="Tick the box if they were absent, or choose a file with all sheets.")
    rules.check_replacement(current is not None and current.digest != check.digest, reason)
    check.state = move(check.state, CheckState.CONFIRMED)
    session.flush()
    jobs.enqueue(
        session, "exams.import_answers", key=import_key(check.id), payload={"check": check.id}, at=at
    )
    _record(session, "confirm", examination, actor, at, digest=check.digest, promised=True)
    return check


def import_check(
    session: Session,
    *,
    check_id: str,
    read: Reading,
    actor: Actor,
    at: dt.datetime,
    teller: progress.Teller,
) -> None:
    """Import a confirmed file that was read just before; it happens once."""
    check = session.get_one(ResponseCheck, check_id, with_for_update=True)
    if check.state is CheckState.CONFIRMED:
        _import(session, check, actor, at, read, teller)


def refuse_check(session: Session, *, check_id: str, why: str, actor: Actor, at: dt.datetime) -> None:
    """Note why a confirmed file could not be imported."""
    check = session.get_one(ResponseCheck, check_id, with_for_update=True)
    examination = session.get_one(Examination, check.examination_id)
    check.state, check.refusal = move(check.state, CheckState.REFUSED), why
    session.flush()
    _record(session, "check", examination, actor, at, digest=check.digest, why=why)


def record_report(
    session: Session, *, examination_id: str, check_id: str, actor: Actor, at: dt.datetime
) -> str:
    """Record that someone took the report of a check, and give the digest that names it."""
    check, examination = queries.get_check(session, examination_id, check_id, actor)
    actor.demand("exams.responses.download_report", examination.agency_id)
    if check.report is None:
        raise Conflict("The file is still being read.")
    _record(session, "download_report", examination, actor, at, digest=check.digest)
    return check.report


def _import(
    session: Session,
    check: ResponseCheck,
    actor: Actor,
    at: dt.datetime,
    read: Reading | None,
    teller: progress.Teller,
) -> None:
    made = import_file(
        session,
        examination_id=check.examination_id,
        digest=check.digest,
        filename=check.filename,
        accepts_absent=check.accepts_absent,
        reason=check.reason,
        actor=actor,
        at=at,
        left_out=tuple(check.left_out),
        read=read,
        teller=teller,
    )
    check.state, check.import_id = move(check.state, CheckState.IMPORTED), made.id
    session.flush()
    examination = session.get_one(Examination, check.examination_id)
    _record(session, "show_check", examination, actor, at, digest=check.digest)


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
