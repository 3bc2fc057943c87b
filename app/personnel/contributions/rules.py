"""What is due in a pay period, and the entry that makes the ledger say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amounts:
    """What an employee and the employer pay, in minor units; both may be below nothing in a difference."""

    employee_minor: int = 0
    employer_minor: int = 0

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.employee_minor + other.employee_minor, self.employer_minor + other.employer_minor)

    def __sub__(self, other: Amounts) -> Amounts:
        return Amounts(self.employee_minor - other.employee_minor, self.employer_minor - other.employer_minor)


NOTHING = Amounts()


def total(entries: Iterable[Amounts]) -> Amounts:
    """Add entries up."""
    return sum(entries, NOTHING)


def difference(due: Amounts, posted: Iterable[Amounts]) -> Amounts | None:
    """Give the entry after which a period's entries add up to what is due; None where they do already."""
    missing = due - total(posted)
    return None if missing == NOTHING else missing
