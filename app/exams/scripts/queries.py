"""Reading scripts."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams.examinations.models import Candidate
from app.exams.panels.models import Panel
from app.exams.panels.queries import visible_to
from app.exams.scripts.models import Script, ScriptFile
from app.exams.scripts.states import ScriptState
from app.platform import keyset
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application


def get_script(
    session: Session, script_id: str, actor: Actor, *, permission: str, lock: bool = False
) -> Script:
    """Give a script with candidate, files and panel; NotFound outside the actor's agencies."""
    query = (
        select(Script)
        .join(Script.panel)
        .join(Panel.examination)
        .where(Script.id == script_id, visible_to(actor, permission))
        .options(
            joinedload(Script.panel).joinedload(Panel.examination),
            joinedload(Script.candidate),
            selectinload(Script.files),
        )
    )
    found = session.scalar(query.with_for_update(of=Script) if lock else query)
    if found is None:
        raise NotFound("There is no such script.")
    return found


def list_scripts(
    session: Session, panel_id: str, *, text: str = "", state: ScriptState | None = None, cursor: str = ""
) -> keyset.Page[Script]:
    """List a page of a panel's scripts by blind code, with candidates and files."""
    query = (
        select(Script)
        .join(Script.candidate)
        .where(Script.panel_id == panel_id)
        .options(joinedload(Script.candidate), selectinload(Script.files))
    )
    if text:
        like = text.casefold()
        query = query.where(
            func.lower(Script.code).contains(like, autoescape=True)
            | func.lower(Candidate.number).contains(like, autoescape=True)
        )
    if state:
        query = query.where(Script.state == state)
    return keyset.fetch(session, query, (Script.code, Script.id), cursor=cursor)


def count_scripts(session: Session, panel_id: str) -> dict[ScriptState, int]:
    """Count the scripts of a panel by state, each state named."""
    rows = session.execute(
        select(Script.state, func.count()).where(Script.panel_id == panel_id).group_by(Script.state)
    )
    counts = dict(rows.all())
    return {state: counts.get(state, 0) for state in ScriptState}


def load_by_number(session: Session, panel_id: str) -> dict[str, str]:
    """Load the id of each script of a panel by the candidate's number."""
    rows = session.execute(
        select(Candidate.number, Script.id)
        .join(Script, Script.candidate_id == Candidate.id)
        .where(Script.panel_id == panel_id)
        .order_by(Candidate.number)
    )
    return dict(rows.all())


def load_snapshots(session: Session, panel_id: str) -> list[tuple[str, str, dict[str, object]]]:
    """Load of each script of a panel its id, the account behind it and the application as received."""
    rows = session.execute(
        select(Script.id, Application.account_id, Application.snapshot)
        .join(Candidate, Candidate.id == Script.candidate_id)
        .join(Application, Application.id == Candidate.application_id)
        .where(Script.panel_id == panel_id)
        .order_by(Script.id)
    )
    return [(script_id, account_id, snapshot or {}) for script_id, account_id, snapshot in rows]


def find_file(script: Script, file_id: str) -> ScriptFile:
    """Give a file of a script that was not removed, or raise NotFound; files must be loaded."""
    for file in script.files:
        if file.id == file_id and file.removed_at is None:
            return file
    raise NotFound("There is no such file.")
