"""The figures of a workforce, from stretches of service: pure, so that each can be told in a sentence.

A stretch is a time during which nothing about a person changed. It holds from its first day until before its
end; an open one has no end. People on leave without pay and suspended people are on the rolls and count.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
OPEN = dt.date.max.toordinal()
# Years in a grade are told in these classes, by where each begins.
GRADE_YEARS = (0, 1, 2, 3, 5, 10, 15)
# Years of service likewise.
SERVICE_YEARS = (0, 1, 5, 10, 15, 20, 25, 30)
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of somebody's service; `until` is the first day on which it no longer holds, None if open."""

    employee_id: str
    since: dt.date
    until: dt.date | None
    grade: str
    agency: str = ""
    holds_post: bool = True


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the establishment holds it; `ended_on` is the first day on which there is none, or None."""

    since: dt.date
    ended_on: dt.date | None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """What happened in a calendar year; `average` is the mean of the headcounts at its months' ends."""

    year: int
    joined: int
    left: int
    average: float

    @property
    def turnover(self) -> float | None:
        """Give those who left in percent of the average headcount; None where nobody served."""
        return 100 * self.left / self.average if self.average else None


def year_ends(until: dt.date, years: int) -> list[dt.date]:
    """Give the last days of so many years before that of `until`, and `until` itself at the end."""
    return [*(dt.date(year, 12, 31) for year in range(until.year - years, until.year)), until]


def count_on(spans: Iterable[tuple[dt.date, dt.date | None]], days: Sequence[dt.date]) -> list[int]:
    """Count on each of the days how many spans hold."""
    pairs = [(since.toordinal(), until.toordinal() if until else OPEN) for since, until in spans]
    if not pairs:
        return [0] * len(days)
    starts, ends = (np.sort(np.array(column, dtype=np.int64)) for column in zip(*pairs, strict=True))
    asked: Days = np.array([day.toordinal() for day in days], dtype=np.int64)
    began = np.searchsorted(starts, asked, side="right")
    over = np.searchsorted(ends, asked, side="right")
    return [int(count) for count in began - over]


def services(stretches: Sequence[Stretch]) -> list[tuple[str, dt.date, dt.date | None]]:
    """Join each person's stretches that follow without a gap: (person, first day, end or None), in order."""
    found: list[tuple[str, dt.date, dt.date | None]] = []
    for stretch in sorted(stretches, key=lambda one: (one.employee_id, one.since)):
        last = found[-1] if found else None
        if last and last[0] == stretch.employee_id and last[2] == stretch.since:
            found[-1] = (last[0], last[1], stretch.until)
        else:
            found.append((stretch.employee_id, stretch.since, stretch.until))
    return found


def by_year(stretches: Sequence[Stretch], until: dt.date, years: int) -> list[Year]:
    """Count who joined and left in each of the last years; the year of `until` goes as far as that day."""
    spans = services(stretches)
    joined = Counter(since.year for _, since, _ in spans if since <= until)
    last_days = [end - dt.timedelta(days=1) for _, _, end in spans if end]
    left = Counter(day.year for day in last_days if day <= until)
    told = []
    for year in range(until.year - years, until.year + 1):
        ends = [dt.date(year, month, 1) - dt.timedelta(days=1) for month in range(2, 13)]
        ends = [day for day in (*ends, dt.date(year, 12, 31)) if day <= until] or [until]
        counts = count_on(((since, end) for _, since, end in spans), ends)
        told.append(Year(year, joined[year], left[year], sum(counts) / len(counts)))
    return told


def grade_spans(stretches: Sequence[Stretch]) -> list[tuple[dt.date, dt.date | None]]:
    """Give from when until before when grades were held without a break, person after person."""
    found: list[tuple[str, str, dt.date, dt.date | None]] = []
    for one in sorted(stretches, key=lambda one: (one.employee_id, one.since)):
        last = found[-1] if found else None
        if last and last[:2] == (one.employee_id, one.grade) and last[3] == one.since:
            found[-1] = (*last[:3], one.until)
        else:
            found.append((one.employee_id, one.grade, one.since, one.until))
    return [(since, until) for _, _, since, until in found]


def years_in_grade(stretches: Sequence[Stretch], on: dt.date) -> list[float]:
    """Give for how many years each person in service on a day has held the grade without a break."""
    return held_for(grade_spans(stretches), on)


def held_for(spans: Iterable[tuple[dt.date, dt.date | None]], on: dt.date) -> list[float]:
    """Give for how many years each of the spans that hold on a day has held."""
    return [
        (on - since).days / DAYS_A_YEAR
        for since, until in spans
        if since <= on and (until is None or until > on)
    ]


def medians(
    spans: Sequence[tuple[dt.date, dt.date | None]], days: Sequence[dt.date], least: int
) -> list[float | None]:
    """Give on each day the median of the years for which spans have held; None of fewer than `least`."""
    held = [held_for(spans, day) for day in days]
    return [float(np.median(years)) if len(years) >= max(least, 1) else None for years in held]


def vacant_shares(
    posts: Sequence[Post], stretches: Sequence[Stretch], days: Sequence[dt.date]
) -> list[float | None]:
    """Give on each day the posts that nobody held, in percent of all; None where there were none."""
    established = count_on(((post.since, post.ended_on) for post in posts), days)
    held = count_on(((one.since, one.until) for one in stretches if one.holds_post), days)
    return [
        100 * max(count - taken, 0) / count if count else None
        for count, taken in zip(established, held, strict=True)
    ]


def years_served(stretches: Sequence[Stretch], on: dt.date) -> list[float]:
    """Give the years of service, breaks taken out, of each person in service on a day."""
    total: dict[str, int] = Counter()
    now = set()
    for person, since, end in services(stretches):
        if since <= on:
            last = min(end, on) if end else on
            total[person] += (last - since).days
            if end is None or end > on:
                now.add(person)
    return [total[person] / DAYS_A_YEAR for person in sorted(now)]


def classes(values: Iterable[float], begins: Sequence[int]) -> list[int]:
    """Count values in classes that begin where `begins` says; the last class has no end."""
    edges = np.array([*begins, np.inf])
    counts, _ = np.histogram(np.array(list(values), dtype=np.float64), bins=edges)
    return [int(count) for count in counts]


def class_names(begins: Sequence[int]) -> list[str]:
    """Name the classes in years: under 1, 1, 2, 3 to 4, 15 and more."""
    named = [
        str(first) if following == first + 1 else f"{first} to {following - 1}"
        for first, following in pairwise(begins)
    ]
    named[0] = f"under {begins[1]}"
    return [*named, f"{begins[-1]} and more"]
