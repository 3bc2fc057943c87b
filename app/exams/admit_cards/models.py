"""The arrangements of an examination."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exams.examinations.models import Examination
from app.platform import constraints
from app.platform.db import Base


class Arrangement(Base):
    """Place and times of an examination; with `released_at`, candidates may take their admit cards."""

    __tablename__ = "exam_arrangements"
    __table_args__ = (CheckConstraint("starts_at >= doors_close_at", name="doors_close_first"),)

    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), primary_key=True)
    venue: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(500))
    doors_open_at: Mapped[dt.datetime]
    doors_close_at: Mapped[dt.datetime]
    starts_at: Mapped[dt.datetime]
    minutes: Mapped[int]
    bring: Mapped[str]
    released_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    released_at: Mapped[dt.datetime | None]
    examination: Mapped[Examination] = relationship(lazy="raise")


constraints.declare(
    "ck_exam_arrangements_doors_close_first",
    field="doors_close_at",
    message="The doors must close before the examination starts.",
)
