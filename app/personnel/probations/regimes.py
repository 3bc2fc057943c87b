"""The rules of probation as data, read from the cited list beside this file."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.personnel.probations.states import Outcome

FILE = Path(__file__).with_suffix(".toml")
USUAL = "new-york"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A rule of probation; what each value says stands at the top of the list."""

    name: str
    title: str
    silence: Outcome
    retain_weeks: int
    end_weeks: int
    notice_days: int
    notice_law: str
    rights: str
    citation: str
    read: dt.date
    retain_window: int | None = None


REGIMES = {
    row["name"]: Regime(**row | {"silence": Outcome(row["silence"])})
    for row in tomllib.loads(FILE.read_text("utf-8"))["regime"]
}
