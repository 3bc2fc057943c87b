"""What may be granted."""

from __future__ import annotations

from app.exams.accommodations.states import Need
from app.platform.errors import Invalid

LEAST_MINUTES, MOST_MINUTES = 5, 240


def check_minutes(need: Need, is_granted: bool, minutes: int | None) -> int | None:
    """Give the minutes of more time that was granted, None for all else, or raise Invalid."""
    if need is not Need.EXTRA_TIME or not is_granted:
        return None
    if minutes is None or not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise Invalid(extra_minutes=f"Enter how many minutes more, from {LEAST_MINUTES} to {MOST_MINUTES}.")
    return minutes
