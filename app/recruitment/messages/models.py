"""Threads and messages: what was sent stays as it was sent."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.platform.db import Base
from app.recruitment.applications.models import Application


class MessageThread(Base):
    """The thread of one application; `waiting_since` is the first message that the office left unanswered."""

    __tablename__ = "message_threads"
    __table_args__ = (
        Index("ix_message_threads_waiting", "agency_id", "waiting_since", "application_id"),
        Index("ix_message_threads_last", "agency_id", "last_at", "application_id"),
    )

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    last_at: Mapped[dt.datetime]
    waiting_since: Mapped[dt.datetime | None]
    application: Mapped[Application] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")


class Message(Base):
    """One message; the ledger holds the SHA-256 of `salt` and body, so that no edit goes unseen.

    `read_at` is when the other side first opened it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_thread", "application_id", "sent_at", "id"),
        CheckConstraint("length(body) > 0", name="says_something"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("message_threads.application_id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    author_name: Mapped[str] = mapped_column(String(200))
    is_from_office: Mapped[bool]
    body: Mapped[str] = mapped_column(String(5000))
    salt: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[dt.datetime]
    read_at: Mapped[dt.datetime | None]
    files: Mapped[list[MessageFile]] = relationship(lazy="raise", order_by="MessageFile.id")


class MessageFile(Base):
    """A file that came with a message; `digest` names its content in the file store."""

    __tablename__ = "message_files"
    __table_args__ = (Index("ix_message_files_message", "message_id", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
