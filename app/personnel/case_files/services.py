"""Adding files to a case, and recording who read one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.case_files import queries
from app.personnel.case_files.models import CaseFile, Purpose
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.services import load_draft
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.filecheck.kept import KeptFile
from app.platform.ids import new_id

# For each purpose: what the office files never shuts out what the employee answers.
MOST_FILES = 50


def add_evidence(
    session: Session, *, case_id: str, title: str, file: KeptFile | None, actor: Actor, at: dt.datetime
) -> CaseFile:
    """Add a stored file to what the proposal of a draft relies on; its title stands in the notice."""
    case = load_draft(session, case_id, actor, "personnel.case_files.add")
    if file is None:
        raise Invalid(file="Choose a file")
    return put_file(session, case, purpose=Purpose.EVIDENCE, title=title, file=file, actor=actor, at=at)


def remove_evidence(session: Session, *, case_id: str, file_id: str, actor: Actor, at: dt.datetime) -> None:
    """Take a file out of a draft that nobody was told of yet."""
    case = load_draft(session, case_id, actor, "personnel.case_files.remove")
    file = queries.get_file(session, case.id, file_id)
    session.delete(file)
    session.flush()
    _record(session, "remove", case, file, actor, at)


def put_file(
    session: Session,
    case: DisciplinaryCase,
    *,
    purpose: Purpose,
    title: str,
    file: KeptFile,
    actor: Actor,
    at: dt.datetime,
) -> CaseFile:
    """Put a stored file into a loaded case; the caller has asked whether the actor may."""
    kept = queries.list_files(session, case.id, purpose)
    if len(kept) >= MOST_FILES:
        raise Conflict(f"A case carries at most {MOST_FILES} files of this kind.")
    if any(one.digest == file.digest for one in kept):
        raise Invalid(file="This file stands in the case already")
    row = CaseFile(
        id=new_id("csf"),
        case_id=case.id,
        purpose=purpose,
        title=title.strip() or file.filename,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        added_by=str(actor.id),
        added_at=at,
    )
    session.add(row)
    session.flush()
    _record(session, "add", case, row, actor, at)
    return row


def record_download(
    session: Session, *, case: DisciplinaryCase, file: CaseFile, actor: Actor, at: dt.datetime
) -> None:
    """Record that somebody of the office read a file."""
    _record(session, "download", case, file, actor, at)


def _record(
    session: Session, act: str, case: DisciplinaryCase, file: CaseFile, actor: Actor, at: dt.datetime
) -> None:
    audit.record(
        session,
        f"personnel.case_files.{act}",
        actor=actor,
        at=at,
        subject=case.id,
        agency_id=case.agency_id,
        file=file.id,
        purpose=file.purpose,
        digest=file.digest,
    )
