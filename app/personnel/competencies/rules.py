"""How far a person is from what the position asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.platform.calendars import add_months
from app.platform.errors import Forbidden, Invalid

LEVELS = range(1, 6)
DAY = dt.timedelta(days=1)
# Found to have none of it.
NONE = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """One competency of one person; levels are None where nothing is asked or was found yet."""

    competency_id: str
    name: str
    asked: int | None
    found: int | None
    own: int | None = None

    @property
    def missing(self) -> int | None:
        """Give how many levels are missing, 0 where none is; None where nothing was found yet."""
        if self.asked is None or self.found is None:
            return None
        return max(self.asked - self.found, 0)

    @property
    def says(self) -> str:
        if self.asked is None:
            return "Not asked by the position"
        if self.missing is None:
            return "Not assessed yet"
        if self.missing == 0:
            return "Met"
        return f"{self.missing} {'level' if self.missing == 1 else 'levels'} missing"

    @property
    def colour(self) -> str:
        if self.missing is None:
            return "grey"
        return "red" if self.missing else "green"


@dataclass(frozen=True, slots=True)
class Tally:
    """One competency, or one agency with all of them, over the people whose positions ask for it."""

    name: str
    asked: int
    met: int
    below: int

    @property
    def unassessed(self) -> int:
        return self.asked - self.met - self.below


def tally(rows: Sequence[tuple[str, int, int | None]]) -> list[Tally]:
    """Count by name: rows are (name, level asked, level found or None), in any order."""
    counts: dict[str, list[int]] = {}
    for name, asked, found in rows:
        count = counts.setdefault(name, [0, 0, 0])
        count[0] += 1
        if found is not None:
            count[1 if found >= asked else 2] += 1
    return [Tally(name, *counts[name]) for name in sorted(counts)]


@dataclass(frozen=True, slots=True)
class Seat:
    """A time in which somebody sat on a post of a class; `until` is the first day after, None if open."""

    employee_id: str
    agency: str
    class_code: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Skills:
    """What is asked and what was found, over time.

    `asked` gives (competency, level) by agency and class, as it is asked now; `found` the days and levels by
    person and competency, in order.
    """

    seats: Sequence[Seat]
    asked: Mapping[tuple[str, str], Sequence[tuple[str, int]]]
    found: Mapping[tuple[str, str], Sequence[tuple[dt.date, int]]]

    def on(self, day: dt.date) -> list[tuple[str, str, int, int | None]]:
        """Give (agency, competency, level asked, level found or None) of everybody who served on a day."""
        return [
            (seat.agency, name, level, self._level(seat.employee_id, name, day))
            for seat in self.seats
            if seat.since <= day and (seat.until is None or seat.until > day)
            for name, level in self.asked.get((seat.agency, seat.class_code), ())
        ]

    def _level(self, employee_id: str, name: str, day: dt.date) -> int | None:
        known = self.found.get((employee_id, name), ())
        return next((level for found_on, level in reversed(known) if found_on <= day), None)


def quarter_ends(until: dt.date, quarters: int) -> list[dt.date]:
    """Give the last days of so many quarters before that of `until`, and `until` itself at the end."""
    begins = dt.date(until.year, (until.month - 1) // 3 * 3 + 1, 1)
    return [*(add_months(begins, -3 * back) - DAY for back in range(quarters - 1, -1, -1)), until]


def check_anchors(anchors: Mapping[int, str]) -> dict[int, str]:
    """Give the anchors without blanks, or raise Invalid when one below the highest is missing."""
    given = {level: text.strip() for level, text in anchors.items() if text.strip()}
    if not given:
        raise Invalid(anchor_1="Say what somebody at level 1 does.")
    missing = [level for level in range(1, max(given) + 1) if level not in given]
    if missing:
        raise Invalid(**{f"anchor_{level}": f"Say what somebody at level {level} does." for level in missing})
    return dict(sorted(given.items()))


def demand_other(actor_id: str | None, account_id: str | None) -> None:
    """Raise Forbidden for somebody who would assess themselves in the place of a supervisor."""
    if actor_id is not None and actor_id == account_id:
        raise Forbidden("Your own competencies are assessed by somebody else.")
