"""How and when a notice, and then the decision, came into the employee's hands."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

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


class _HandedOver:
    """What is recorded of a letter that was handed over; `proof` says what shows it."""

    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"), primary_key=True)
    way: Mapped[Way] = mapped_column(state_type(Way, "way"))
    delivered_on: Mapped[dt.date]
    delivered_by: Mapped[str] = mapped_column(String(200))
    proof: Mapped[str] = mapped_column(String(1000))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]

    @declared_attr
    def recorder(cls) -> Mapped[Account]:  # noqa: N805 - called with the class
        return relationship(Account, lazy="raise")


class Delivery(_HandedOver, Base):
    """The delivery of a case's notice."""

    __tablename__ = "case_deliveries"


class DecisionDelivery(_HandedOver, Base):
    """The delivery of a case's decision: the time to contest it may run from this day."""

    __tablename__ = "decision_deliveries"
