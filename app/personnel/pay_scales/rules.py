"""What figures a pay scale may hold, and what a new version changes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

HEADINGS = ("grade", "step", "pay")
MOST_ROWS = 2000
MOST_STEP = 99
LONGEST_GRADE = 20
MOST_PAY_MINOR = 10**12


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """The pay of a grade and step, in minor units."""

    grade: str
    step: int
    pay_minor: int


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to a grade and step; None before where it is new, None after where it is gone."""

    grade: str
    step: int
    before: int | None
    after: int | None

    @property
    def percent(self) -> Fraction | None:
        """Give by how many per cent the pay grows, exactly; None where there is nothing to compare."""
        if self.before is None or self.after is None:
            return None
        return Fraction((self.after - self.before) * 100, self.before)


def read_rates(text: str, digits: int) -> tuple[list[Rate], list[str]]:
    """Read rows of grade, step and pay, by grade and step, and list what is wrong, by line.

    Pay is written in the currency's units, with at most `digits` decimals. A file with faults gives none.
    """
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    faults: list[str] = []
    rates: dict[tuple[str, int], Rate] = {}
    try:
        heading = tuple(cell.strip().casefold() for cell in next(lines, []))
        if heading != HEADINGS:
            return [], ["The first line must read: grade,step,pay."]
        for number, row in enumerate(lines, start=2):
            if not any(cell.strip() for cell in row):
                continue
            _take(row, number, digits, rates, faults)
            if len(rates) > MOST_ROWS:
                return [], [f"A scale has {MOST_ROWS:,} lines at most."]
    except csv.Error as error:
        return [], [f"The file is not a table of commas: {error}."]
    if not rates and not faults:
        faults.append("The file has no lines under its heading.")
    found = sorted(rates.values())
    faults += check_steps(found)
    return ([], faults) if faults else (found, [])


def _take(
    row: Sequence[str], number: int, digits: int, rates: dict[tuple[str, int], Rate], faults: list[str]
) -> None:
    """Add a line to the rates, or say what is wrong with it."""
    if len(row) != len(HEADINGS):
        faults.append(f"Line {number}: three columns are needed, there are {len(row)}.")
        return
    grade, step_text, pay_text = (cell.strip() for cell in row)
    step = int(step_text) if step_text.isascii() and step_text.isdigit() and len(step_text) < 4 else 0
    pay = _minor(pay_text, digits)
    if not grade or len(grade) > LONGEST_GRADE or not grade.isprintable():
        faults.append(f"Line {number}: the grade must have 1 to {LONGEST_GRADE} letters and figures.")
    elif not 1 <= step <= MOST_STEP:
        faults.append(f"Line {number}: the step must be a whole number from 1 to {MOST_STEP}.")
    elif pay is None:
        faults.append(f"Line {number}: the pay must be a number above 0 with at most {digits} decimals.")
    elif (grade, step) in rates:
        faults.append(f"Line {number}: grade {grade}, step {step} stands twice.")
    else:
        rates[grade, step] = Rate(grade, step, pay)


def _minor(text: str, digits: int) -> int | None:
    """Read an amount as minor units; None where it is none, or more than a scale may pay."""
    try:
        amount = Decimal(text.replace(" ", ""))
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 < amount < MOST_PAY_MINOR:
        return None
    minor = amount.scaleb(digits)
    return int(minor) if minor == minor.to_integral_value() and minor <= MOST_PAY_MINOR else None


def check_steps(rates: Iterable[Rate]) -> list[str]:
    """List where steps of a grade are missing, or a higher step does not pay more."""
    faults, before = [], None
    for rate in rates:
        first = before is None or before.grade != rate.grade
        wanted = 1 if first or before is None else before.step + 1
        if rate.step != wanted:
            faults.append(f"Grade {rate.grade}: step {wanted} is missing.")
        elif not first and before is not None and rate.pay_minor <= before.pay_minor:
            faults.append(f"Grade {rate.grade}: step {rate.step} must pay more than step {before.step}.")
        before = rate
    return faults


def compare(before: Iterable[Rate], after: Iterable[Rate]) -> list[Change]:
    """List what differs between two versions, by grade and step."""
    old = {(rate.grade, rate.step): rate.pay_minor for rate in before}
    new = {(rate.grade, rate.step): rate.pay_minor for rate in after}
    return [
        Change(grade, step, old.get((grade, step)), new.get((grade, step)))
        for grade, step in sorted(old.keys() | new.keys())
        if old.get((grade, step)) != new.get((grade, step))
    ]
