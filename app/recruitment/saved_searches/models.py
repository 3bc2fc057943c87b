"""Saved searches, how far each was told, and which vacancies it was told of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.saved_searches.states import Frequency, SearchState


class SavedSearch(Base):
    """A search under a name; `query` holds the parameters of the list's address."""

    __tablename__ = "saved_searches"
    __table_args__ = (
        Index("ix_saved_searches_account", "account_id", "state", "id"),
        Index("ix_saved_searches_state", "state", "id"),
        CheckConstraint("(state = 'deleted') = (deleted_at IS NOT NULL)", name="deleted"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(100))
    query: Mapped[dict[str, Any]]
    frequency: Mapped[Frequency] = mapped_column(state_type(Frequency, "frequency"))
    state: Mapped[SearchState] = mapped_column(state_type(SearchState, "state"))
    created_at: Mapped[dt.datetime]
    deleted_at: Mapped[dt.datetime | None]

    account: Mapped[Account] = relationship(lazy="raise")
    mark: Mapped[SearchMark] = relationship(lazy="raise", cascade="all, delete-orphan")


class SearchMark(Base):
    """How far a search was looked through: the newest entry's key seen, and when mail last went out.

    `first_key` is what stood when the search was saved or taken up again: nothing up to it is mailed.
    """

    __tablename__ = "saved_search_marks"

    search_id: Mapped[str] = mapped_column(
        ForeignKey("saved_searches.id", ondelete="CASCADE"), primary_key=True
    )
    first_key: Mapped[int] = mapped_column(BigInteger)
    seen_key: Mapped[int] = mapped_column(BigInteger)
    mailed_at: Mapped[dt.datetime | None]


class SearchAlert(Base):
    """That a search was told of a posting: the key makes it once."""

    __tablename__ = "saved_search_alerts"

    search_id: Mapped[str] = mapped_column(
        ForeignKey("saved_searches.id", ondelete="CASCADE"), primary_key=True
    )
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"), primary_key=True)
    told_at: Mapped[dt.datetime]
