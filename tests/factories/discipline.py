"""What surrounds a disciplinary case: answers to the factors, put in by direct inserts."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.penalty_factors.models import PenaltyFactor, Stage, Weight
from app.platform.ids import new_id

ANSWERED_AT = dt.datetime(2026, 11, 3, 14, 0, tzinfo=dt.UTC)


def answer_factors(
    session: Session, *, case_id: str, by: str, stage: Stage = Stage.PROPOSAL, but: int = 0
) -> None:
    """Insert an answer to each of the twelve factors, but to the one with a number."""
    for factor in range(1, 13):
        if factor != but:
            session.add(
                PenaltyFactor(
                    id=new_id("pfa"),
                    case_id=case_id,
                    stage=stage,
                    factor=factor,
                    weight=Weight.NEUTRAL,
                    answer=f"Weighed: {factor}.",
                    answered_by=by,
                    answered_at=ANSWERED_AT,
                )
            )
    session.flush()
