"""What a course is described by, and how long a certificate of it counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from app.platform.calendars import add_months
from app.platform.errors import Invalid

MINUTES = 60
# A course of more hours than a year of work is a typing error.
MOST_HOURS = 2000


@dataclass(frozen=True, slots=True)
class CourseValues:
    """A course as an officer describes it."""

    code: str
    title: str
    provider: str
    summary: str
    hours: Decimal
    valid_months: int | None = None
    pass_mark: int | None = None
    is_shared: bool = False

    @property
    def minutes(self) -> int:
        """Give the length in whole minutes, or raise Invalid."""
        minutes = self.hours * MINUTES
        if minutes != minutes.to_integral_value() or not 0 < self.hours <= MOST_HOURS:
            raise Invalid(hours="Enter the hours so that they make whole minutes, such as 1.5 or 7.75.")
        return int(minutes)

    @property
    def search_text(self) -> str:
        return f"{self.code} {self.title} {self.provider}".casefold()


def expires_on(completed_on: dt.date, valid_months: int | None) -> dt.date | None:
    """Give the last day on which a certificate counts; None where it counts for good."""
    return add_months(completed_on, valid_months) if valid_months else None


def told_hours(minutes: int) -> str:
    """Give a length in words: "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, MINUTES)
    parts = [f"{hours} hour{'s' if hours != 1 else ''}"] if hours else []
    if rest:
        parts.append(f"{rest} minute{'s' if rest != 1 else ''}")
    return " ".join(parts)
