"""The rules of leaving service as data: withdrawal, notice, retirement, what is cleared and what is asked."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("regimes.toml")
USUAL = "federal"


@dataclass(frozen=True, slots=True)
class RetirementRule:
    """An age, in years or the minimum age of the year of birth, and the years of service that go with it."""

    years: int
    service_years: int
    is_minimum_age: bool = False
    is_reduced: bool = False


@dataclass(frozen=True, slots=True)
class Regime:
    """How one leaves; where `retirement` is empty, the office goes by evidence of the retirement system."""

    name: str
    title: str
    resignation_law: str
    resignation_code: str
    takes_back_freely: bool
    withdrawal_says: str
    notice_days: int
    notice_law: str
    retirement_law: str
    retirement_code: str
    read: dt.date
    retirement: tuple[RetirementRule, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """Something to clear, by whom, and how many days before the last one."""

    title: str
    owner: str
    days_before: int


def _load() -> dict[str, Any]:
    given: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
    return given


def _regime(row: dict[str, Any]) -> Regime:
    rules = tuple(RetirementRule(**rule) for rule in row.pop("retirement", ()))
    return Regime(**row, retirement=rules)


_GIVEN = _load()
REGIMES = {row["name"]: _regime(row) for row in _GIVEN["regime"]}
STANDARDS = tuple(Standard(**row) for row in _GIVEN["item"])
QUESTIONS: dict[str, str] = {row["key"]: row["text"] for row in _GIVEN["question"]}
_AGES: dict[str, Any] = _GIVEN["minimum_age"]


def minimum_age(year: int) -> int:
    """Give the minimum retirement age of who was born in a year, in months."""
    if year < _AGES["before"]["year"]:
        return int(_AGES["before"]["months"])
    return int(_AGES.get(str(year), _AGES["after"]))
