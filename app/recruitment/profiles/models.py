"""What a person keeps for all applications, a row a section."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.db import Base


class Profile(Base):
    """A person's profile; its row is what writers of its sections lock."""

    __tablename__ = "profiles"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    started_at: Mapped[dt.datetime]
    saved_at: Mapped[dt.datetime]
    sections: Mapped[list[ProfileSection]] = relationship(lazy="raise", order_by="ProfileSection.section")


class ProfileSection(Base):
    """One section as its form cleaned it, in the shape that the same step of an application has.

    `writer` names the opened page that saved it last, so that a page knows its own savings from another's.
    """

    __tablename__ = "profile_sections"

    account_id: Mapped[str] = mapped_column(ForeignKey("profiles.account_id"), primary_key=True)
    section: Mapped[str] = mapped_column(String(40), primary_key=True)
    data: Mapped[dict[str, Any]]
    saved_at: Mapped[dt.datetime]
    writer: Mapped[str | None] = mapped_column(String(80))
