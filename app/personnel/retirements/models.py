"""The employee_births table: a date of birth, apart from the record that everybody in the office reads."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base


class EmployeeBirth(Base):
    """When somebody was born, as the office saw it on a paper; `recorded_by` entered it last."""

    __tablename__ = "employee_births"
    __table_args__ = (Index("ix_employee_births_born_on", "born_on"),)

    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    born_on: Mapped[dt.date]
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]


constraints.declare(
    "pk_employee_births",
    field="born_on",
    message="A date of birth was entered a moment ago. Open the page again.",
)
