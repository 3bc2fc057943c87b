"""Mail: one recipient a message, sent by a worker, to a folder unless an SMTP server is named."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy.orm import Session

from app.platform import jobs, languages, storage
from app.platform.db import transaction
from app.platform.sentences import paragraphs, translate


class Mailer(Protocol):
    """Anything that can hand a message over."""

    def send(self, message: EmailMessage) -> None:
        """Hand the message over, or raise."""


class FolderMailer:
    """Writes each message as an .eml file; the default, so that nothing leaves by accident."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        (self.folder / f"{name}.eml").write_bytes(message.as_bytes())


class SmtpMailer:
    """Sends by `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://`."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)

    def send(self, message: EmailMessage) -> None:
        host, is_tls = self.parts.hostname or "localhost", self.parts.scheme == "smtps"
        maker = smtplib.SMTP_SSL if is_tls else smtplib.SMTP
        with maker(host, self.parts.port or (465 if is_tls else 25), timeout=30) as server:
            if not is_tls and "starttls" in (server.ehlo() and server.esmtp_features):
                server.starttls()
            if self.parts.username:
                server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
            server.send_message(message)


_mailer: Mailer | None = None
_sender = ""


def bind(mailer: Mailer, sender: str) -> None:
    """Make `mailer` and the sender's address the ones that this process uses."""
    global _mailer, _sender
    _mailer, _sender = mailer, sender


def bound() -> tuple[Mailer, str]:
    """Give the mailer and the sender's address that this process uses."""
    if _mailer is None:
        raise RuntimeError("No mailer is bound: call bind() first.")
    return _mailer, _sender


def promise(
    session: Session,
    *,
    key: str,
    to: str,
    subject: str,
    body: str | Sequence[str],
    at: dt.datetime,
    language: str | None = None,
    attachment: tuple[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Promise a message in this transaction; `attachment` is a PDF's file name and stored digest.

    Subject and body are said in the language that the person chose, else in English; a body of several
    texts has a paragraph for each.
    """
    language = language or languages.ENGLISH
    text = body if isinstance(body, str) else paragraphs(body, language)
    payload: dict[str, Any] = {
        "to": to,
        "subject": translate(subject, language),
        "body": text,
        "attachment": attachment,
    }
    if headers:
        payload["headers"] = dict(headers)
    jobs.enqueue(session, "platform.send_mail", key=f"mail:{key}", payload=payload, at=at)


@jobs.task("platform.send_mail")
def send_mail(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Send one promised message; its Message-ID is the job's id, so that a repeat can be recognised."""
    send_now(ticket.id, at=at, **ticket.payload)
    with transaction() as session:
        jobs.finish(session, ticket, at, forgets=True)


def send_now(
    message_id: str,
    *,
    to: str,
    subject: str,
    body: str,
    at: dt.datetime,
    attachment: list[str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Build the message and hand it over at once; for tasks only."""
    mailer, sender = bound()
    name, address = parseaddr(sender)
    message = EmailMessage()
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}@{address.partition('@')[2]}>"
    for header, value in (headers or {}).items():
        message[header] = value
    message.set_content(body)
    if attachment:
        filename, digest = attachment
        content = storage.current().get(digest)
        message.add_attachment(content, maintype="application", subtype="pdf", filename=filename)
    mailer.send(message)
