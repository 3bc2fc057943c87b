"""When an increase within the grade falls due, and what it needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.personnel.within_grade.regimes import Regime
from app.platform import calendars
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class Served:
    """A stretch of service from `starts_on` on: grade and step, whether it was paid.

    `is_quality` where it began with a quality step increase.
    """

    starts_on: dt.date
    grade: str
    step: int
    is_paid: bool = True
    is_quality: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The next step of a person: when the waiting period began and when pay rises."""

    grade: str
    from_step: int
    waiting_from: dt.date
    due_on: dt.date


def next_increase(regime: Regime, service: list[Served], today: dt.date) -> Due | None:
    """Compute the next step from the stretches of a service, oldest first; None at the last step.

    The waiting period begins with the grade and step that are held now, for each rise in grade or step is
    an equivalent increase (5 CFR 531.405(b), 531.407) but a quality step increase: after that one, the time
    from the last equivalent increase counts, and how long is waited goes by the step held now (5 U.S.C.
    5336(b); 48 Comp. Gen. 150, B-165144 of 1968). Time without pay beyond what still counts moves it.
    """
    held = [row for row in service if row.starts_on <= today]
    if not held or held[-1].step >= regime.last_step:
        return None
    now = held[-1]
    first = len(held) - 1
    while first and _goes_on(held[first - 1], held[first]):
        first -= 1
    wait = regime.waits[now.step + 1]
    unpaid = max(_unpaid_days(held[first:], today) - wait.unpaid_weeks * 7, 0)
    began = held[first].starts_on
    completed = began + dt.timedelta(weeks=wait.weeks, days=unpaid)
    return Due(now.grade, now.step, began, pay_period_after(regime, completed))


def _goes_on(before: Served, after: Served) -> bool:
    """Tell whether the waiting period goes on from one stretch into the next."""
    if before.grade != after.grade:
        return False
    return after.step == before.step or (after.is_quality and after.step == before.step + 1)


def pay_period_after(regime: Regime, day: dt.date) -> dt.date:
    """Give the first day of the first pay period that begins on a day or after it (5 CFR 531.412)."""
    return day + dt.timedelta(days=(regime.pay_period_from - day).days % regime.pay_period_days)


def check_step(step: int, regime: Regime) -> None:
    """Raise Conflict for a step over the last one of the rule."""
    if not 1 <= step <= regime.last_step:
        raise Conflict(f"The last step of a grade is {regime.last_step} under this rule.")


def check_determination(
    regime: Regime, *, is_acceptable: bool, level: int | None, due_on: dt.date, today: dt.date, grounds: str
) -> None:
    """Raise Conflict or Invalid for a finding too early, without reasons, or against the rating of record."""
    first = due_on - dt.timedelta(days=regime.pay_period_days * 4)
    if today < first:
        raise Conflict(
            f"This increase may be judged from {write_date(first)} on, eight weeks before it is due."
        )
    if not is_acceptable and not grounds.strip():
        raise Invalid(grounds="Say in which elements the work is below the acceptable level, and why")
    if level is None:
        raise Conflict("There is no rating of record, and the finding has to rest on one.")
    if is_acceptable is not (level >= regime.least_level):
        word = "at least" if is_acceptable else "below"
        raise Conflict(
            f"The rating of record is level {level}. This finding needs one {word} level "
            f"{regime.least_level}; otherwise a new rating comes first ({regime.citation})."
        )


def reply_until(regime: Regime, told_on: dt.date) -> dt.date:
    """Give the last day to ask for reconsideration; the day of the notice is not counted."""
    return calendars.add_days(told_on, regime.reconsideration_days)


def check_request(reply_until_on: dt.date | None, today: dt.date) -> None:
    """Raise Conflict for a request that comes too late."""
    if reply_until_on is None or today > reply_until_on:
        raise Conflict(
            f"The time to ask ended on {write_date(reply_until_on) if reply_until_on else 'no day'}."
        )


def _unpaid_days(service: list[Served], today: dt.date) -> int:
    ends = [row.starts_on for row in service[1:]] + [today]
    return sum((end - row.starts_on).days for row, end in zip(service, ends, strict=True) if not row.is_paid)
