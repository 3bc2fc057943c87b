"""Reading what in a profile answers the questions of a posting."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.recruitment.eligibility.models import EligibilityMatch


def load_matches(session: Session, question_ids: Collection[str]) -> dict[str, EligibilityMatch]:
    """Map each question that a profile answers to what answers it."""
    query = select(EligibilityMatch).where(EligibilityMatch.question_id.in_(question_ids))
    return {row.question_id: row for row in session.scalars(query)}
