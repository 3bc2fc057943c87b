"""Lists that other offices keep, as their files give them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.platform import constraints
from app.platform.db import Base


class OutsideList(Base):
    """One eligible list from a file; `digest` names the file in the store."""

    __tablename__ = "outside_lists"
    __table_args__ = (
        UniqueConstraint("agency_id", "exam_no", "title_code", name="uq_outside_lists_exam"),
        CheckConstraint("names >= 1", name="names"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    exam_no: Mapped[str] = mapped_column(String(40))
    title_code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    published_on: Mapped[dt.date | None]
    established_on: Mapped[dt.date | None]
    anniversary_on: Mapped[dt.date | None]
    extension_on: Mapped[dt.date | None]
    terminated_on: Mapped[dt.date | None]
    names: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    imported_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    imported_at: Mapped[dt.datetime]
    agency: Mapped[Agency] = relationship(lazy="raise")
    importer: Mapped[Account] = relationship(lazy="raise")


class OutsideName(Base):
    """A name on an outside list; `place` is its list number in thousandths, as 112500 for 112.500.

    Somebody restored between two others has a number between theirs. `cells` are the other columns as the
    file gave them.
    """

    __tablename__ = "outside_names"
    __table_args__ = (CheckConstraint("place >= 1", name="place"),)

    list_id: Mapped[str] = mapped_column(ForeignKey("outside_lists.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    average: Mapped[str] = mapped_column(String(20))
    cells: Mapped[dict[str, Any]]


constraints.declare(
    "uq_outside_lists_exam", field="file", message="One of these lists was imported already for this agency."
)
