"""Reading imports of answers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance
from app.exams.responses.models import ResponseImport
from app.exams.responses.rules import Sheet
from app.exams.responses.states import ImportState
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Standing


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


def sheet_of(examination: Examination, numbers: dict[str, str]) -> Sheet:
    """Say what a file of answers may hold; the examination must be loaded with its items."""
    return Sheet(
        tuple(item.code for item in examination.items),
        frozenset(numbers),
        tuple(examination.options),
        tuple(examination.blanks),
        tuple(examination.multiples),
    )
