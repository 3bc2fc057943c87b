"""What a position must be, and when it may be abolished."""

from __future__ import annotations

from dataclasses import dataclass, fields

from app.personnel.positions.states import PayPeriod, PositionState, move
from app.platform.errors import Conflict, Invalid

CURRENCIES = ("USD", "EUR", "GBP", "INR", "JPY", "AED", "BRL", "CAD", "KRW", "MXN", "NGN", "PHP", "ZAR")


@dataclass(frozen=True, slots=True)
class PositionValues:
    """What an officer states of a position; pay in minor units of the currency for each period."""

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

    def search_text(self) -> str:
        """Give the casefolded text in which a search looks."""
        words = (self.number, self.title, self.class_code, self.class_title, self.duty_station)
        return " ".join(words).casefold()


def check_values(values: PositionValues) -> None:
    """Raise Invalid for an empty text, an unknown currency or pay that runs backwards."""
    faults = {}
    for field in fields(values):
        if getattr(values, field.name) == "":
            faults[field.name] = "Enter a value"
    if values.pay_currency not in CURRENCIES:
        faults["pay_currency"] = "Select a currency from the list"
    if values.pay_min_minor < 0:
        faults["pay_min"] = "The lowest pay must not be less than nothing"
    if values.pay_max_minor < values.pay_min_minor:
        faults["pay_max"] = "The highest pay must not be less than the lowest pay"
    if faults:
        raise Invalid(**faults)


def abolish(state: PositionState, *, is_occupied: bool, reason: str, holds: list[str]) -> PositionState:
    """Give the state of an abolished position.

    Raises Conflict while a person holds it or while something asks for it (`holds`, a sentence each), and
    Invalid without a reason.
    """
    target = move(state, PositionState.ABOLISHED)
    if is_occupied:
        raise Conflict("A person holds this position. End the appointment before you abolish the position.")
    if holds:
        raise Conflict(" ".join(holds))
    if not reason.strip():
        raise Invalid(reason="Enter the reason for abolishing the position")
    return target
