"""Reading threads: a person's own, and those of an officer's agencies."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from app.platform import keyset
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.messages.models import Message, MessageFile, MessageThread
from app.recruitment.messages.rules import seal

READ = "recruitment.messages.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on threads that the office may show to `actor`."""
    agencies = actor.agencies(READ)
    if agencies is None:
        return true()
    return MessageThread.agency_id.in_(agencies) if agencies else false()


def list_messages(session: Session, application_id: str) -> list[Message]:
    """List the messages of a thread with their files, oldest first."""
    query = (
        select(Message)
        .where(Message.application_id == application_id)
        .options(selectinload(Message.files))
        .order_by(Message.sent_at, Message.id)
    )
    return list(session.scalars(query))


def find_thread(session: Session, application_id: str, *, lock: bool = False) -> MessageThread | None:
    """Find the thread of an application, or None while nobody has written."""
    query = select(MessageThread).where(MessageThread.application_id == application_id)
    return session.scalar(query.with_for_update(of=MessageThread) if lock else query)


def list_threads(
    session: Session, actor: Actor, *, is_waiting: bool, text: str = "", cursor: str = ""
) -> keyset.Page[MessageThread]:
    """List a page of threads: those that wait for an answer, longest first, or the answered, latest first."""
    query = (
        select(MessageThread)
        .join(MessageThread.application)
        .where(visible_to(actor))
        .options(
            joinedload(MessageThread.application).joinedload(Application.posting),
            joinedload(MessageThread.agency),
        )
    )
    if text:
        lower = text.lower()
        name, number = func.lower(Application.applicant_name), func.lower(Application.number)
        query = query.where(
            or_(name.contains(lower, autoescape=True), number.contains(lower, autoescape=True))
        )
    if is_waiting:
        query = query.where(MessageThread.waiting_since.is_not(None))
        keys = [MessageThread.waiting_since, MessageThread.application_id]
        return keyset.fetch(session, query, keys, cursor=cursor)
    query = query.where(MessageThread.waiting_since.is_(None))
    keys = [MessageThread.last_at, MessageThread.application_id]
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor)


def count_unread(session: Session, application_ids: Collection[str]) -> dict[str, int]:
    """Count the office's messages that the applicant has not opened, for each application that has any."""
    query = (
        select(Message.application_id, func.count())
        .where(
            Message.application_id.in_(application_ids),
            Message.is_from_office.is_(True),
            Message.read_at.is_(None),
        )
        .group_by(Message.application_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def get_file(session: Session, application_id: str, file_id: str) -> MessageFile:
    """Give a file that came with a message of a thread, or raise NotFound."""
    query = (
        select(MessageFile)
        .join(Message, Message.id == MessageFile.message_id)
        .where(MessageFile.id == file_id, Message.application_id == application_id)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no such file."))
    return found


def seal_of(message: Message) -> str:
    """Give the seal of a message as it stands now, to compare with the ledger's."""
    return seal(message.salt, message.body)
