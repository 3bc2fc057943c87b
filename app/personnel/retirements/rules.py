"""The first day on which age and service let somebody retire, and how many come to it when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.personnel.retirements.regimes import LEAST_AGE_AT_ENTRY, MONTHS_A_YEAR, MOST_AGE, System, Way
from app.platform.calendars import add_months
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

DAY = dt.timedelta(days=1)
# Retirements are told of for so many years ahead; 0 is those who may retire already.
HORIZONS = (0, 1, 3, 5)


@dataclass(frozen=True, slots=True)
class Reached:
    """A way into retirement with the earliest last day of service by it."""

    way: Way
    on: dt.date


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody in service: where, in which grade, and from when full and reduced retirement is open.

    Days are None where no way leads there, or the date of birth is not held (`is_known`).
    """

    agency: str
    grade: str
    is_known: bool
    full_on: dt.date | None
    reduced_on: dt.date | None


def completed_on(first: dt.date, months: int) -> dt.date:
    """Give the last day of so many months that begin with a day.

    Years are completed and ages are reached with it. Who was born on 29 February reaches an age on the 28th,
    in a leap year too: the day before the birthday, which in other years is taken to be 1 March.
    """
    end = add_months(first, months)
    return end if end.day < first.day else end - DAY


def list_ways(system: System, *, born_on: dt.date, joined_on: dt.date, since: dt.date) -> list[Reached]:
    """List the ways into retirement that are open to a person, the earliest first.

    `since` is the day on which a service as long as the one that counts would have begun without breaks.
    """
    found = [
        Reached(
            way,
            max(
                completed_on(born_on, way.months(born_on.year)),
                completed_on(since, way.service_years * MONTHS_A_YEAR),
            ),
        )
        for way in system.ways
        if way.joined_from <= joined_on < way.joined_before
    ]
    return sorted(found, key=lambda one: (one.on, one.way.is_reduced))


def earliest_retirement_on(
    system: System, *, born_on: dt.date, joined_on: dt.date, since: dt.date, is_reduced: bool = False
) -> dt.date | None:
    """Give the first day that may be the last of service, by the full ways or those that give less."""
    ways = list_ways(system, born_on=born_on, joined_on=joined_on, since=since)
    return next((one.on for one in ways if one.way.is_reduced is is_reduced), None)


def check_birth(born_on: dt.date, entered_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a date of birth that cannot be, by the day on which service began."""
    if born_on >= today:
        raise Invalid(born_on="The date of birth must lie in the past")
    if add_months(born_on, LEAST_AGE_AT_ENTRY * MONTHS_A_YEAR) > entered_on:
        raise Invalid(
            born_on=f"Service began on {write_date(entered_on)}, before the age of {LEAST_AGE_AT_ENTRY}. "
            "Look at the year again"
        )
    if add_months(born_on, MOST_AGE * MONTHS_A_YEAR) < today:
        raise Invalid(born_on=f"This is more than {MOST_AGE} years ago. Look at the year again")


def demand_other(actor_id: str | None, account_id: str | None) -> None:
    """Raise Conflict for somebody who would enter the own date of birth."""
    if actor_id is not None and actor_id == account_id:
        raise Conflict("Your own date of birth is entered by somebody else.")


def count_due(people: Sequence[Due], on: dt.date, *, by: str) -> dict[str, list[int]]:
    """Count, by agency or grade, who may retire in full by the end of each horizon or before."""
    ends = [add_months(on, years * MONTHS_A_YEAR) for years in HORIZONS]
    counts: dict[str, list[int]] = {getattr(one, by): [0] * len(ends) for one in people}
    for one in people:
        if one.full_on is not None:
            row = counts[getattr(one, by)]
            for place, end in enumerate(ends):
                row[place] += one.full_on <= end
    return dict(sorted(counts.items()))


def count_years(people: Sequence[Due], on: dt.date, years: int) -> dict[str, list[int]]:
    """Count by agency who first may retire in each calendar year, from that of a day on."""
    counts: dict[str, list[int]] = {one.agency: [0] * years for one in people}
    for one in people:
        if one.full_on is not None and on < one.full_on and one.full_on.year < on.year + years:
            counts[one.agency][one.full_on.year - on.year] += 1
    return dict(sorted(counts.items()))


def hide_small(
    counts: Mapping[str, Sequence[int]], least: int, *, is_growing: bool
) -> dict[str, list[int | None]]:
    """Give the counts without those of few people, None in their place.

    Where the counts of a row grow, the difference to the last one shown must not be few people either. A
    lone hidden count of a column could be told from the column's total, so the smallest other goes with it.
    """
    shown = {group: _row(row, least, is_growing=is_growing) for group, row in counts.items()}
    for place in range(max((len(row) for row in counts.values()), default=0)):
        hidden = [group for group in shown if shown[group][place] is None]
        others = sorted(
            (row[place], group) for group, row in counts.items() if row[place] and group not in hidden
        )
        if hidden and others and (len(hidden) == 1 or sum(counts[group][place] for group in hidden) < least):
            shown[others[0][1]][place] = None
    return shown


def _row(row: Sequence[int], least: int, *, is_growing: bool) -> list[int | None]:
    shown: list[int | None] = []
    before = 0
    for count in row:
        told = count - before if is_growing else count
        if told == 0 or told >= least:
            shown.append(count)
            before = count
        else:
            shown.append(None)
    return shown
