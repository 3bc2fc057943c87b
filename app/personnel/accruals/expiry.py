"""What is lost of leave that has a last day of use, when all of a ledger is looked at in its order.

5 U.S.C. 6304(d)(2) and 5 CFR 630.306(a), read 2026-11-22: restored leave stands apart and is forfeited where
it is not used by the end of its time. Which of several grants is used first the law does not say; here it is
the one that ends first, among those that had come by that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.personnel.accruals.rules import DAY, Credit
from app.personnel.leave.states import EntrySort, LeaveKind

EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Move:
    """Minutes that came (with their last day of use, where they have one) or went on a day."""

    on: dt.date
    minutes: int
    expires_on: dt.date | None = None


@dataclass(slots=True)
class Dated:
    """A ledger in which some minutes have a last day: its moves, and what was entered as lost by that day."""

    moves: list[Move] = field(default_factory=list)
    entered: dict[dt.date, int] = field(default_factory=dict)
    numbers: dict[dt.date, int] = field(default_factory=dict)


def key_of(kind: LeaveKind, day: dt.date) -> str:
    """Give the key under which it is entered what was lost after a last day."""
    return f"{kind.value}:{EXPIRED}:{day}"


def lost_by_day(moves: Iterable[Move]) -> dict[dt.date, int]:
    """Give what is lost at the end of each last day of use; days on which nothing is lost are left out."""
    by_day: dict[dt.date, list[Move]] = {}
    for move in moves:
        by_day.setdefault(move.on, []).append(move)
        if move.expires_on is not None:
            by_day.setdefault(move.expires_on, [])
    lots: dict[dt.date, int] = {}
    lost: dict[dt.date, int] = {}
    owed = 0
    for day in sorted(by_day):
        net = 0
        for move in by_day[day]:
            if move.expires_on is None:
                net += move.minutes
            else:
                lots[move.expires_on] = lots.get(move.expires_on, 0) + move.minutes
        if net > 0:
            lots[dt.date.max] = lots.get(dt.date.max, 0) + net
        owed = _take(lots, owed - min(net, 0))
        ended = sum(lots.pop(until) for until in [until for until in lots if until <= day])
        if ended > 0:
            lost[day] = ended
    return lost


def _take(lots: dict[dt.date, int], minutes: int) -> int:
    """Take minutes from what ends first, and give what is still owed."""
    for until in sorted(lots):
        taken = min(lots[until], minutes)
        lots[until] -= taken
        minutes -= taken
    return minutes


def credits(
    kind: LeaveKind, dated: Dated, before: dt.date, served_until: dt.date | None, law: str
) -> list[Credit]:
    """List what has to be entered of what was lost by days before a day.

    What was entered already stands: where the ledger has changed since, the difference is entered. Nothing is
    lost from the last day of service on: what is left then is paid out.
    """
    lost = lost_by_day(dated.moves)
    found = []
    for day in sorted({*lost, *dated.entered}):
        if day >= before:
            continue
        is_lost = served_until is None or day < served_until
        missing = (lost.get(day, 0) if is_lost else 0) - dated.entered.get(day, 0)
        if missing:
            number = dated.numbers.get(day)
            key = key_of(kind, day) + (f"~{number}" if number is not None else "")
            sort = EntrySort.FORFEITED if missing > 0 else EntrySort.CORRECTED
            basis = f"Not used by {day}; {law}"
            found.append(Credit(kind, sort, -missing, day + DAY, key, basis))
    return found
