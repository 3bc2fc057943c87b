"""Writing and reading messages: sent once, never changed."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.queries import wants_mail
from app.accounts.queries import get_account
from app.platform import audit, mail
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.queries import get_application, get_own_application
from app.recruitment.messages import letters, queries
from app.recruitment.messages.files import StoredFile, attach
from app.recruitment.messages.models import Message, MessageFile, MessageThread
from app.recruitment.messages.rules import check_may_write, seal

NOT_WAITING = say("Nobody waits for an answer here any more. Reload the page to see the thread.")


def write(
    session: Session,
    *,
    application_id: str,
    body: str,
    files: Sequence[StoredFile] = (),
    actor: Actor,
    at: dt.datetime,
) -> Message:
    """Write to the office about one's own application; Conflict for a draft."""
    application = get_own_application(session, application_id, actor)
    check_may_write(application.number)
    return _send(session, application, "show", body, files, False, actor, at)


def reply(
    session: Session,
    *,
    application_id: str,
    body: str,
    files: Sequence[StoredFile] = (),
    actor: Actor,
    at: dt.datetime,
) -> Message:
    """Write to the applicant, first or in answer; they are told by mail that a message is there."""
    application = get_application(session, application_id, actor)
    actor.demand("recruitment.messages.reply", application.posting.agency_id)
    message = _send(session, application, "reply", body, files, True, actor, at)
    if wants_mail(session, application.account_id, MailKind.MESSAGES):
        account = get_account(session, application.account_id)
        mail.promise(
            session,
            key=f"message:{message.id}",
            to=account.email,
            subject=letters.subject(application),
            body=letters.announcement(application),
            at=at,
            language=account.language,
        )
    return message


def settle(session: Session, *, application_id: str, actor: Actor, at: dt.datetime) -> MessageThread:
    """Record that what was written last needs no answer."""
    application = get_application(session, application_id, actor)
    actor.demand("recruitment.messages.settle", application.posting.agency_id)
    thread = queries.find_thread(session, application_id, lock=True)
    if thread is None or thread.waiting_since is None:
        raise Conflict(NOT_WAITING)
    thread.waiting_since = None
    session.flush()
    _record(session, "settle", application, actor, at)
    return thread


def mark_read(
    session: Session, *, application: Application, by_office: bool, actor: Actor, at: dt.datetime
) -> int:
    """Record that one side opened the other's messages, and give how many were new to it."""
    opened = session.execute(
        update(Message)
        .where(
            Message.application_id == application.id,
            Message.is_from_office.is_(not by_office),
            Message.read_at.is_(None),
        )
        .values(read_at=at)
        .execution_options(synchronize_session=False)
    )
    count = int(opened.rowcount)  # type: ignore[attr-defined]
    if count:
        _record(session, "read", application, actor, at, count=count)
    return count


def record_view(session: Session, *, application: Application, actor: Actor, at: dt.datetime) -> None:
    """Record that somebody in the office opened a thread."""
    _record(session, "show_staff", application, actor, at)


def record_download(
    session: Session, *, application: Application, file: MessageFile, actor: Actor, at: dt.datetime
) -> None:
    """Record that somebody in the office read a file of a message."""
    _record(session, "download_staff", application, actor, at, file=file.id, digest=file.digest)


def _send(
    session: Session,
    application: Application,
    verb: str,
    body: str,
    files: Sequence[StoredFile],
    is_from_office: bool,
    actor: Actor,
    at: dt.datetime,
) -> Message:
    thread = queries.find_thread(session, application.id, lock=True)
    if thread is None:
        thread = MessageThread(application_id=application.id, agency_id=application.posting.agency_id)
        session.add(thread)
    thread.last_at = at
    thread.waiting_since = None if is_from_office else thread.waiting_since or at
    session.flush()
    message = Message(
        id=new_id("msg"),
        application_id=application.id,
        author_id=str(actor.id),
        author_name=actor.name,
        is_from_office=is_from_office,
        body=body,
        salt=secrets.token_hex(16),
        sent_at=at,
        files=attach(session, files, at),
    )
    session.add(message)
    session.flush()
    digests = [file.digest for file in files]
    sealed = seal(message.salt, body)
    _record(session, verb, application, actor, at, message=message.id, seal=sealed, files=digests)
    return message


def _record(
    session: Session, verb: str, application: Application, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(
        session,
        f"recruitment.messages.{verb}",
        actor=actor,
        at=at,
        subject=application.id,
        agency_id=application.posting.agency_id,
        **details,
    )
