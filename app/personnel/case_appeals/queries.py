"""Reading appeals."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.case_appeals.models import CaseAppeal


def find_appeal(session: Session, case_id: str) -> CaseAppeal | None:
    """Find the appeal against the decision of a case."""
    return session.scalar(select(CaseAppeal).where(CaseAppeal.case_id == case_id))
