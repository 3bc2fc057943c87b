"""Reading imports of answers and their sheets."""

from __future__ import annotations

import numpy as np
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from app.exams.booklets.queries import load_series
from app.exams.examinations.models import Candidate, Examination, ExamItem
from app.exams.examinations.queries import get_examination
from app.exams.examinations.states import Attendance
from app.exams.responses.marks import Sheet
from app.exams.responses.models import DoubtfulMark, ResponseCheck, ResponseImport, ResponseSheet
from app.exams.responses.packing import Sheets, digests, unpack, unpack_one
from app.exams.responses.states import ImportState
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Standing

LATEST = 20


def find_current(session: Session, examination_id: str) -> ResponseImport | None:
    """Find the import in force, with who made it."""
    return session.scalar(
        select(ResponseImport)
        .where(ResponseImport.examination_id == examination_id, ResponseImport.state == ImportState.CURRENT)
        .options(joinedload(ResponseImport.importer))
    )


def get_import(session: Session, examination_id: str, import_id: str) -> ResponseImport:
    """Give an import of an examination, in force or not, or raise NotFound."""
    found = session.get(ResponseImport, import_id)
    if found is None or found.examination_id != examination_id:
        raise NotFound("There is no such file of answers.")
    return found


def list_imports(session: Session, examination_id: str) -> list[ResponseImport]:
    """List the imports of an examination, the latest first, with who made them."""
    return list(
        session.scalars(
            select(ResponseImport)
            .where(ResponseImport.examination_id == examination_id)
            .options(joinedload(ResponseImport.importer))
            .order_by(ResponseImport.imported_at.desc(), ResponseImport.id.desc())
        )
    )


def get_check(
    session: Session, examination_id: str, check_id: str, actor: Actor, *, lock: bool = False
) -> tuple[ResponseCheck, Examination]:
    """Give a checked file with its examination; NotFound outside the actor's agencies."""
    examination = get_examination(
        session, examination_id, actor, permission="exams.responses.show_check", lock=lock
    )
    query = select(ResponseCheck).where(
        ResponseCheck.id == check_id, ResponseCheck.examination_id == examination_id
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("There is no such file of answers.")
    return found, examination


def list_checks(session: Session, examination_id: str) -> list[ResponseCheck]:
    """List the files that were checked last, the latest first."""
    return list(
        session.scalars(
            select(ResponseCheck)
            .where(ResponseCheck.examination_id == examination_id)
            .order_by(ResponseCheck.asked_at.desc(), ResponseCheck.id.desc())
            .limit(LATEST)
        )
    )


def load_numbers(session: Session, examination_id: str) -> dict[str, str]:
    """Load the candidates of an examination: id by number."""
    rows = session.execute(
        select(Candidate.number, Candidate.id).where(Candidate.examination_id == examination_id)
    )
    return dict(rows.all())


def list_without_standing(session: Session, examination_id: str, attendance: Attendance) -> list[str]:
    """List the applications of candidates with this attendance whom no published list has judged, by id."""
    query = (
        select(Application.id)
        .join(Candidate, Candidate.application_id == Application.id)
        .where(
            Candidate.examination_id == examination_id,
            Candidate.attendance == attendance,
            Application.standing == Standing.NONE,
        )
        .order_by(Application.id)
    )
    return list(session.scalars(query))


def sheet_of(
    examination: Examination,
    numbers: dict[str, str],
    series: dict[str, dict[str, str]],
    left_out: tuple[str, ...] = (),
) -> Sheet:
    """Say what a file of answers may hold; the examination must be loaded with its items."""
    return Sheet(
        tuple(item.code for item in examination.items),
        frozenset(numbers),
        tuple(examination.options),
        tuple(examination.blanks),
        tuple(examination.multiples),
        series=series,
        left_out=left_out,
    )


def load_plan(session: Session, examination: Examination, left_out: tuple[str, ...] = ()) -> Sheet:
    """Load what a file of answers may hold now."""
    numbers = load_numbers(session, examination.id)
    return sheet_of(examination, numbers, load_series(session, examination.id), left_out)


def load_captured(session: Session, examination: Examination, import_id: str) -> Sheets:
    """Load the sheets of an import as they were captured, by candidate number.

    Conflict names the first sheet that is no longer what its digest was taken of.
    """
    rows = session.execute(
        select(
            Candidate.number,
            Candidate.id,
            ResponseSheet.answers,
            ResponseSheet.series,
            ResponseSheet.bundle,
            ResponseSheet.digest,
        )
        .join(Candidate, Candidate.id == ResponseSheet.candidate_id)
        .where(ResponseSheet.import_id == import_id)
        .order_by(Candidate.number)
    ).all()
    codes = tuple(item.code for item in examination.items)
    options = tuple(examination.options)
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * 6
    numbers, ids, packed, series, bundles, sealed = columns
    try:
        matrix = unpack(packed, options) if rows else np.empty((0, len(codes)), dtype=np.uint8)
        if matrix.shape[1] != len(codes):
            raise ValueError("A sheet has more or fewer answers than the examination has items.")
    except ValueError as error:
        raise Conflict(f"A sheet was changed after it was captured: {error} Call the auditor.") from error
    for number, now, then in zip(
        numbers, digests(examination.number, numbers, codes, matrix, options, series), sealed, strict=True
    ):
        if now != then:
            raise Conflict(
                f"The sheet of candidate {number} was changed after it was captured. Call the auditor."
            )
    return Sheets(numbers, ids, codes, options, matrix, series, bundles)


def load_sheets(session: Session, examination: Examination, import_id: str) -> Sheets:
    """Load the sheets of an import as they count: as captured, with what was decided of doubtful marks."""
    sheets = load_captured(session, examination, import_id)
    rows = session.execute(
        select(DoubtfulMark.candidate_id, DoubtfulMark.item, DoubtfulMark.answer)
        .where(DoubtfulMark.import_id == import_id, counts())
        .order_by(DoubtfulMark.id)
    ).all()
    people = {candidate: row for row, candidate in enumerate(sheets.candidate_ids)} if rows else {}
    items = {code: place for place, code in enumerate(sheets.codes)}
    texts = {text: code for code, text in enumerate(sheets.texts)}
    for candidate, item, answer in rows:
        sheets.matrix[people[candidate], items[item]] = texts[str(answer)]
    return sheets


def counts() -> ColumnElement[bool]:
    """Give the condition that a finding counts: it was decided, and confirmed where it must be."""
    return DoubtfulMark.decided_at.is_not(None) & or_(
        ~DoubtfulMark.needs_second, DoubtfulMark.confirmed_at.is_not(None)
    )


def find_answers(session: Session, candidate_id: str) -> dict[str, str]:
    """Find a candidate's answers in the file that counts, by item code; empty without a sheet.

    What was decided of doubtful marks stands in them.
    """
    sheet = session.scalar(
        select(ResponseSheet)
        .join(ResponseImport, ResponseImport.id == ResponseSheet.import_id)
        .where(ResponseSheet.candidate_id == candidate_id, ResponseImport.state == ImportState.CURRENT)
    )
    if sheet is None:
        return {}
    candidate = session.get_one(Candidate, candidate_id)
    codes = session.scalars(
        select(ExamItem.code)
        .where(ExamItem.examination_id == candidate.examination_id)
        .order_by(ExamItem.position)
    ).all()
    options = session.get_one(Examination, candidate.examination_id).options
    decided = session.execute(
        select(DoubtfulMark.item, DoubtfulMark.answer).where(
            DoubtfulMark.import_id == sheet.import_id, DoubtfulMark.candidate_id == candidate_id, counts()
        )
    )
    return unpack_one(sheet.answers, codes, options) | {item: str(answer) for item, answer in decided}
