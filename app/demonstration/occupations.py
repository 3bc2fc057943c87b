"""The occupations of the invented city, read from the file beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from app.personnel.positions.states import PayPeriod
from app.recruitment.postings.services import Asked
from app.recruitment.postings.states import CriterionKind

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Occupation:
    """What is the same for all positions and postings of a class; pay is in cents for the period."""

    key: str
    title: str
    agency: str
    class_code: str
    grade: str
    category: str
    unit: str
    station: str
    pay_min_minor: int
    pay_max_minor: int
    period: PayPeriod
    summary: str
    duties: str
    qualifications: str
    preferred: str
    criteria: tuple[Asked, ...]


@cache
def load() -> dict[str, Occupation]:
    """Read all occupations, by key."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    return {key: _read(key, values) for key, values in data.items()}


def find(key: str) -> Occupation:
    """Give an occupation by its key."""
    return load()[key]


def _read(key: str, values: dict[str, Any]) -> Occupation:
    plain = ("title", "agency", "class_code", "grade", "category", "unit", "station", "summary")
    lowest, highest = (int(Decimal(amount) * 100) for amount in values["pay"])
    return Occupation(
        key=key,
        **{name: values[name] for name in plain},
        pay_min_minor=lowest,
        pay_max_minor=highest,
        period=PayPeriod(values["period"]),
        duties=_as_list(values["duties"]),
        qualifications=_as_list(values["qualifications"]),
        preferred=_as_list(values["preferred"]),
        criteria=tuple(
            Asked(CriterionKind(kind), statement, is_essential)
            for kind, statement, is_essential in values["criteria"]
        ),
    )


def _as_list(entries: list[str]) -> str:
    """Write entries as an officer types a list: a line each, begun with a dash."""
    return "\n".join(f"- {entry}" for entry in entries)
