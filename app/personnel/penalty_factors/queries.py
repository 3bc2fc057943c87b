"""Reading what was said to the factors."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.penalty_factors.models import PenaltyFactor, Stage


def map_answers(session: Session, case_id: str, stage: Stage) -> dict[int, PenaltyFactor]:
    """Give the answers of a stage by the number of the factor, in order."""
    found = select(PenaltyFactor).where(PenaltyFactor.case_id == case_id, PenaltyFactor.stage == stage)
    return {row.factor: row for row in session.scalars(found.order_by(PenaltyFactor.factor))}
