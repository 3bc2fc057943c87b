"""Who may be appointed where and from when, and how long probation lasts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.personnel.actions.states import Standing
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.states import PositionState
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class ProbationRule:
    """How many months of probation an appointment begins with, and where that is laid down."""

    months: int
    citation: str


# The first year of service. 5 CFR 315.801 said so until April 2025, when Executive Order 14284 put Civil
# Service Rule XI in the place of 5 CFR part 315, subpart H (both read 2026-11-22). A city or state that
# has a rule of its own passes it instead.
FIRST_YEAR = ProbationRule(
    months=12, citation="Civil Service Rule XI (5 CFR part 11), in the place of 5 CFR 315.801"
)


def probation_end(starts_on: dt.date, kind: AppointmentKind, rule: ProbationRule) -> dt.date | None:
    """Give the last day of probation, the day before the anniversary; None for kinds without one.

    In a month that lacks the day, the anniversary is the first of the next month: a year that begins on
    29 February ends on the last of the next February. Old rule: 5 CFR 315.804, read 2026-11-22.
    """
    if kind is not AppointmentKind.PROBATIONAL:
        return None
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + rule.months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    if starts_on.day > last:
        return dt.date(year, month + 1, last)
    return dt.date(year, month + 1, starts_on.day) - dt.timedelta(days=1)


def check_position(state: PositionState, *, number: str, is_occupied: bool) -> None:
    """Raise Conflict for a position that was abolished or that somebody holds."""
    if state is PositionState.ABOLISHED:
        raise Conflict(f"Position {number} was abolished. Nobody can be appointed to it.")
    if is_occupied:
        raise Conflict(f"Position {number} is occupied. That service has to end first.")


def check_person(held: str | None, *, is_signer: bool) -> None:
    """Raise Conflict when the person holds the position with number `held`, or is who appoints."""
    if is_signer:
        raise Conflict("You cannot appoint yourself. Another officer must do it.")
    if held is not None:
        raise Conflict(f"This person holds position {held}, and nobody holds two.")


def check_start(starts_on: dt.date, vacated_on: dt.date | None) -> None:
    """Raise Invalid for a start before the last incumbent's last day."""
    if vacated_on is not None and starts_on < vacated_on:
        raise Invalid(
            starts_on=f"The position was held until {write_date(vacated_on)}. Enter that day or a later one"
        )


def check_established(starts_on: dt.date, established_on: dt.date | None) -> None:
    """Raise Invalid for a start before the position was there."""
    if established_on is not None and starts_on < established_on:
        raise Invalid(starts_on=f"The position was established on {write_date(established_on)}, not before")


def check_return(standing: Standing, since: dt.date, starts_on: dt.date) -> None:
    """Raise Invalid for a start in an earlier service, which ends with a standing since a day."""
    if standing is not Standing.SEPARATED:
        raise Invalid(starts_on="This person's earlier service has no end on record")
    if starts_on < since:
        raise Invalid(
            starts_on="This person's earlier service lasts until the day before "
            f"{write_date(since)}. Enter that day or a later one"
        )


def check_live(ended_on: dt.date | None) -> None:
    """Raise Conflict for an appointment that has ended."""
    if ended_on is not None:
        raise Conflict("This appointment has ended already.")


def check_entry(entered_on: dt.date | None, bars: Sequence[str]) -> None:
    """Raise Conflict when the entry on duty is recorded already, or with the first thing against it."""
    if entered_on is not None:
        raise Conflict(f"This person entered on duty on {write_date(entered_on)}.")
    for sentence in bars:
        raise Conflict(sentence)


def check_entry_day(starts_on: dt.date, entered_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a day of entry before the first day of the appointment, or one still to come."""
    if entered_on < starts_on:
        raise Invalid(entered_on="The day must not be before the first day of the appointment")
    if entered_on > today:
        raise Invalid(entered_on="The day must be today or earlier")
