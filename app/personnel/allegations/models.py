"""Allegations, who was heard about them, and the files that were gathered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.allegations.states import AllegationState, Source
from app.personnel.employees.models import Employee
from app.platform.db import Base
from app.platform.types import state_type


class Allegation(Base):
    """What somebody is said to have done, and how it was looked into.

    `plan` is what the investigator sets out to do, `findings` what came of it, `closing_reason` why it was
    closed without a case.
    """

    __tablename__ = "allegations"
    __table_args__ = (
        UniqueConstraint("number", name="uq_allegations_number"),
        CheckConstraint(
            "state IN ('received', 'closed') OR investigator_id IS NOT NULL", name="investigator_named"
        ),
        CheckConstraint("state NOT IN ('reported', 'led_to_case') OR findings <> ''", name="findings_stand"),
        CheckConstraint("(state = 'closed') = (closing_reason IS NOT NULL)", name="closed_iff_reasoned"),
        CheckConstraint(
            "(state IN ('closed', 'led_to_case')) = (ended_at IS NOT NULL)", name="ended_iff_dated"
        ),
        CheckConstraint("due_on >= received_on", name="due_after_receipt"),
        Index("ix_allegations_agency", "agency_id", "recorded_at", "id"),
        Index("ix_allegations_employee", "employee_id"),
        Index("ix_allegations_investigator", "investigator_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    source: Mapped[Source] = mapped_column(state_type(Source, "source"))
    received_on: Mapped[dt.date]
    summary: Mapped[str] = mapped_column(String(4000))
    state: Mapped[AllegationState] = mapped_column(state_type(AllegationState, "state"))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]
    investigator_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    due_on: Mapped[dt.date | None]
    plan: Mapped[str] = mapped_column(String(4000), default="")
    findings: Mapped[str] = mapped_column(String(10000), default="")
    reported_at: Mapped[dt.datetime | None]
    closing_reason: Mapped[str | None] = mapped_column(String(4000))
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[dt.datetime | None]
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    recorder: Mapped[Account] = relationship(lazy="raise", foreign_keys=[recorded_by])
    investigator: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[investigator_id])
    interviews: Mapped[list[Interview]] = relationship(
        lazy="raise", order_by="Interview.held_on, Interview.id"
    )
    files: Mapped[list[AllegationFile]] = relationship(
        lazy="raise", order_by="AllegationFile.added_at, AllegationFile.id"
    )


class Investigator(Base):
    """Whoever was ever named to investigate an allegation, and when first: none of them decides on it."""

    __tablename__ = "allegation_investigators"
    __table_args__ = (Index("ix_allegation_investigators_account", "account_id"),)

    allegation_id: Mapped[str] = mapped_column(ForeignKey("allegations.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    named_at: Mapped[dt.datetime]


class Interview(Base):
    """Who was heard, when, and what they said."""

    __tablename__ = "allegation_interviews"
    __table_args__ = (Index("ix_allegation_interviews_allegation", "allegation_id", "held_on", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    allegation_id: Mapped[str] = mapped_column(ForeignKey("allegations.id"))
    held_on: Mapped[dt.date]
    person: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(4000))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]


class AllegationFile(Base):
    """A file gathered in an investigation, kept by its digest."""

    __tablename__ = "allegation_files"
    __table_args__ = (
        UniqueConstraint("allegation_id", "digest", name="uq_allegation_files_digest"),
        CheckConstraint("size > 0", name="size"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    allegation_id: Mapped[str] = mapped_column(ForeignKey("allegations.id"))
    title: Mapped[str] = mapped_column(String(200))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime]
