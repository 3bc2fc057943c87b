"""Increases within the grade: when each falls due, what was found, and what was decided."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.employees.models import Employee
from app.personnel.within_grade.states import IncreaseState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class StepIncrease(Base):
    """One step of one person: `waiting_from` is the first day of the waiting period, `due_on` when pay rises.

    `is_acceptable` is what the supervisor found, `grounds` why; `reply_until` is the last day to ask that a
    denial be looked at again.
    """

    __tablename__ = "step_increases"
    __table_args__ = (
        UniqueConstraint("employee_id", "grade", "to_step", "waiting_from", name="uq_step_increases_once"),
        Index("ix_step_increases_agency", "agency_id", "state", "due_on"),
        CheckConstraint("to_step = from_step + 1", name="one_step"),
        CheckConstraint("waiting_from < due_on", name="order"),
        CheckConstraint("decided_by IS NULL OR decided_by <> determined_by", name="two_people"),
        CheckConstraint(
            "reconsidered_by IS NULL OR (reconsidered_by <> determined_by AND reconsidered_by <> decided_by)",
            name="third_person",
        ),
        CheckConstraint("(is_acceptable IS NULL) = (determined_by IS NULL)", name="determined"),
        CheckConstraint("state NOT IN ('granted', 'denied') OR decided_by IS NOT NULL", name="decided"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    grade: Mapped[str] = mapped_column(String(20))
    from_step: Mapped[int]
    to_step: Mapped[int]
    waiting_from: Mapped[dt.date]
    due_on: Mapped[dt.date]
    regime: Mapped[str] = mapped_column(String(60))
    state: Mapped[IncreaseState] = mapped_column(state_type(IncreaseState, "state"))
    found_at: Mapped[dt.datetime]
    is_acceptable: Mapped[bool | None]
    grounds: Mapped[str | None]
    determined_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    determined_at: Mapped[dt.datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    effective_on: Mapped[dt.date | None]
    reply_until: Mapped[dt.date | None]
    request: Mapped[str | None]
    requested_at: Mapped[dt.datetime | None]
    reconsidered_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    reconsidered_at: Mapped[dt.datetime | None]
    answer: Mapped[str | None]
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    determiner: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[determined_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    reconsiderer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[reconsidered_by])


constraints.declare("uq_step_increases_once", field="", message="This increase is listed already.")
constraints.declare(
    "ck_step_increases_two_people",
    field="",
    message="An increase is decided by someone other than who judged the work.",
)
constraints.declare(
    "ck_step_increases_third_person",
    field="",
    message="Who took part in a denial does not look at it again.",
)
