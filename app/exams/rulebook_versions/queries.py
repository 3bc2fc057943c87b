"""Reading the rulebooks that agencies brought."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption as ORMOption

from app.exams.rulebook_versions.models import RulebookVersion
from app.exams.rulebook_versions.states import RulebookState
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "exams.rulebook_versions.list_staff"
PAGE = 25


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps rulebooks to the agencies in which the actor may read them."""
    return scope.within(RulebookVersion.agency_id, actor, READ)


def get_version(session: Session, version_id: str, actor: Actor, *, lock: bool = False) -> RulebookVersion:
    """Give a version with its agency and people; NotFound outside the actor's agencies."""
    query = (
        select(RulebookVersion).where(RulebookVersion.id == version_id, visible_to(actor)).options(*_people())
    )
    found = session.scalar(query.with_for_update(of=RulebookVersion) if lock else query)
    if found is None:
        raise NotFound("There is no such rulebook.")
    return found


def list_versions(
    session: Session, actor: Actor, *, state: RulebookState | None = None, before: str = ""
) -> tuple[list[RulebookVersion], str]:
    """List a page of versions, newest first, and the id that the next page begins after ("" at the end)."""
    query = (
        select(RulebookVersion)
        .where(visible_to(actor))
        .options(*_people())
        .order_by(RulebookVersion.id.desc())
        .limit(PAGE + 1)
    )
    if state:
        query = query.where(RulebookVersion.state == state)
    if before:
        query = query.where(RulebookVersion.id < before)
    rows = list(session.scalars(query))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else ""


def list_numbers(session: Session, agency_id: str, name: str) -> list[int]:
    """List the versions that an agency has of a rulebook, refused ones too."""
    query = select(RulebookVersion.version).where(
        RulebookVersion.agency_id == agency_id, RulebookVersion.name == name
    )
    return list(session.scalars(query.order_by(RulebookVersion.version)))


def load_texts(session: Session, agency_id: str) -> list[tuple[str, str]]:
    """Load text and digest of the approved rulebooks of an agency, by name and version."""
    rows = session.execute(
        select(RulebookVersion.text, RulebookVersion.digest)
        .where(RulebookVersion.agency_id == agency_id, RulebookVersion.state == RulebookState.APPROVED)
        .order_by(RulebookVersion.name, RulebookVersion.version)
    )
    return [(text, digest) for text, digest in rows]


def _people() -> Sequence[ORMOption]:
    return (
        joinedload(RulebookVersion.agency),
        joinedload(RulebookVersion.uploader),
        joinedload(RulebookVersion.decider),
    )
