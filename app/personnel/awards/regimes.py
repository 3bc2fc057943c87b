"""The rules of awards as they stand in the files beside this one, one file a rule."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("rulebooks")
SUBJECT = "awards"
USUAL = "us-5-cfr-451"
KINDS = ("performance", "special_act", "time_off", "quality_step", "honor")


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule of awards, with its limits; `citations` by the kind of award, `step_*` of quality steps."""

    name: str
    title: str
    citation: str
    read_on: dt.date
    is_demonstration: bool
    least_level: int
    percent_of_pay: int
    most_minor: int
    most_hours: int
    most_hours_a_year: int
    step_level: int
    step_weeks: int
    step_code: str
    citations: dict[str, str]


def parse(name: str, text: str) -> Regime:
    """Read a rule, or raise KeyError for one that says too little."""
    data = tomllib.loads(text)
    return Regime(
        name,
        data["title"],
        data["citation"],
        data["read_on"],
        data["demonstration"],
        data["performance"]["least_level"],
        data["performance"]["percent_of_pay"],
        data["special_act"]["most_minor"],
        data["time_off"]["most_hours"],
        data["time_off"]["most_hours_a_year"],
        data["quality_step"]["least_level"],
        data["quality_step"]["weeks_between"],
        data["quality_step"]["authority_code"],
        {kind: data[kind]["citation"] for kind in KINDS},
    )


@cache
def load() -> dict[str, Regime]:
    """Give every rule by its name, the usual one first."""
    names = sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda name: (name != USUAL, name))
    return {name: parse(name, (FOLDER / f"{name}.toml").read_text("utf-8")) for name in names}


def find(name: str | None) -> Regime:
    """Give a rule by its name; the usual one where none was chosen."""
    return load()[name or USUAL]
