"""Who may decide on a remedy, and what a remedy must say."""

from __future__ import annotations

from app.exams.incidents.states import Remedy
from app.platform.errors import Conflict, Invalid

MOST_MINUTES = 240


def check_remedy(remedy: Remedy, minutes: int | None, people: int) -> int | None:
    """Give the minutes of a remedy of time, None for the others, or raise Invalid."""
    if remedy is Remedy.RESIT and not people:
        raise Invalid(remedy="Name who it touched first: nobody can sit again otherwise.")
    if remedy is not Remedy.EXTRA_TIME:
        return None
    if minutes is None or not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(minutes=f"Enter how many minutes were given, from 1 to {MOST_MINUTES}.")
    return minutes


def demand_second_person(actor_id: str | None, proposed_by: str | None) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this remedy, so a second person has to decide on it.")
