"""Requests for accommodations."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.accommodations.states import Need, RequestState
from app.exams.examinations.models import Candidate, Examination
from app.platform import constraints
from app.platform.db import Base
from app.platform.sentences import say
from app.platform.types import state_type


class Accommodation(Base):
    """One need of one candidate, with evidence; `extra_minutes` is what was granted of more time."""

    __tablename__ = "accommodations"
    __table_args__ = (
        UniqueConstraint("candidate_id", "need", name="uq_accommodations_need"),
        Index("ix_accommodations_examination", "examination_id", "state", "requested_at", "id"),
        CheckConstraint("(state IN ('granted', 'refused')) = (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_someone"),
        CheckConstraint("(decided_at IS NULL) = (reason IS NULL)", name="decided_with_reason"),
        CheckConstraint(
            "(need = 'extra_time' AND state = 'granted') = (extra_minutes IS NOT NULL)", name="minutes"
        ),
        CheckConstraint("(document_digest IS NULL) = (document_name IS NULL)", name="document_has_name"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidates.id"))
    need: Mapped[Need] = mapped_column(state_type(Need, "need"))
    grounds: Mapped[str]
    document_digest: Mapped[str | None] = mapped_column(String(64))
    document_name: Mapped[str | None] = mapped_column(String(200))
    document_type: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[RequestState] = mapped_column(state_type(RequestState, "state"))
    requested_at: Mapped[dt.datetime]
    extra_minutes: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(1000))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    examination: Mapped[Examination] = relationship(lazy="raise")
    decider: Mapped[Account | None] = relationship(lazy="raise")


constraints.declare("uq_accommodations_need", field="need", message=say("You have already asked for this."))
