"""Incidents and the candidates they touched."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Candidate, Examination
from app.exams.incidents.states import IncidentKind, IncidentState, Remedy
from app.exams.sessions.models import ExamSession
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class Incident(Base):
    """What went wrong in a session, or (without one) in the whole examination, and its remedy."""

    __tablename__ = "incidents"
    __table_args__ = (
        Index("ix_incidents_examination", "examination_id", "state", "happened_at", "id"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint(
            "state = 'reported' OR (remedy IS NOT NULL AND proposal IS NOT NULL AND proposed_at IS NOT NULL)",
            name="proposed",
        ),
        CheckConstraint("(state = 'decided') = (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("minutes IS NULL OR minutes >= 1", name="minutes"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    session_id: Mapped[str | None] = mapped_column(ForeignKey("exam_sessions.id"), index=True)
    kind: Mapped[IncidentKind] = mapped_column(state_type(IncidentKind, "kind"))
    happened_at: Mapped[dt.datetime]
    description: Mapped[str]
    state: Mapped[IncidentState] = mapped_column(state_type(IncidentState, "state"))
    reported_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    reported_at: Mapped[dt.datetime]
    remedy: Mapped[Remedy | None] = mapped_column(state_type(Remedy, "remedy"))
    minutes: Mapped[int | None]
    proposal: Mapped[str | None]
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime | None]
    decision: Mapped[str | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    examination: Mapped[Examination] = relationship(lazy="raise")
    session: Mapped[ExamSession | None] = relationship(lazy="raise")
    reporter: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[reported_by])
    proposer: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[proposed_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    people: Mapped[list[IncidentPerson]] = relationship(lazy="raise")


class IncidentPerson(Base):
    """A candidate whom an incident touched."""

    __tablename__ = "incident_people"

    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"), primary_key=True, index=True)
    candidate: Mapped[Candidate] = relationship(lazy="raise")


constraints.declare(
    "ck_incidents_two_people",
    field="",
    message="A remedy is decided by someone other than who proposed it.",
)
