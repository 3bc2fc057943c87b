"""What the law asks of each kind of flexible work, and whether a pattern keeps to it; see federal.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.personnel.flexible_work.states import Kind
from app.platform.calendars import add_months
from app.platform.errors import Conflict, Forbidden, Invalid

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
WEEK = len(DAYS)
FORTNIGHT = 2 * WEEK
LONGEST_DAY = 12 * 60
FULL_WEEK = 40 * 60
# The office's own: further ahead an end is no end, and the agreement is looked at again before.
MOST_END_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Law:
    """The rule of one kind; minutes are of a week."""

    citation: str
    says: str
    criteria: Mapping[str, str]
    terms: tuple[str, ...]
    authority_code: str
    keeps_hours: bool = False
    needs_away: bool = False
    needs_fewer_days: bool = False
    least_weekly: int = 0
    most_weekly: int = 0
    leave: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of flexible work, and the days of its clock."""

    name: str
    title: str
    laws: Mapping[Kind, Law]
    review_months: int
    remind_days: tuple[int, ...]
    most_months_ahead: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """The minutes of the ten days of two weeks, and on which days of the week one is away."""

    minutes: tuple[int, ...]
    away: tuple[str, ...] = field(default=())

    @property
    def weekly(self) -> int:
        """Give the minutes of a week, the mean of the two."""
        return sum(self.minutes) // 2

    def plain(self) -> dict[str, Any]:
        return {"minutes": list(self.minutes), "away": list(self.away)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Pattern:
        return cls(tuple(plain["minutes"]), tuple(plain["away"]))

    def lines(self) -> list[tuple[str, int, bool]]:
        """Give (day, minutes, whether away) of each day of the two weeks."""
        return [
            (
                f"{DAYS[place % WEEK]}, {'first' if place < WEEK else 'second'} week",
                minutes,
                self.is_away(place),
            )
            for place, minutes in enumerate(self.minutes)
        ]

    def is_away(self, place: int) -> bool:
        return DAYS[place % WEEK] in self.away and self.minutes[place] > 0


def _read(name: str) -> Rulebook:
    data = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
    laws = {kind: Law(**data[kind.value] | {"terms": tuple(data[kind.value]["terms"])}) for kind in Kind}
    clock = data["clock"]
    return Rulebook(
        data["name"],
        data["title"],
        laws,
        clock["review_months"],
        tuple(clock["remind_days"]),
        clock["most_months_ahead"],
    )


RULEBOOKS: Mapping[str, Rulebook] = {"federal": _read("federal")}
USUAL = "federal"


def make_pattern(first: Sequence[int | None], second: Sequence[int | None], away: Collection[str]) -> Pattern:
    """Make a pattern of two weeks; a second week without any hours is like the first."""
    one = [minutes or 0 for minutes in first]
    two = [minutes or 0 for minutes in second] if any(second) else one
    return Pattern((*one, *two), tuple(day for day in DAYS if day in away))


def check_pattern(law: Law, pattern: Pattern, weekly_now: int) -> None:
    """Raise Invalid for a pattern that the law of its kind does not allow."""
    if any(not 0 <= minutes <= LONGEST_DAY for minutes in pattern.minutes):
        raise Invalid(hours="A day has at most twelve hours.")
    if sum(pattern.minutes) == 0 or sum(pattern.minutes) % 2:
        raise Invalid(hours="Enter the hours of each day of work.")
    if law.keeps_hours and pattern.weekly != weekly_now:
        raise Invalid(hours=f"The hours must make {told(weekly_now)} a week, as now ({law.citation}).")
    if law.needs_fewer_days and sum(minutes > 0 for minutes in pattern.minutes) >= FORTNIGHT:
        raise Invalid(hours=f"The hours of two weeks must lie on fewer than ten days ({law.citation}).")
    if law.needs_away and not any(pattern.is_away(place) for place in range(FORTNIGHT)):
        raise Invalid(away="Select a day of work on which you work away from the office.")
    if law.most_weekly and not law.least_weekly <= pattern.weekly <= law.most_weekly:
        raise Invalid(
            hours=f"Part time is {told(law.least_weekly)} to {told(law.most_weekly)} a week ({law.citation})."
        )
    if law.most_weekly and pattern.weekly == weekly_now:
        raise Invalid(hours="These are the hours of now.")


def check_dates(book: Rulebook, starts_on: dt.date, ends_on: dt.date | None, today: dt.date) -> None:
    """Raise Invalid for days that have passed, lie too far ahead, or are out of order."""
    if starts_on < today:
        raise Invalid(starts_on="The first day must not be in the past.")
    if starts_on > add_months(today, book.most_months_ahead):
        raise Invalid(starts_on=f"Ask for it within {book.most_months_ahead} months of its first day.")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(ends_on="The last day must not be before the first.")


def check_decision(law: Law, met: Collection[str], *, grants: bool, reason: str) -> dict[str, bool]:
    """Give what was found on each criterion; Invalid for an agreement without all of them, or no reasons."""
    if not reason.strip():
        raise Invalid(reason="Enter the reasons: the person reads them.")
    found = {name: name in met for name in law.criteria}
    if grants and not all(found.values()):
        raise Invalid(met="It can be agreed only when every criterion is met.")
    if not grants and all(found.values()):
        raise Invalid(met="Every criterion is met, so there is no ground to refuse it.")
    return found


def check_review(book: Rulebook, review_on: dt.date, after: dt.date) -> None:
    """Raise Invalid for a review that comes too late, or not after the beginning."""
    if not after < review_on <= add_months(after, book.review_months):
        raise Invalid(review_on=f"Look at it together within {book.review_months} months.")


def demand_other(actor_id: str | None, requested_by: str, own_account: str | None) -> None:
    """Raise Forbidden for who asked for it."""
    if actor_id is None or actor_id in (requested_by, own_account):
        raise Forbidden("Somebody other than who asked decides.")


def check_end(ended_on: dt.date, starts_on: dt.date, today: dt.date, ends_on: dt.date | None = None) -> None:
    """Raise Invalid or Conflict for a last day that cannot be: an end shortens what was agreed."""
    if starts_on > today and ended_on < starts_on:
        raise Conflict("It has not begun. Name a last day on or after its first.")
    if ended_on < max(starts_on, today):
        raise Invalid(ended_on="The last day must not be in the past.")
    if ends_on is not None and ended_on > ends_on:
        raise Invalid(ended_on="It was agreed for a time. The last day must not be after the one agreed.")
    if ended_on > add_months(max(starts_on, today), MOST_END_MONTHS):
        raise Invalid(ended_on=f"Name a last day within {MOST_END_MONTHS} months.")


def reminder(book: Rulebook, review_on: dt.date, today: dt.date) -> int | None:
    """Give which reminder is to have been sent by today, in days before the review; None before the first."""
    left = (review_on - today).days
    return min((days for days in book.remind_days if left <= days), default=None)


def told(minutes: int) -> str:
    """Give working time in words: "8 hours 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours or not rest else []
    return " ".join([*parts, f"{rest} minutes"] if rest else parts)
