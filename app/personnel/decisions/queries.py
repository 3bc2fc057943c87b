"""Reading decisions."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.personnel.decisions.models import Decision


def find_decision(session: Session, case_id: str) -> Decision | None:
    """Find the decision of a case, with its findings, letter and who decided."""
    return session.scalar(
        select(Decision)
        .where(Decision.case_id == case_id)
        .options(
            selectinload(Decision.findings),
            joinedload(Decision.notice),
            joinedload(Decision.decider),
            joinedload(Decision.officer),
        )
    )
