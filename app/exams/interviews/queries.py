"""Reading the times of interviews."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from app.exams.examinations.models import Candidate, Examination
from app.exams.interviews.models import InterviewSlot
from app.exams.panels.models import Panel
from app.exams.panels.queries import visible_to
from app.exams.scripts.models import Script
from app.exams.scripts.states import ScriptState
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application

NO_INTERVIEW = say("There is no interview for this application.")


def list_slots(session: Session, panel_id: str) -> list[InterviewSlot]:
    """List the times of a panel in order, with script, candidate, application and account."""
    query = (
        select(InterviewSlot)
        .where(InterviewSlot.panel_id == panel_id)
        .options(
            joinedload(InterviewSlot.script)
            .joinedload(Script.candidate)
            .joinedload(Candidate.application)
            .joinedload(Application.account)
        )
        .order_by(InterviewSlot.starts_at, InterviewSlot.place, InterviewSlot.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def list_without_time(session: Session, panel_id: str) -> list[str]:
    """List the ids of open scripts that have no time."""
    query = (
        select(Script.id)
        .where(
            Script.panel_id == panel_id,
            Script.state == ScriptState.OPEN,
            ~exists().where(InterviewSlot.script_id == Script.id),
        )
        .order_by(Script.id)
    )
    return list(session.scalars(query))


def get_slot(session: Session, slot_id: str, actor: Actor, *, permission: str) -> InterviewSlot:
    """Give a time with its panel and candidate, locked; NotFound outside the actor's agencies."""
    found = session.scalar(
        select(InterviewSlot)
        .join(InterviewSlot.panel)
        .join(Panel.examination)
        .where(InterviewSlot.id == slot_id, visible_to(actor, permission))
        .options(
            joinedload(InterviewSlot.panel).joinedload(Panel.examination).joinedload(Examination.agency),
            joinedload(InterviewSlot.script).joinedload(Script.candidate),
        )
        .with_for_update(of=InterviewSlot)
    )
    if found is None:
        raise NotFound("There is no such time.")
    return found


def find_invitation(session: Session, application_id: str) -> InterviewSlot | None:
    """Find the time to which an application's person is invited, with panel, examination and agency."""
    return session.scalar(
        select(InterviewSlot)
        .join(InterviewSlot.script)
        .join(Script.candidate)
        .where(Candidate.application_id == application_id, InterviewSlot.invited_at.is_not(None))
        .options(
            joinedload(InterviewSlot.panel).joinedload(Panel.examination).joinedload(Examination.agency),
            joinedload(InterviewSlot.script).joinedload(Script.candidate),
        )
        .order_by(InterviewSlot.starts_at.desc())
        .limit(1)
    )


def get_own_invitation(session: Session, application_id: str, actor: Actor) -> InterviewSlot:
    """Give the time to which the actor is invited with an application, or raise NotFound."""
    own = session.scalar(
        select(Application.id).where(Application.id == application_id, Application.account_id == actor.id)
    )
    found = find_invitation(session, own or "")
    if found is None:
        raise NotFound(NO_INTERVIEW)
    return found


def list_invitations(session: Session, account_id: str) -> list[tuple[InterviewSlot, str]]:
    """List the times to which a person is invited, each with the id of the application."""
    rows = session.execute(
        select(InterviewSlot, Candidate.application_id)
        .join(InterviewSlot.script)
        .join(Script.candidate)
        .join(Candidate.application)
        .where(Application.account_id == account_id, InterviewSlot.invited_at.is_not(None))
        .options(joinedload(InterviewSlot.panel).joinedload(Panel.examination).joinedload(Examination.agency))
        .order_by(InterviewSlot.starts_at)
    )
    return [(slot, application_id) for slot, application_id in rows]


def load_times(session: Session, panel_id: str) -> dict[str, InterviewSlot]:
    """Load the times of a panel by the blind code of who comes."""
    rows = session.execute(
        select(Script.code, InterviewSlot)
        .join(InterviewSlot, InterviewSlot.script_id == Script.id)
        .where(Script.panel_id == panel_id)
    )
    return {code: slot for code, slot in rows}  # noqa: C416 - rows are no pairs to a type checker
