"""The rules of leaving service as data: withdrawal, notice, retirement, what is cleared and what is asked."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.personnel.retirements.regimes import SYSTEMS, System
from app.personnel.separations.states import Signer

FILE = Path(__file__).with_name("regimes.toml")
USUAL = "federal"


@dataclass(frozen=True, slots=True)
class Regime:
    """How one leaves; where `retires_by_evidence`, the office goes by what the retirement system states."""

    name: str
    title: str
    resignation_law: str
    resignation_code: str
    takes_back_freely: bool
    withdrawal_says: str
    notice_days: int
    notice_law: str
    reduction_law: str
    reduction_code: str
    retirement_law: str
    retirement_code: str
    retirement_system: str
    retires_by_evidence: bool
    read: dt.date

    @property
    def system(self) -> System:
        """The retirement system of those who leave by this rule."""
        return SYSTEMS[self.retirement_system]


@dataclass(frozen=True, slots=True)
class Standard:
    """Something to clear, by whom, and how many days before the last one."""

    title: str
    owner: str
    days_before: int
    signer: Signer


def _load() -> dict[str, Any]:
    given: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
    return given


_GIVEN = _load()
REGIMES = {row["name"]: Regime(**row) for row in _GIVEN["regime"]}
STANDARDS = tuple(
    Standard(row["title"], row["owner"], row["days_before"], Signer(row["signer"])) for row in _GIVEN["item"]
)
QUESTIONS: dict[str, str] = {row["key"]: row["text"] for row in _GIVEN["question"]}
