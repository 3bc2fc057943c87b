"""Reading deliveries."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.personnel.deliveries.models import DecisionDelivery, Delivery


def find_delivery(session: Session, case_id: str) -> Delivery | None:
    """Find how the notice of a case was delivered, with who recorded it."""
    return session.scalar(
        select(Delivery).where(Delivery.case_id == case_id).options(joinedload(Delivery.recorder))
    )


def find_decision_delivery(session: Session, case_id: str) -> DecisionDelivery | None:
    """Find how the decision of a case was delivered, with who recorded it."""
    own = select(DecisionDelivery).where(DecisionDelivery.case_id == case_id)
    return session.scalar(own.options(joinedload(DecisionDelivery.recorder)))
