"""The rules of leave, one rulebook a regime, as cited data."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from app.personnel.leave.states import LeaveKind

NAMES = ("new-york", "title-5")
USUAL_CEILING = "usual"


@dataclass(frozen=True, slots=True)
class Band:
    """What a full pay period earns from so many completed years on.

    `last_minutes` is that of the last full pay period of a year. Who works part of the week earns an hour
    for each `part_time_hours`, or where it is empty the same share of the minutes.
    """

    from_years: int
    minutes: int
    law: str
    last_minutes: int | None = None
    part_time_hours: int | None = None


@dataclass(frozen=True, slots=True)
class KindRule:
    """How one kind of leave is earned, used and lost; amounts are minutes of a person of the full week.

    `most_minutes` can never be exceeded, `ceilings` only until the leave year ends. `advance`: "" (none),
    "leave year" (what the year will still bring) or "limit" (`advance_minutes`). With `least_workdays` a
    period counts when so many of its days were paid, else when it was served whole. `year_minutes` may be
    taken in any twelve months. What is left when service ends is `at_end` "paid" (so much at most, where
    there is a most, and not after a removal where that bars it) or "kept" for a return; "" is neither.
    """

    kind: LeaveKind
    unit_minutes: int
    unit_law: str
    bands: tuple[Band, ...] = ()
    advance: str = ""
    advance_minutes: int = 0
    advance_law: str = ""
    is_reduced: bool = False
    reduction_law: str = ""
    ceilings: Mapping[str, int] = field(default_factory=dict)
    ceiling_law: str = ""
    restored_years: int = 0
    restored_law: str = ""
    least_workdays: int = 0
    waits_periods: int = 0
    waits_law: str = ""
    most_minutes: int = 0
    most_law: str = ""
    warn_minutes: int = 0
    bonuses: Mapping[int, int] = field(default_factory=dict)
    bonus_law: str = ""
    certificate_days: int | None = None
    certificate_law: str = ""
    year_minutes: int = 0
    year_law: str = ""
    at_end: str = ""
    end_law: str = ""
    end_most_minutes: int = 0
    end_bars_removal: bool = False
    owed_law: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule of leave; `warn_days` before the end of a leave year people hear of what they would lose."""

    name: str
    title: str
    law: str
    read: dt.date
    first_period_on: dt.date
    full_week_minutes: int
    warn_days: tuple[int, ...]
    kinds: Mapping[LeaveKind, KindRule]

    def beginning(self, first_period_on: dt.date) -> Regime:
        """Give the same rule with an agency's own pay periods."""
        return replace(self, first_period_on=first_period_on)


@lru_cache(maxsize=len(NAMES))
def load(name: str) -> Regime:
    """Read a rulebook by its name."""
    found: dict[str, Any] = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    rules = [_kind(given) for given in found.pop("kinds")]
    found["warn_days"] = tuple(found["warn_days"])
    return Regime(name=name, kinds={rule.kind: rule for rule in rules}, **found)


def _kind(given: dict[str, Any]) -> KindRule:
    bands = tuple(Band(**band) for band in given.pop("bands", ()))
    bonuses = {int(years): minutes for years, minutes in given.pop("bonuses", {}).items()}
    return KindRule(kind=LeaveKind(given.pop("kind")), bands=bands, bonuses=bonuses, **given)


def load_all() -> list[Regime]:
    """Read every rulebook, by name."""
    return [load(name) for name in NAMES]
