"""The retention schedule: cited data, ours or the office's own."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.platform.config import ConfigError

CODES = ("received", "drafts", "uploads")
APPROVALS = ("two people", "clock")
# Records of the office never go by the clock alone.
TWO_PEOPLE = ("received",)
_FIELDS = dict.fromkeys(("code", "title", "starts", "law", "says", "approval"), str) | {"read": dt.date}


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of record: how long it is kept from which moment on, by which law, and who ends it."""

    code: str
    title: str
    starts: str
    law: str
    says: str
    read: dt.date
    approval: str
    years: int = 0
    days: int = 0

    def cutoff(self, today: dt.date) -> dt.date:
        """Give the day before which something must have come to its end to be over today."""
        try:
            begun = today.replace(year=today.year - self.years)
        except ValueError:  # 29 February
            begun = dt.date(today.year - self.years, 2, 28)
        return begun - dt.timedelta(days=self.days)

    @property
    def period(self) -> str:
        """Say how long, in words of the office."""
        parts = [f"{number} {name}{'' if number == 1 else 's'}" for number, name in self._spans() if number]
        return " and ".join(parts)

    def _spans(self) -> tuple[tuple[int, str], ...]:
        return ((self.years, "year"), (self.days, "day"))


_own: Path | None = None


def bind(own: Path | None) -> None:
    """Follow the office's own schedule, or ours; a file that cannot be followed is refused at once."""
    global _own
    load(own)
    _own = own


def current() -> dict[str, Series]:
    """Give the schedule that is followed, by the code of each series."""
    return load(_own)


@lru_cache(maxsize=4)
def load(own: Path | None) -> dict[str, Series]:
    """Read the schedule by the code of each series; ConfigError for a file that cannot be followed."""
    try:
        text = (own or files(__package__) / "schedule.toml").read_text("utf-8")
        rows = tomllib.loads(text).get("series", [])
        series = [_read(row) for row in rows]
    except ConfigError:
        raise
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ConfigError(f"The retention schedule cannot be read: {error}") from error
    if sorted(one.code for one in series) != sorted(CODES):
        raise ConfigError(f"The retention schedule needs each of {', '.join(CODES)} once.")
    return {one.code: one for one in series}


def _read(row: dict[str, Any]) -> Series:
    for name, kind in _FIELDS.items():
        if not isinstance(row.get(name), kind) or not str(row[name]).strip():
            raise ConfigError(f"The retention schedule lacks “{name}” in {row.get('code', 'a series')}.")
    series = Series(**row)
    if any(
        isinstance(one, bool) or not isinstance(one, int) or one < 0 for one in (series.years, series.days)
    ):
        raise ConfigError(f"The time of {series.code} is given in whole years and days.")
    if not 1 <= series.years * 365 + series.days <= 40_000:
        raise ConfigError(f"{series.code} is kept for a day at least and for a hundred years at most.")
    if series.approval not in APPROVALS or (series.code in TWO_PEOPLE and series.approval == "clock"):
        raise ConfigError(f"The approval of {series.code} is not one that may be.")
    return series
