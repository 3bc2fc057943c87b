"""Alarms, and what was examined for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.alarms.states import AlarmState, Kind
from app.exams.examinations.models import Examination
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class AlarmRun(Base):
    """What of an examination was examined last: the digest covers answers, key, marks and attendance."""

    __tablename__ = "alarm_runs"
    __table_args__ = (CheckConstraint("length(inputs_digest) = 64", name="inputs_digest"),)

    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), primary_key=True)
    inputs_digest: Mapped[str] = mapped_column(String(64))
    ran_at: Mapped[dt.datetime]


class Alarm(Base):
    """A sign of a mix-up: what it is about (`subject`), why (`sentence`, `evidence`), and who cleared it.

    `fingerprint` is that of kind, subject and evidence: the same sign found again is the same alarm, and
    stays cleared. `imported_by` is who imported the answers; somebody else has to clear it.
    """

    __tablename__ = "alarms"
    __table_args__ = (
        Index("ix_alarms_examination", "examination_id", "state"),
        UniqueConstraint("examination_id", "fingerprint", name="uq_alarms_fingerprint"),
        CheckConstraint(
            "(state = 'cleared') = (cleared_by IS NOT NULL) AND (cleared_by IS NULL) = (reason IS NULL)",
            name="cleared",
        ),
        CheckConstraint(
            "imported_by IS NULL OR cleared_by IS NULL OR cleared_by <> imported_by", name="two_people"
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    kind: Mapped[Kind] = mapped_column(state_type(Kind, "kind"))
    subject: Mapped[str] = mapped_column(String(200))
    sentence: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(String(64))
    state: Mapped[AlarmState] = mapped_column(state_type(AlarmState, "state"))
    imported_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    raised_at: Mapped[dt.datetime]
    cleared_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    cleared_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    examination: Mapped[Examination] = relationship(lazy="raise")
    clearer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[cleared_by])


constraints.declare(
    "ck_alarms_two_people",
    field="reason",
    message="Somebody else than who imported the answers has to clear it.",
)
