"""Follow an explanation with pen and paper: compute each line again from the numbers that stand in it."""

import re
from collections.abc import Sequence
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    localcontext,
)
from fractions import Fraction

from app.exams import merit

MODES = {
    "half-up": ROUND_HALF_UP,
    "half-down": ROUND_HALF_DOWN,
    "half-even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")
ROUNDED = re.compile(r"(\S+) rounded to (\d+) decimals, (\S+)")
CHOSEN = re.compile(r"the (best \d+|lowest|highest) of (.*)")


def value_of(text: str) -> Fraction:
    """Work out one side of a line."""
    if rounded := ROUNDED.fullmatch(text):
        with localcontext() as exact:
            exact.prec = 60
            number = Fraction(rounded[1])
            decimal = Decimal(number.numerator) / Decimal(number.denominator)
            unit = Decimal(1).scaleb(-int(rounded[2]))
            return Fraction(decimal.quantize(unit, MODES[rounded[3]]))
    if chosen := CHOSEN.fullmatch(text):
        parts = sorted(Fraction(part) for part in chosen[2].split(", "))
        if chosen[1].startswith("best"):
            return sum(parts[-int(chosen[1].split()[1]) :], Fraction(0))
        return parts[0] if chosen[1] == "lowest" else parts[-1]
    text = re.sub(r" people with \S+ or less", "", text).replace(" people", "")
    total, product, sign, operator = Fraction(0), Fraction(1), 1, "×"
    for token in text.split(" "):
        if NUMBER.fullmatch(token):
            product = product * Fraction(token) if operator == "×" else product / Fraction(token)
        elif token == "%":
            product /= 100
        elif token in "+-":
            total, product, sign, operator = (
                total + sign * product,
                Fraction(1),
                -1 if token == "-" else 1,
                "×",
            )
        else:
            assert token in "×÷", f"{token!r} is no sign of arithmetic in {text!r}."
            operator = token
    return total + sign * product


def follow(steps: Sequence[merit.Step], places: int) -> int:
    """Compute every line again that holds an equation; give how many there were.

    Lines of normalisation show slopes cut to twelve decimals, so they may differ by a unit of the last of
    `places`.
    """
    followed = 0
    for step in steps:
        left, equals, right = step.arithmetic.rpartition(" = ")
        if not equals or left.startswith("the mark of session"):
            continue
        if step.stage == "preference":
            left = left.partition(": ")[2]
        slack = Fraction(1, 10**places) if step.stage == "normalisation" else 0
        assert abs(value_of(left) - Fraction(right)) <= slack, step
        if step.stage not in ("preference",):
            assert step.value == right, step
        followed += 1
    return followed


def last(steps: Sequence[merit.Step]) -> Fraction:
    """Give the deciding mark that the lines lead to."""
    mark = Fraction(0)
    for step in steps:
        if step.stage == "total" or step.label == "Total that decides" or step.label == "Limit on points":
            mark = Fraction(step.value)
        elif step.stage == "preference":
            mark += Fraction(step.value)
    return mark
