"""What a position must be, and when it may be abolished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from app.personnel.positions.states import PayPeriod, PositionState, move
from app.platform.errors import Conflict, Invalid

CURRENCIES = ("USD", "EUR", "GBP", "INR", "JPY", "AED", "BRL", "CAD", "KRW", "MXN", "NGN", "PHP", "ZAR")
MAY_BE_EMPTY = ("unit", "funding", "superior")
WEEK = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class PositionValues:
    """What an officer states of a position; pay in minor units of the currency for each period.

    `superior` is the number of the post above, in the same agency; minutes are those of a week.
    """

    number: str
    title: str
    class_code: str
    class_title: str
    grade: str
    duty_station: str
    pay_min_minor: int
    pay_max_minor: int
    pay_currency: str
    pay_period: PayPeriod
    unit: str = ""
    funding: str = ""
    authorized_minutes: int = 2400
    established_on: dt.date | None = None
    superior: str = ""

    def search_text(self) -> str:
        """Give the casefolded text in which a search looks."""
        words = (
            self.number, self.title, self.class_code, self.class_title, self.duty_station, self.unit
        )  # fmt: skip
        return " ".join(words).casefold().strip()


def check_values(values: PositionValues) -> None:
    """Raise Invalid for an empty text, an unknown currency or pay that runs backwards."""
    faults = {}
    for field in fields(values):
        if field.name not in MAY_BE_EMPTY and getattr(values, field.name) == "":
            faults[field.name] = "Enter a value"
    if values.pay_currency not in CURRENCIES:
        faults["pay_currency"] = "Select a currency from the list"
    if values.pay_min_minor < 0:
        faults["pay_min"] = "The lowest pay must not be less than nothing"
    if values.pay_max_minor < values.pay_min_minor:
        faults["pay_max"] = "The highest pay must not be less than the lowest pay"
    if not 1 <= values.authorized_minutes <= WEEK:
        faults["weekly_hours"] = "The hours of a week must be more than none and at most 168"
    if faults:
        raise Invalid(**faults)


def check_line(number: str, above: Sequence[str]) -> None:
    """Raise Invalid when a post would stand above itself; `above`: the numbers from the new superior up."""
    if number in above:
        way = " reports to ".join([number, *above[: above.index(number) + 1]])
        raise Invalid(superior=f"That would be a circle: {way}")


def abolish(state: PositionState, *, is_occupied: bool, reason: str, holds: list[str]) -> PositionState:
    """Give the state of an abolished position.

    Raises Conflict while a person holds it or while something asks for it (`holds`, a sentence each), and
    Invalid without a reason.
    """
    target = move(state, PositionState.ABOLISHED)
    if is_occupied:
        raise Conflict("A person holds this position. It can be abolished when they have left it.")
    if holds:
        raise Conflict(" ".join(holds))
    if not reason.strip():
        raise Invalid(reason="Enter the reason for abolishing the position")
    return target
