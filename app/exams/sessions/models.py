"""Shifts and sessions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exams.centres.models import Room
from app.exams.examinations.models import Examination
from app.platform import constraints
from app.platform.db import Base


class Shift(Base):
    """A time at which part of an examination's candidates are examined, in one room or several."""

    __tablename__ = "exam_shifts"
    __table_args__ = (
        UniqueConstraint("examination_id", "name", name="uq_exam_shifts_name"),
        CheckConstraint("doors_open_at < doors_close_at", name="doors_open_first"),
        CheckConstraint("doors_close_at <= starts_at", name="doors_close_first"),
        CheckConstraint("starts_at < ends_at", name="starts_first"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    name: Mapped[str] = mapped_column(String(60))
    doors_open_at: Mapped[dt.datetime]
    doors_close_at: Mapped[dt.datetime]
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]


class ExamSession(Base):
    """One shift in one room; an apart one is kept for people who need a room of their own or more time."""

    __tablename__ = "exam_sessions"
    __table_args__ = (
        UniqueConstraint("shift_id", "room_id", name="uq_exam_sessions_room"),
        CheckConstraint("capacity >= 1", name="capacity"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), index=True)
    shift_id: Mapped[str] = mapped_column(ForeignKey("exam_shifts.id"))
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"), index=True)
    capacity: Mapped[int]
    is_apart: Mapped[bool]
    examination: Mapped[Examination] = relationship(lazy="raise")
    shift: Mapped[Shift] = relationship(lazy="raise")
    room: Mapped[Room] = relationship(lazy="raise")


constraints.declare("uq_exam_shifts_name", field="name", message="Another shift has this name.")
constraints.declare(
    "uq_exam_sessions_room", field="room_id", message="This room is already used in this shift."
)
