"""The retirement systems as they stand in the file beside this one."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("regimes.toml")
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Way:
    """An age, in years or the minimum age of the year of birth, with the years of service that go with it."""

    title: str
    law: str
    service_years: int
    age: int = 0
    has_minimum_age: bool = False
    is_reduced: bool = False
    joined_from: dt.date = dt.date.min
    joined_before: dt.date = dt.date.max

    def months(self, born_in: int) -> int:
        """Give the age in months for who was born in a year."""
        return minimum_age(born_in) if self.has_minimum_age else self.age * MONTHS_A_YEAR


@dataclass(frozen=True, slots=True)
class System:
    """A retirement system: its ways into retirement, and how much leave without pay counts in a year."""

    name: str
    title: str
    law: str
    leave_days: int
    ways: tuple[Way, ...]


_GIVEN: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
_AGES: dict[str, Any] = _GIVEN["minimum_age"]
SYSTEMS = {
    row["name"]: System(
        row["name"],
        row["title"],
        row["law"],
        row["leave_days"],
        tuple(Way(**way) for way in row["way"]),
    )
    for row in _GIVEN["system"]
}
LEAST_AGE_AT_ENTRY: int = _GIVEN["plausible"]["least_age_at_entry"]
MOST_AGE: int = _GIVEN["plausible"]["most_age"]


def minimum_age(year: int) -> int:
    """Give the minimum retirement age of who was born in a year, in months."""
    if year < _AGES["before"]["year"]:
        return int(_AGES["before"]["months"])
    return int(_AGES.get(str(year), _AGES["after"]))


def youngest(system: System) -> int:
    """Give the least age, in months, at which anybody may retire by a system."""
    ages = (_AGES["before"]["months"] if way.has_minimum_age else way.months(0) for way in system.ways)
    return int(min(ages))
