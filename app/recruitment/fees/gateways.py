"""How a fee is paid: one small interface, and the way that needs no provider, paying at the office.

A provider of payments by card is another class with the same `begin`, bound at start; it sends the person to
its own page by `url` and records what it was paid through `services.record_payment`, as an officer does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.platform.locales import Money
from app.platform.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Instructions:
    """What a person does to pay; `url` is where they go on, empty where they go by foot."""

    sentences: tuple[Sentence, ...]
    url: str = ""


class PaymentGateway(Protocol):
    """A way of paying."""

    title: Sentence

    def begin(self, *, slip_number: str, amount: Money, where: str) -> Instructions:
        """Say how the fee of this slip is paid."""
        ...


class PayAtOffice:
    """The person brings the slip's number to the office, which records the payment."""

    title = say("Pay at the office")

    def begin(self, *, slip_number: str, amount: Money, where: str) -> Instructions:
        """Name the slip, the amount and the place."""
        return Instructions(
            (
                say("Bring this slip, or its number, and pay %(amount)s.", amount=amount),
                say("Where: %(where)s", where=where),
                say("The office records the payment, and you get a receipt by mail."),
            )
        )


_bound: PaymentGateway = PayAtOffice()


def bind(gateway: PaymentGateway) -> None:
    """Make this the process's way of paying."""
    global _bound
    _bound = gateway


def current() -> PaymentGateway:
    """Give the process's way of paying."""
    return _bound
