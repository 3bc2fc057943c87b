"""Reading the wording of letters: what is in force for an agency, and the versions of each."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from app.notices.wordings.models import EVERYWHERE, LetterWording, LetterWordingWriter
from app.notices.wordings.states import WordingState
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "notices.list_letters"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on versions for all agencies and for those of the actor."""
    allowed = actor.agencies(READ)
    if allowed is None:
        return true()
    return or_(LetterWording.agency_id.is_(None), LetterWording.agency_id.in_(sorted(allowed)))


def find_in_force(session: Session, template: str, agency_id: str, language: str) -> LetterWording | None:
    """Find the wording in force: the newest of the agency, else of all; None where it is as shipped."""
    found = session.scalars(
        select(LetterWording)
        .where(
            LetterWording.template == template,
            LetterWording.language == language,
            LetterWording.scope.in_([agency_id, EVERYWHERE]),
            LetterWording.state == WordingState.APPROVED,
        )
        .order_by(LetterWording.version.desc())
    ).all()
    own = next((row for row in found if row.scope == agency_id), None)
    return own or next(iter(found), None)


def list_versions(session: Session, template: str, actor: Actor) -> list[LetterWording]:
    """List the versions of a letter that the actor may read, the newest first."""
    query = (
        select(LetterWording)
        .where(LetterWording.template == template, visible_to(actor))
        .options(
            joinedload(LetterWording.agency),
            joinedload(LetterWording.writer),
            joinedload(LetterWording.decider),
        )
        .order_by(LetterWording.written_at.desc(), LetterWording.id.desc())
    )
    return list(session.scalars(query))


def find_newest(
    session: Session, template: str, language: str, scope: str, *, lock: bool = False
) -> LetterWording | None:
    """Find the newest version of a letter's wording, whatever its state, locked on demand."""
    query = (
        select(LetterWording)
        .where(
            LetterWording.template == template,
            LetterWording.language == language,
            LetterWording.scope == scope,
        )
        .order_by(LetterWording.version.desc())
        .limit(1)
    )
    if lock:
        query = query.options(selectinload(LetterWording.writers))
        query = query.with_for_update(of=LetterWording).execution_options(populate_existing=True)
    return session.scalar(query)


def get_wording(session: Session, wording_id: str, actor: Actor, *, lock: bool = False) -> LetterWording:
    """Give a version with its people, or raise NotFound."""
    query = (
        select(LetterWording)
        .where(LetterWording.id == wording_id, visible_to(actor))
        .options(
            joinedload(LetterWording.agency),
            joinedload(LetterWording.writer),
            joinedload(LetterWording.decider),
            selectinload(LetterWording.writers).joinedload(LetterWordingWriter.writer),
        )
    )
    if lock:
        query = query.with_for_update(of=LetterWording).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such version.")
    return found


def count_by_template(session: Session, actor: Actor) -> dict[str, list[LetterWording]]:
    """Map letters to their versions that the actor may read."""
    found: dict[str, list[LetterWording]] = {}
    for row in session.scalars(
        select(LetterWording).where(visible_to(actor)).order_by(LetterWording.version)
    ):
        found.setdefault(row.template, []).append(row)
    return found
