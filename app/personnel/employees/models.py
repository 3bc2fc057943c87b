"""The employees table: a person who serves or served, with or without an account to sign in with."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.personnel.employees.states import EmployeeState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class Employee(Base):
    """A person's service record; `agency_id` is where the person serves now, or served last."""

    __tablename__ = "employees"
    __table_args__ = (
        UniqueConstraint("number", name="uq_employees_number"),
        UniqueConstraint("account_id", name="uq_employees_account_id"),
        CheckConstraint("(state = 'separated') = (separated_on IS NOT NULL)", name="separated_iff_dated"),
        Index("ix_employees_agency_name", "agency_id", "name", "id"),
        Index("ix_employees_agency_number", "agency_id", "number"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    hired_on: Mapped[dt.date]
    separated_on: Mapped[dt.date | None]
    state: Mapped[EmployeeState] = mapped_column(state_type(EmployeeState, "state"))
    search_text: Mapped[str]
    agency: Mapped[Agency] = relationship(lazy="raise")


constraints.declare(
    "uq_employees_number", field="number", message="Another employee has this number. Try again."
)
constraints.declare(
    "uq_employees_account_id", field="email", message="This account already belongs to an employee."
)
