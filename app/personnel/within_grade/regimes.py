"""The rules of increases within the grade as they stand in the files beside this one, one file a rule."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("rulebooks")
SUBJECT = "within_grade"
USUAL = "us-5-cfr-531"


@dataclass(frozen=True, slots=True)
class Wait:
    """How many weeks are waited for a step, and how many without pay still count among them."""

    weeks: int
    unpaid_weeks: int


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule of increases; `waits` by the step that is reached."""

    name: str
    title: str
    citation: str
    read_on: dt.date
    is_demonstration: bool
    last_step: int
    least_level: int
    pay_period_days: int
    pay_period_from: dt.date
    authority_code: str
    authority: str
    waits: dict[int, Wait]
    reconsideration_days: int
    reconsideration_citation: str


def parse(name: str, text: str) -> Regime:
    """Read a rule, or raise KeyError or ValueError for one that leaves a step out."""
    data = tomllib.loads(text)
    waits = {
        step: Wait(row["weeks"], row["unpaid_weeks"]) for row in data["waits"] for step in row["to_steps"]
    }
    if sorted(waits) != list(range(2, data["last_step"] + 1)):
        raise ValueError(
            f"{name} says for each step from 2 to {data['last_step']} how long it is waited for."
        )
    return Regime(
        name,
        data["title"],
        data["citation"],
        data["read_on"],
        data["demonstration"],
        data["last_step"],
        data["least_level"],
        data["pay_period_days"],
        data["pay_period_from"],
        data["authority_code"],
        data["authority"],
        waits,
        data["reconsideration"]["days"],
        data["reconsideration"]["citation"],
    )


@cache
def load() -> dict[str, Regime]:
    """Give every rule by its name, the usual one first."""
    names = sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda name: (name != USUAL, name))
    return {name: parse(name, (FOLDER / f"{name}.toml").read_text("utf-8")) for name in names}


def find(name: str | None) -> Regime:
    """Give a rule by its name; the usual one where none was chosen."""
    return load()[name or USUAL]
