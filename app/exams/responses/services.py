"""Storing a file of answers: all of it or nothing, and never in silence over an earlier one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.attendance.sheet_services import set_by_sheets
from app.exams.booklets.queries import load_series
from app.exams.examinations import queries as examination_queries
from app.exams.examinations.models import Examination
from app.exams.examinations.states import Attendance, ExaminationState, move
from app.exams.responses import queries, rules
from app.exams.responses.models import DoubtfulMark, ResponseImport, ResponseSheet
from app.exams.responses.packing import digests, pack
from app.exams.responses.rules import Reading
from app.exams.responses.states import ImportState
from app.platform import audit, bulk, clock, jobs, progress, storage
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.recruitment.applications import services as applications
from app.recruitment.applications.states import Assessment

LONGEST_NAME = 200
BATCH = 500
# Beyond this, applications are moved by a worker: each of them has a line of its own in the trail.
MOST_AT_ONCE = 5_000
SHEET_COLUMNS = ("import_id", "candidate_id", "answers", "series", "bundle", "digest")
DOUBT_COLUMNS = (
    "id", "import_id", "candidate_id", "item", "doubt", "seen", "first", "needs_second",
)  # fmt: skip


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
    """Store a file of answers that is in memory; as import_file."""
    return import_file(
        session,
        examination_id=examination_id,
        digest=storage.current().put(content),
        filename=filename,
        accepts_absent=accepts_absent,
        reason=reason,
        actor=actor,
        at=at,
    )


def import_file(
    session: Session,
    *,
    examination_id: str,
    digest: str,
    filename: str,
    accepts_absent: bool,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    left_out: tuple[str, ...] = (),
    read: Reading | None = None,
    teller: progress.Teller | None = None,
) -> ResponseImport:
    """Store a kept file of answers and a hash of each sheet; the same file again changes nothing.

    A different file replaces the earlier one, which is kept, and needs a reason. Candidates without a
    sheet are marked absent when `accepts_absent` says that they were. Invalid names the first fault. `read`
    is the file as it was read just before, for as long as the candidates are the same.
    """
    teller = teller or progress.silent()
    examination = examination_queries.get_examination(session, examination_id, actor, lock=True)
    actor.demand("exams.responses.confirm", examination.agency_id)
    current = queries.find_current(session, examination.id)
    if current is not None and current.digest == digest:
        return current
    rules.check_held(examination.held_on, clock.local_date(at, examination.agency.time_zone))
    numbers = queries.load_numbers(session, examination.id)
    if not numbers:
        raise Conflict("This examination has no candidates yet. Register them first.")
    series = load_series(session, examination.id)
    sheet = queries.sheet_of(examination, numbers, series, left_out)
    if read is None or read.sheet != sheet:
        with storage.current().open(digest) as source:
            read = rules.read_source(source, sheet, teller)
    rules.check_complete(read, accepts_absent=accepts_absent)
    rules.check_replacement(current is not None, reason)
    made = ResponseImport(
        id=new_id("imp"),
        examination_id=examination.id,
        filename=filename[:LONGEST_NAME],
        digest=digest,
        rows=read.sheets,
        absent=len(read.absent),
        reason=reason.strip() or None if current is not None else None,
        state=ImportState.CURRENT,
        imported_by=actor.id,
        imported_at=at,
    )
    _replace(session, examination, current, made)
    _store_sheets(session, examination, made, read, numbers, teller)
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
    read: Reading,
    numbers: dict[str, str],
    teller: progress.Teller,
) -> None:
    """Store what was read in the order of candidates' ids, so that indexes grow at one end."""
    ids = [numbers[number] for number in read.numbers]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    codes, options = read.sheet.codes, read.sheet.options
    teller.begin("Storing and sealing the sheets.", len(order))

    def rows() -> Iterator[tuple[str, ...]]:
        for start in range(0, len(order), bulk.BATCH):
            chosen = order[start : start + bulk.BATCH]
            matrix = read.matrix[chosen]
            names = [read.numbers[row] for row in chosen]
            series = [read.series[row] for row in chosen]
            sealed = digests(examination.number, names, codes, matrix, options, series)
            for row, packed, digest in zip(chosen, pack(matrix, options), sealed, strict=True):
                yield made.id, ids[row], packed, read.series[row], read.bundles[row], digest
            teller.tell(start + len(chosen))

    bulk.insert_rows(session, ResponseSheet, SHEET_COLUMNS, rows())
    texts = read.sheet.texts
    bulk.insert_rows(
        session,
        DoubtfulMark,
        DOUBT_COLUMNS,
        (
            (
                new_id("dbt"),
                made.id,
                ids[mark.row],
                codes[mark.item],
                mark.doubt.value,
                mark.seen,
                texts[read.matrix[mark.row, mark.item]],
                False,
            )
            for mark in read.doubts
        ),
    )


def _mark_attendance(
    session: Session, examination: Examination, made: ResponseImport, actor: Actor, at: dt.datetime
) -> None:
    """Mark by sheets whom no person marks, and note on applications who was there."""
    captured = select(ResponseSheet.candidate_id).where(ResponseSheet.import_id == made.id)
    set_by_sheets(session, examination=examination, captured=captured)
    if made.rows + made.absent > MOST_AT_ONCE:
        payload = {"import": made.id, "by": actor.id}
        jobs.enqueue(session, "exams.note_attendance", key=note_key(made.id), payload=payload, at=at)
        return
    for batch, to in list_to_note(session, examination.id):
        note_attendance(session, application_ids=batch, to=to, actor=actor, at=at)


def note_key(import_id: str) -> str:
    """Give the key of the job that notes on applications who was there."""
    return f"exams.note_attendance:{import_id}"


def list_to_note(session: Session, examination_id: str) -> list[tuple[list[str], Assessment]]:
    """List the applications by batches with what their axis becomes.

    A standing that was published stays until it is replaced: those applications are left out.
    """
    found = []
    for attendance, to in (
        (Attendance.PRESENT, Assessment.PRESENT),
        (Attendance.ABSENT, Assessment.ABSENT),
    ):
        people = queries.list_without_standing(session, examination_id, attendance)
        found += [(people[start : start + BATCH], to) for start in range(0, len(people), BATCH)]
    return found


def note_attendance(
    session: Session, *, application_ids: list[str], to: Assessment, actor: Actor, at: dt.datetime
) -> None:
    """Note on a batch of applications that their people were there, or were not."""
    applications.record_assessment(
        session,
        application_ids=application_ids,
        to=to,
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
