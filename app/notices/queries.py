"""Reading notices: a person's own, and those an officer of the agency may see."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from app.notices.catalogue import GUARDED
from app.notices.models import Notice
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say

PAGE = 50
STAFF_PERMISSION = "notices.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on notices that `actor` may read: their own, and their agencies'."""
    doors: list[ColumnElement[bool]] = [Notice.account_id == actor.id] if actor.id else []
    ordinary = Notice.template.not_in(GUARDED)
    doors.append(ordinary & _in_agencies(actor, STAFF_PERMISSION))
    doors += [
        (Notice.template == template) & _in_agencies(actor, permission)
        for template, permission in GUARDED.items()
    ]
    return or_(*doors)


def get_notice(session: Session, notice_id: str, actor: Actor) -> Notice:
    """Give a notice with its agency that the actor may read, or raise NotFound."""
    return _one(session, (Notice.id == notice_id) & visible_to(actor))


def get_notice_for_issue(session: Session, notice_id: str, *, lock: bool = False) -> Notice:
    """Give a notice with its agency for the worker that renders it."""
    return _one(session, Notice.id == notice_id, lock=lock)


def get_notice_by_code(session: Session, code: str) -> Notice:
    """Give the notice that carries the code of a QR picture, or raise NotFound."""
    return _one(session, Notice.code == code)


def find_notice_by_key(session: Session, key: str) -> Notice | None:
    """Find the notice that was promised under this key."""
    return session.scalar(select(Notice).where(Notice.key == key))


def list_own_notices(session: Session, actor: Actor) -> list[Notice]:
    """List the actor's own notices, newest first, with their agencies."""
    found = (
        select(Notice)
        .where(Notice.account_id == actor.id)
        .options(joinedload(Notice.agency))
        .order_by(Notice.promised_at.desc(), Notice.id.desc())
        .limit(PAGE)
    )
    return list(session.scalars(found))


def list_notices(
    session: Session, actor: Actor, *, text: str = "", before: str | None = None, size: int = PAGE
) -> list[Notice]:
    """List notices that an officer may read, newest first, one more than a page when there is another.

    `text` is looked for in number, title and recipient; `before` is the id of the last one of the page
    before (ids sort by time).
    """
    found = select(Notice).where(visible_to(actor)).options(joinedload(Notice.agency))
    if text:
        like = f"%{text.replace('%', '').replace('_', '')}%"
        found = found.where(
            or_(Notice.number.ilike(like), Notice.title.ilike(like), Notice.recipient_name.ilike(like))
        )
    if before:
        found = found.where(Notice.id < before)
    return list(session.scalars(found.order_by(Notice.id.desc()).limit(size + 1)))


def list_notices_about(session: Session, subject: str, actor: Actor) -> list[Notice]:
    """List the notices about one thing, a typed id, that the actor may read, newest first."""
    found = select(Notice).where(Notice.subject == subject, visible_to(actor))
    return list(session.scalars(found.order_by(Notice.promised_at.desc(), Notice.id.desc())))


def _in_agencies(actor: Actor, permission: str) -> ColumnElement[bool]:
    allowed = actor.agencies(permission)
    return Notice.id.is_not(None) if allowed is None else Notice.agency_id.in_(allowed)


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool = False) -> Notice:
    found = select(Notice).where(condition).options(joinedload(Notice.agency))
    if lock:
        found = found.with_for_update(of=Notice)
    notice = session.scalar(found)
    if notice is None:
        raise NotFound(say("We could not find this notice."))
    return notice
