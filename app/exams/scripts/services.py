"""Taking candidates in under blind codes, and keeping their scripts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance
from app.exams.panels.models import Panel
from app.exams.panels.queries import get_panel
from app.exams.plans import queries as plans
from app.exams.scripts import queries, rules
from app.exams.scripts.models import Script, ScriptFile
from app.exams.scripts.states import ScriptState
from app.platform import audit
from app.platform.actors import Actor
from app.platform.antivirus import Verdict
from app.platform.errors import Invalid
from app.platform.ids import new_id
from app.recruitment.documents.services import StoredFile
from app.recruitment.scanning.services import note_verdict

THERE = (Attendance.EXPECTED, Attendance.PRESENT)


def enter_candidates(session: Session, panel: Panel, at: dt.datetime) -> int:
    """Give each candidate who is to be rated a script under a new blind code; tell how many were new.

    Those who were absent, or missed the minimum of a part that is marked already, are not rated. The caller
    records the act.
    """
    known = set(session.scalars(select(Script.candidate_id).where(Script.panel_id == panel.id)))
    rows = session.execute(
        select(Candidate.id, Candidate.number)
        .where(Candidate.examination_id == panel.examination_id, Candidate.attendance.in_(THERE))
        .order_by(Candidate.number)
    )
    out = _failed_elsewhere(session, panel)
    fresh = [own for own, number in rows if own not in known and number not in out]
    taken = session.scalars(select(Script.code).where(Script.panel_id == panel.id))
    codes = rules.draw_codes(len(fresh), taken, _pick)
    if fresh:
        session.execute(
            insert(Script),
            [
                {
                    "id": new_id("scr"),
                    "panel_id": panel.id,
                    "candidate_id": candidate_id,
                    "code": code,
                    "salt": new_id("slt")[4:],
                    "state": ScriptState.OPEN,
                    "is_disputed": False,
                    "entered_at": at,
                }
                for candidate_id, code in zip(fresh, codes, strict=True)
            ],
        )
    return len(fresh)


def seal_map(session: Session, panel: Panel) -> str:
    """Give the digest of which code stands for whom in a panel."""
    rows = session.execute(
        select(Candidate.number, Script.code, Script.salt)
        .join(Script, Script.candidate_id == Candidate.id)
        .where(Script.panel_id == panel.id)
    )
    return rules.map_digest((number, code, salt) for number, code, salt in rows)


def add_files(
    session: Session,
    *,
    panel_id: str,
    files: Sequence[tuple[str, StoredFile]],
    verdicts: Mapping[str, Verdict | None],
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Keep scanned scripts, pairs of a candidate number and a file; all of them or none.

    The same file of the same candidate is kept once. Invalid names the candidates who are not rated here.
    """
    panel = get_panel(session, panel_id, actor, permission="exams.scripts.upload", lock=True)
    by_number = queries.load_by_number(session, panel.id)
    unknown = sorted({number for number, _file in files if number not in by_number})
    if unknown:
        raise Invalid(file=f"No script of this panel belongs to candidate {', '.join(unknown[:5])}.")
    added = 0
    for number, file in files:
        permission = "exams.scripts.upload"
        script = queries.get_script(session, by_number[number], actor, permission=permission, lock=True)
        kept = [row for row in script.files if row.removed_at is None]
        if any(row.digest == file.digest for row in kept):
            continue
        rules.check_files(len(kept), script.state)
        note_verdict(session, digest=file.digest, verdict=verdicts.get(file.digest), at=at)
        script.files.append(_file(script, file, actor, at))
        added += 1
    session.flush()
    _record(session, "upload", panel, panel.id, actor, at, files=added)
    return added


def remove_file(
    session: Session, *, script_id: str, file_id: str, actor: Actor, at: dt.datetime
) -> ScriptFile:
    """Take a file out that was kept by mistake; its row stays."""
    permission = "exams.scripts.remove_file"
    script = queries.get_script(session, script_id, actor, permission=permission, lock=True)
    file = queries.find_file(script, file_id)
    rules.check_files(0, script.state)
    file.removed_by, file.removed_at = actor.id, at
    session.flush()
    _record(session, "remove_file", script.panel, script.id, actor, at, digest=file.digest)
    return file


def _file(script: Script, file: StoredFile, actor: Actor, at: dt.datetime) -> ScriptFile:
    return ScriptFile(
        id=new_id("scf"),
        script_id=script.id,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        uploaded_by=actor.id,
        uploaded_at=at,
    )


def _failed_elsewhere(session: Session, panel: Panel) -> set[str]:
    """Give the numbers of those who missed the minimum of a part that is marked already."""
    versions = plans.load_versions(session, panel.examination_id)
    versions.pop(panel.component, None)
    gates = {part.code: part.gate for part in plans.list_components(session, panel.examination_id)}
    marks = plans.load_marks(session, panel.examination, versions)
    return {
        number
        for code, own in marks.items()
        for number, mark in own.items()
        if mark is None or (gates[code] is not None and mark < (gates[code] or 0))
    }


def _pick(alphabet: str) -> str:
    """Pick one sign at random, from the same source that makes ids unguessable."""
    drawn = int.from_bytes(hashlib.sha256(new_id("cod").encode()).digest()[:8])
    return alphabet[drawn % len(alphabet)]


def _record(
    session: Session, act: str, panel: Panel, subject: str, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.scripts.{act}",
        actor=actor,
        at=at,
        subject=subject,
        agency_id=panel.examination.agency_id,
        panel=panel.id,
        **details,
    )
