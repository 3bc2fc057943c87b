"""How things stand with somebody's competencies, in one line."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.personnel.competencies.queries import load_gaps
from app.personnel.employees.models import Employee


def say_gaps(session: Session, employee: Employee) -> str:
    """Say how many of the competencies that the position asks are met."""
    asked = [gap for gap in load_gaps(session, employee) if gap.asked is not None]
    if not asked:
        return "The position asks for none."
    met = sum(gap.missing == 0 for gap in asked)
    return f"{met} of {len(asked)} met."
