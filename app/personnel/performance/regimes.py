"""The rules of performance as they stand in the files beside this one, one file a rule.

The summary level follows from the elements: level 1 if and only if a critical element is unacceptable; above
it either the first step from above whose conditions hold, or the band in which the weighted points fall.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("rulebooks")
SUBJECT = "ratings"
USUAL = "us-5-cfr-430"


@dataclass(frozen=True, slots=True)
class Step:
    """Conditions of a level: the least level of critical and of other elements, and of a share of all."""

    level: int
    critical_at_least: int
    others_at_least: int = 1
    share_at_least: int = 1
    share_percent: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """The level that is given from so many points on; points are hundredths of a level."""

    level: int
    least: int


@dataclass(frozen=True, slots=True)
class PlanRule:
    """What a plan needs, and the days of a cycle's steps."""

    least_critical: int
    most_elements: int
    weighted: bool
    due_days: int
    minimum_days: int
    least_progress_reviews: int
    rating_days: int


@dataclass(frozen=True, slots=True)
class OpportunityRule:
    """How long an opportunity to improve runs at least and usually, and how long an action may rest on it."""

    citation: str
    action_citation: str
    least_days: int
    usual_days: int
    check_in_days: int
    rests_months: int


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule of performance; either `steps` or `bands` derive the summary level."""

    name: str
    title: str
    citation: str
    read_on: dt.date
    is_demonstration: bool
    levels: dict[int, str]
    plan: PlanRule
    unacceptable: int
    acceptable: int
    steps: tuple[Step, ...]
    bands: tuple[Band, ...]
    opportunity: OpportunityRule


def parse(name: str, text: str) -> Regime:
    """Read a rule, or raise KeyError, TypeError or ValueError for one that says too little or too much."""
    data = tomllib.loads(text)
    summary = data["summary"]
    regime = Regime(
        name,
        data["title"],
        data["citation"],
        data["read_on"],
        data["demonstration"],
        {int(level): title for level, title in data["levels"].items()},
        PlanRule(**data["plan"]),
        summary["unacceptable"],
        summary["acceptable"],
        tuple(Step(**step) for step in summary.get("steps", ())),
        tuple(Band(band["level"], band["from"]) for band in summary.get("bands", ())),
        OpportunityRule(**data["opportunity"]),
    )
    if bool(regime.steps) == bool(regime.bands) or (regime.bands and not regime.plan.weighted):
        raise ValueError(f"{name} derives levels by steps, or by bands of weighted points.")
    tried = [step.level for step in regime.steps] + [band.level for band in regime.bands]
    if tried != sorted(tried, reverse=True) or not {*tried, regime.unacceptable} <= set(regime.levels):
        raise ValueError(f"{name} tries its levels from above, each of which it names.")
    return regime


@cache
def load() -> dict[str, Regime]:
    """Give every rule by its name, the usual one first."""
    names = sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda name: (name != USUAL, name))
    return {name: parse(name, (FOLDER / f"{name}.toml").read_text("utf-8")) for name in names}


def find(name: str | None) -> Regime:
    """Give a rule by its name; the usual one where none was chosen."""
    return load()[name or USUAL]
