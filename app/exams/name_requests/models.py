"""Requests of agencies for names."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.certificates.models import Certificate
from app.exams.merit_lists.models import MeritList
from app.exams.name_requests.states import RequestState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type
from app.recruitment.requisitions.models import Requisition

ASKED = "state = 'asked'"


class NameRequest(Base):
    """What an appointing authority asks of HR: names from a list for vacancies of a requisition."""

    __tablename__ = "name_requests"
    __table_args__ = (
        Index(
            "uq_name_requests_asked",
            "requisition_id",
            unique=True,
            sqlite_where=text(ASKED),
            postgresql_where=text(ASKED),
        ),
        Index("ix_name_requests_agency", "agency_id", "state", "asked_at"),
        CheckConstraint("vacancies >= 1", name="vacancies"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        CheckConstraint(f"({ASKED}) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'accepted') = (certificate_id IS NOT NULL)", name="accepted"),
        CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name="refused"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    requisition_id: Mapped[str] = mapped_column(ForeignKey("requisitions.id"))
    merit_list_id: Mapped[str] = mapped_column(ForeignKey("merit_lists.id"))
    vacancies: Mapped[int]
    note: Mapped[str]
    state: Mapped[RequestState] = mapped_column(state_type(RequestState, "state"))
    asked_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    certificate_id: Mapped[str | None] = mapped_column(ForeignKey("certificates.id"))
    agency: Mapped[Agency] = relationship(lazy="raise")
    requisition: Mapped[Requisition] = relationship(lazy="raise")
    merit_list: Mapped[MeritList] = relationship(lazy="raise")
    asker: Mapped[Account] = relationship(lazy="raise", foreign_keys=[asked_by])
    certificate: Mapped[Certificate | None] = relationship(lazy="raise")


constraints.declare(
    "uq_name_requests_asked",
    field="requisition_id",
    message="Names for this requisition were asked for already. Wait for the answer.",
)
constraints.declare(
    "ck_name_requests_two_people", field="", message="A request is answered by someone other than who asked."
)
