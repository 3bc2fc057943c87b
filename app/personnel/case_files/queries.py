"""Reading the files of a case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.case_files.models import CaseFile, Purpose
from app.platform.errors import NotFound


def list_files(session: Session, case_id: str, *purposes: Purpose) -> list[CaseFile]:
    """List the files of a case that serve any of the purposes (all without one), in the order of arrival."""
    found = select(CaseFile).where(CaseFile.case_id == case_id)
    if purposes:
        found = found.where(CaseFile.purpose.in_(purposes))
    return list(session.scalars(found.order_by(CaseFile.added_at, CaseFile.id)))


def get_file(session: Session, case_id: str, file_id: str) -> CaseFile:
    """Give a file of a case, or raise NotFound."""
    file = session.scalar(select(CaseFile).where(CaseFile.id == file_id, CaseFile.case_id == case_id))
    if file is None:
        raise NotFound("There is no such file.")
    return file
