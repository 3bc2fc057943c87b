"""Requests for names from several lists, and the certificates that serve them in order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.exams.certificates.models import Certificate
from app.platform.db import Base
from app.recruitment.requisitions.models import Requisition


class JointRequest(Base):
    """Names asked for from several lists for one requisition; `order` is the name of the order of lists."""

    __tablename__ = "joint_requests"
    __table_args__ = (CheckConstraint("vacancies >= 2", name="vacancies"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    requisition_id: Mapped[str] = mapped_column(ForeignKey("requisitions.id"), index=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    order: Mapped[str] = mapped_column(String(40))
    vacancies: Mapped[int]
    asked_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[dt.datetime]
    requisition: Mapped[Requisition] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    asker: Mapped[Account] = relationship(lazy="raise")
    parts: Mapped[list[JointPart]] = relationship(lazy="raise", order_by="JointPart.place")


class JointPart(Base):
    """A certificate that serves a joint request; `place` is that of its list in the order.

    `available` counts who of the list could be considered when names were asked for, `elsewhere` are the
    candidate numbers of its people who stood on an earlier list and are considered there.
    """

    __tablename__ = "joint_parts"
    __table_args__ = (
        UniqueConstraint("joint_id", "place", name="uq_joint_parts_place"),
        CheckConstraint("place >= 1", name="place"),
        CheckConstraint("available >= 1", name="available"),
    )

    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificates.id"), primary_key=True)
    joint_id: Mapped[str] = mapped_column(ForeignKey("joint_requests.id"))
    place: Mapped[int]
    available: Mapped[int]
    elsewhere: Mapped[list[Any]]
    certificate: Mapped[Certificate] = relationship(lazy="raise")
