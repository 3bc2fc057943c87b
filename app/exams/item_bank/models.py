"""Items, their versions, and how they did in examinations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.examinations.models import Examination
from app.exams.item_bank.states import Difficulty, ItemState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class BankItem(Base):
    """A question that may be asked; `version` is its latest, `search_text` the folded text of that one."""

    __tablename__ = "bank_items"
    __table_args__ = (
        UniqueConstraint("agency_id", "code", name="uq_bank_items_code"),
        Index("ix_bank_items_subject", "agency_id", "subject", "difficulty"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    difficulty: Mapped[Difficulty] = mapped_column(state_type(Difficulty, "difficulty"))
    language: Mapped[str] = mapped_column(String(10))
    state: Mapped[ItemState] = mapped_column(state_type(ItemState, "state"))
    version: Mapped[int]
    search_text: Mapped[str]
    created_at: Mapped[dt.datetime]
    agency: Mapped[Agency] = relationship(lazy="raise")
    versions: Mapped[list[BankItemVersion]] = relationship(
        lazy="raise", order_by="BankItemVersion.version.desc()", back_populates="item"
    )


class BankItemVersion(Base):
    """One wording of an item with its options and key; never changed. `digest` covers all of it.

    `options` are `{"key": "A", "text": ...}` in order, `accepted` the keys of right ones.
    """

    __tablename__ = "bank_item_versions"
    __table_args__ = (
        UniqueConstraint("item_id", "version", name="uq_bank_item_versions_version"),
        CheckConstraint("reviewed_by IS NULL OR reviewed_by <> written_by", name="two_people"),
        CheckConstraint("(reviewed_by IS NULL) = (reviewed_at IS NULL)", name="reviewed"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("bank_items.id"))
    version: Mapped[int]
    stem: Mapped[str]
    options: Mapped[list[Any]]
    accepted: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))
    written_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    written_at: Mapped[dt.datetime]
    reviewed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[dt.datetime | None]
    item: Mapped[BankItem] = relationship(lazy="raise", back_populates="versions")
    writer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[written_by])
    reviewer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[reviewed_by])


class ItemUse(Base):
    """A version in an examination under the code it had there; figures come once the list is published.

    `people` answered the sheet, `right_people` chose a right option; `discrimination` is the correlation
    with the count of the other items that were right, empty where everybody or nobody was right.
    """

    __tablename__ = "bank_item_uses"
    __table_args__ = (
        CheckConstraint("right_people >= 0 AND right_people <= people", name="right"),
        CheckConstraint("(people IS NULL) = (right_people IS NULL)", name="figures"),
        Index("ix_bank_item_uses_examination_id", "examination_id"),
    )

    version_id: Mapped[str] = mapped_column(ForeignKey("bank_item_versions.id"), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    people: Mapped[int | None]
    right_people: Mapped[int | None]
    discrimination: Mapped[float | None]
    version: Mapped[BankItemVersion] = relationship(lazy="raise")
    examination: Mapped[Examination] = relationship(lazy="raise")


constraints.declare("uq_bank_items_code", field="code", message="Another item of the agency has this code.")
constraints.declare(
    "uq_bank_item_versions_version", field="", message="Somebody else changed this item at the same moment."
)
constraints.declare(
    "ck_bank_item_versions_two_people",
    field="",
    message="An item is reviewed by someone other than who wrote it.",
)
