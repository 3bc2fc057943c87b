"""How and when a notice came into the employee's hands."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.platform.db import Base
from app.platform.types import state_type


class Way(enum.Enum):
    """How a notice is delivered."""

    IN_PERSON = "in_person"
    COURIER = "courier"
    REGISTERED_MAIL = "registered_mail"
    ELECTRONIC = "electronic"

    @property
    def title(self) -> str:
        return {
            Way.IN_PERSON: "Handed over in person",
            Way.COURIER: "By courier, against signature",
            Way.REGISTERED_MAIL: "By registered mail",
            Way.ELECTRONIC: "Electronically, with a receipt",
        }[self]


class Delivery(Base):
    """The delivery of a case's notice; `proof` says what shows it."""

    __tablename__ = "case_deliveries"

    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"), primary_key=True)
    way: Mapped[Way] = mapped_column(state_type(Way, "way"))
    delivered_on: Mapped[dt.date]
    delivered_by: Mapped[str] = mapped_column(String(200))
    proof: Mapped[str] = mapped_column(String(1000))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]
    recorder: Mapped[Account] = relationship(lazy="raise")
