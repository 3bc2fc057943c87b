"""The columns that lists were ranked from, and the trials that were kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.merit_lists.models import MeritList
from app.platform.db import Base


class ListColumns(Base):
    """Where the marks, claims and attributes that a list was ranked from are stored, by their own digest."""

    __tablename__ = "list_columns"

    list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))


class Sandbox(Base):
    """A trial that was kept: what was tried, why, by whom, and what came out.

    `changes` holds the weights, minimums and vacancies as they were typed. `rulebook_digest` and `digest` are
    those of the rulebook and the list tried: never those of a real one.
    """

    __tablename__ = "sandboxes"
    __table_args__ = (
        Index("ix_sandboxes_list", "list_id", "kept_at", "id"),
        CheckConstraint("entering >= 0 AND leaving >= 0 AND passed >= 0", name="counts"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    purpose: Mapped[str] = mapped_column(Text)
    changes: Mapped[dict[str, Any]]
    rulebook_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    passed: Mapped[int]
    entering: Mapped[int]
    leaving: Mapped[int]
    kept_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    kept_at: Mapped[dt.datetime]
    merit_list: Mapped[MeritList] = relationship(lazy="raise")
    keeper: Mapped[Account | None] = relationship(lazy="raise")
