"""Representatives, requests for more time, and answers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.personnel.replies.states import Ground, MoreTimeState, ReplyKind, RepresentativeState
from app.platform.db import Base
from app.platform.types import state_type


class Representative(Base):
    """Who speaks for the employee in a case; refused only on a ground of the law, with the reason."""

    __tablename__ = "case_representatives"
    __table_args__ = (
        CheckConstraint("(state = 'refused') = (ground IS NOT NULL)", name="refused_iff_grounded"),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused_iff_reasoned"),
        Index(
            "uq_case_representatives_named",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'named'"),
            postgresql_where=text("state = 'named'"),
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"))
    name: Mapped[str] = mapped_column(String(200))
    organization: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(300))
    state: Mapped[RepresentativeState] = mapped_column(state_type(RepresentativeState, "state"))
    named_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    named_at: Mapped[dt.datetime]
    ground: Mapped[Ground | None] = mapped_column(state_type(Ground, "ground"))
    refusal: Mapped[str | None] = mapped_column(String(2000))
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[dt.datetime | None]


class MoreTime(Base):
    """A request for a longer time to answer, and whether the office agreed."""

    __tablename__ = "reply_extensions"
    __table_args__ = (
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided_iff_dated"),
        CheckConstraint("until_on > was_due_on", name="longer"),
        Index(
            "uq_reply_extensions_asked",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"))
    was_due_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(String(2000))
    state: Mapped[MoreTimeState] = mapped_column(state_type(MoreTimeState, "state"))
    asked_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime]
    answer: Mapped[str] = mapped_column(String(2000), default="")
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]


class Reply(Base):
    """What the employee answered: in writing, or heard by somebody who wrote down a summary."""

    __tablename__ = "case_replies"
    __table_args__ = (
        CheckConstraint("(kind = 'written') = (heard_by_name IS NULL)", name="heard_iff_spoken"),
        Index("ix_case_replies_case", "case_id", "given_on", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"))
    kind: Mapped[ReplyKind] = mapped_column(state_type(ReplyKind, "kind"))
    given_on: Mapped[dt.date]
    text: Mapped[str] = mapped_column(String(10000))
    heard_by_name: Mapped[str | None] = mapped_column(String(200))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]
