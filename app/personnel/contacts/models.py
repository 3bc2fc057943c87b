"""How an employee is reached at home, and who is told in an emergency."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import constraints
from app.platform.db import Base


class EmployeeContact(Base):
    """What an employee keeps up to date; empty texts where nothing is given.

    `address` is a line a line. The second person to tell comes after the first.
    """

    __tablename__ = "employee_contacts"
    __table_args__ = (
        CheckConstraint("(first_name = '') = (first_telephone = '')", name="first_is_whole"),
        CheckConstraint("(second_name = '') = (second_telephone = '')", name="second_is_whole"),
        CheckConstraint("second_name = '' OR first_name <> ''", name="first_before_second"),
    )

    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    telephone: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(600))
    first_name: Mapped[str] = mapped_column(String(200))
    first_relation: Mapped[str] = mapped_column(String(100))
    first_telephone: Mapped[str] = mapped_column(String(40))
    second_name: Mapped[str] = mapped_column(String(200))
    second_relation: Mapped[str] = mapped_column(String(100))
    second_telephone: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[dt.datetime]


constraints.declare(
    "pk_employee_contacts",
    field="",
    message="Your contacts were kept a moment ago. Open the page again.",
)
