"""Whether an act leads up, down or neither, and into which step it leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from app.personnel.actions.rules import Service
from app.personnel.actions.states import ActionKind
from app.personnel.positions.states import PayPeriod
from app.platform.errors import Invalid

_GRADE = re.compile(r"(\D*)(\d{1,6})(\D*)")


class Paid(Protocol):
    """A step of a grade and what it pays, in minor units."""

    @property
    def step(self) -> int: ...
    @property
    def pay_minor(self) -> int: ...


def compare_grades(now: Service, then: Service) -> int:
    """Give 1 for a higher grade, -1 for a lower and 0 for an equal one.

    In one series the number decides. Across series the rate of pay does, as 5 CFR 210.102(b)(4) and (11) say
    of positions in different pay-method categories (read 2026-11-22); pay that cannot be compared is equal.
    """
    old, new = (_GRADE.fullmatch(grade.strip()) for grade in (now.grade, then.grade))
    if old and new and old[1].casefold() == new[1].casefold() and old[3].casefold() == new[3].casefold():
        return _sign(int(new[2]) - int(old[2]))
    if now.grade.strip().casefold() == then.grade.strip().casefold():
        return 0
    return compare_pay(now, then)


def compare_pay(now: Service, then: Service) -> int:
    """Give 1 for higher pay, -1 for lower, 0 for equal pay or pay that cannot be compared."""
    if (now.pay_currency, now.pay_period) != (then.pay_currency, then.pay_period):
        return 0
    return _sign(then.pay_minor - now.pay_minor)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def check_direction(kind: ActionKind, now: Service, then: Service) -> None:
    """Raise Invalid for a promotion that does not lead up, a reduction not down, a transfer not level.

    What a promotion, a demotion and a reassignment are: 5 CFR 210.102(b), read 2026-11-22.
    """
    grade, pay = compare_grades(now, then), compare_pay(now, then)
    field = "position" if then.position_id != now.position_id else "grade"
    if kind is ActionKind.PROMOTION:
        if grade <= 0:
            raise Invalid(**{field: f"A promotion leads to a grade higher than {now.grade}{_way(grade)}"})
        if pay < 0 or (pay == 0 and _unit(now) == _unit(then)):
            raise Invalid(pay_minor="A promotion pays more than is paid now")
    elif kind is ActionKind.REDUCTION:
        if grade > 0:
            raise Invalid(**{field: f"A reduction leads to a grade lower than {now.grade}{_way(grade)}"})
        if pay > 0:
            raise Invalid(pay_minor="A reduction never pays more than is paid now")
        if grade == 0 and pay == 0:
            raise Invalid(
                **{field: f"A reduction leads to a grade lower than {now.grade}, or to less pay{_way(grade)}"}
            )
    elif kind is ActionKind.TRANSFER:
        if grade != 0:
            raise Invalid(**{field: f"A transfer keeps the grade, {now.grade}{_way(grade)}"})
        if then.grade == now.grade and then.step != now.step:
            raise Invalid(step=f"A transfer keeps the step, {now.step}")


def _unit(service: Service) -> tuple[str, PayPeriod]:
    return service.pay_currency, service.pay_period


def _way(grade: int) -> str:
    """Say what would be right for a change that leads up, down or nowhere."""
    return {
        1: ". A higher grade is a promotion",
        0: ". An equal grade is a transfer",
        -1: ". A lower grade is a reduction",
    }[grade]


def find_step(kind: ActionKind, now: Service, then: Service, old: Sequence[Paid], new: Sequence[Paid]) -> int:
    """Give the step in which a person comes into a grade; both grades by their steps and pay, in order.

    5 U.S.C. 5334(b), read 2026-11-22: a promotion leads to the lowest step that pays two steps of the old
    grade more than now, or to the last. Otherwise it is the highest step that pays no more, or the first.
    """
    if then.grade == now.grade:
        return min(now.step, new[-1].step)
    if _unit(now) != _unit(then):
        return new[0].step
    if kind is ActionKind.PROMOTION:
        least = now.pay_minor + max(2 * _rise(now.step, old), 1)
        return next((paid.step for paid in new if paid.pay_minor >= least), new[-1].step)
    return max((paid.step for paid in new if paid.pay_minor <= now.pay_minor), default=new[0].step)


def _rise(step: int, steps: Sequence[Paid]) -> int:
    """Give by how much the step after one pays more; of the last step, the rise that led to it."""
    pay = {paid.step: paid.pay_minor for paid in steps}
    if step + 1 in pay and step in pay:
        return pay[step + 1] - pay[step]
    return pay[step] - pay[step - 1] if step in pay and step - 1 in pay else 0
