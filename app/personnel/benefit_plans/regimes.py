"""The rules of benefits as data: who may choose when, from when it holds, how long a child is covered."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.personnel.benefit_plans.states import EventKind

FILE = Path(__file__).with_name("regimes.toml")
USUAL = "federal"


@dataclass(frozen=True, slots=True)
class EventRule:
    """What a kind of event allows: to choose from `before_days` before it until `days` after it."""

    kind: EventKind
    before_days: int
    days: int
    may_waive: bool
    from_event: bool = False


@dataclass(frozen=True, slots=True)
class Regime:
    """One rule of benefits; `effective` says whether a choice holds from the next pay period or month.

    A child's last day lies `last_day_after` the birthday of `child_age`, and `extension_days` more.
    """

    name: str
    title: str
    new_hire_days: int
    new_hire_law: str
    effective: Literal["period", "month"]
    effective_law: str
    silence: str
    silence_law: str
    default_law: str
    child_age: int
    child_law: str
    last_day_after: int
    extension_days: int
    extension_law: str
    event_law: str
    read: dt.date
    events: Mapping[EventKind, EventRule]


@dataclass(frozen=True, slots=True)
class PayCalendar:
    """Pay periods of `days` days each, one of which began on `anchor`."""

    days: int
    anchor: dt.date
    law: str


def _load() -> tuple[PayCalendar, dict[str, Regime]]:
    given: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
    pay = given["pay"]
    return PayCalendar(pay["days"], pay["anchor"], pay["law"]), {
        row["name"]: _regime(row) for row in given["regime"]
    }


def _regime(row: dict[str, Any]) -> Regime:
    rules = [EventRule(**(event | {"kind": EventKind(event["kind"])})) for event in row.pop("event")]
    return Regime(**row, events={rule.kind: rule for rule in rules})


PAY, REGIMES = _load()
