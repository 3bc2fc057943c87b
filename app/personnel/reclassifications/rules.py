"""What a reclassification may change, from when, and what it means for whoever holds the position."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from app.personnel.actions.directions import compare_grades
from app.personnel.actions.rules import MOST_AHEAD, Service
from app.personnel.positions.rules import PositionValues, check_values
from app.personnel.positions.states import PayPeriod
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date, write_money

FILE = Path(__file__).with_name("authorities.toml")


@dataclass(frozen=True, slots=True)
class Authority:
    """By what law a position is classified: its short code, what it is for, where it is laid down."""

    code: str
    text: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """The class, the grade and the range of pay of a position, in minor units of a currency."""

    class_code: str
    class_title: str
    grade: str
    pay_min_minor: int
    pay_max_minor: int
    pay_currency: str
    pay_period: PayPeriod

    def plain(self) -> dict[str, Any]:
        """Give the values as they are kept: plain texts and numbers."""
        return asdict(self) | {"pay_period": self.pay_period.value}


@cache
def load() -> dict[str, Authority]:
    """Read the authorities, by code."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["authority"]
    return {row["code"]: Authority(**row) for row in rows}


def read(plain: dict[str, Any]) -> Classified:
    """Read values as they are kept."""
    return Classified(**plain | {"pay_period": PayPeriod(plain["pay_period"])})


def check_proposal(
    position: PositionValues,
    now: Classified,
    then: Classified,
    *,
    authority_code: str,
    reason: str,
    effective_on: dt.date,
    today: dt.date,
) -> Authority:
    """Give the authority of a proposal; Invalid for values, a day or an authority that cannot be."""
    check_values(replace(position, **asdict(then)))
    faults: dict[str, str] = {}
    authority = load().get(authority_code)
    if authority is None:
        faults["authority_code"] = "Select a legal authority"
    if not reason.strip():
        faults["reason"] = "Enter the reason"
    if not today <= effective_on <= today + MOST_AHEAD:
        faults["effective_on"] = (
            f"Enter a day from {write_date(today)} to {write_date(today + MOST_AHEAD)}: a position is "
            "classified anew for the time to come"
        )
    if then == now:
        faults["grade"] = "Nothing of the class, the grade or the pay would change"
    if faults or authority is None:
        raise Invalid(**faults)
    return authority


def demand_second_person(actor_id: str | None, proposed_by: str) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this reclassification, so somebody else has to decide on it.")


def check_holder(name: str, held: Service, now: Classified, then: Classified) -> bool:
    """Tell whether the holder is promoted with the position; Invalid for what cannot be done to one.

    A lower grade entitles the holder to keep grade and pay for a time (5 U.S.C. 5362, read 2026-11-22), which
    no action here grants; so the holder has to be placed first.
    """
    if (held.pay_currency, held.pay_period) != (then.pay_currency, then.pay_period):
        raise Invalid(
            pay_currency=f"{name} holds this position and is paid in {held.pay_currency} "
            f"{held.pay_period.title}. Change that once the position is vacant"
        )
    if then.grade != now.grade and then.grade != held.grade:
        if compare_grades(held, replace(held, grade=then.grade, pay_minor=then.pay_max_minor)) <= 0:
            raise Invalid(
                grade=f"{name} holds this position in grade {held.grade}. A grade that is not higher would "
                "reduce its holder: place the person elsewhere first, or wait until the position is vacant"
            )
        return True
    if not then.pay_min_minor <= held.pay_minor <= then.pay_max_minor:
        pay = write_money(held.pay_minor, held.pay_currency)
        field = "pay_min" if held.pay_minor < then.pay_min_minor else "pay_max"
        raise Invalid(
            **{field: f"{name} holds this position and is paid {pay}, which would be outside its range"}
        )
    return False


def graded(now: Service, grade: str) -> Service:
    """Give a service in another grade."""
    return replace(now, grade=grade)
