"""The groups that a trial of a list is compared by."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination
from app.exams.impact import queries
from app.exams.impact.rules import DIMENSIONS


def load_passing(session: Session, examination: Examination) -> list[tuple[str, Mapping[str, list[str]]]]:
    """Load the members of each group by title of the question, for questions that two groups answered."""
    found = [
        (title, queries.load_members(session, examination.id, name)) for name, title in DIMENSIONS.items()
    ]
    return [(title, members) for title, members in found if len(members) > 1]
