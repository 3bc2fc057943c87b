"""What became of each publication of a list."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.merit_lists.models import MeritList
from app.exams.publications.states import PublicationState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

LIVE = "state <> 'undone'"


class Publication(Base):
    """One publication of a list: letters leave at `letters_at` unless it is undone before.

    `replaced_id` is the version that it superseded. `signed_name` and `signed_title` stand under the letters;
    `letters` counts those promised once they left.
    """

    __tablename__ = "publications"
    __table_args__ = (
        Index(
            "uq_publications_live",
            "list_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        CheckConstraint(
            "(state = 'undone') = (undone_at IS NOT NULL AND undone_by IS NOT NULL AND reason IS NOT NULL)",
            name="undone",
        ),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        CheckConstraint("letters_at >= published_at", name="held_forward"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"), index=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    replaced_id: Mapped[str | None] = mapped_column(ForeignKey("merit_lists.id"))
    state: Mapped[PublicationState] = mapped_column(state_type(PublicationState, "state"))
    published_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    published_at: Mapped[dt.datetime]
    signed_name: Mapped[str] = mapped_column(String(200))
    signed_title: Mapped[str] = mapped_column(String(200))
    letters_at: Mapped[dt.datetime]
    letters: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    undone_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    merit_list: Mapped[MeritList] = relationship(lazy="raise", foreign_keys=[list_id])
    publisher: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[published_by])
    undoer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[undone_by])


class ListPolicy(Base):
    """Whether an agency's public lists name people; without a row they show candidate numbers alone."""

    __tablename__ = "list_policies"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    shows_names: Mapped[bool]
    basis: Mapped[str] = mapped_column(Text)
    set_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]
    setter: Mapped[Account | None] = relationship(lazy="raise")


constraints.declare(
    "uq_publications_live", field="", message="This list was published at the same moment by someone else."
)
