"""Pay periods, the day from which a choice holds, birthdays, and what rates may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.personnel.benefit_plans.regimes import PAY, Regime
from app.personnel.benefit_plans.states import Tier
from app.platform.calendars import add_months
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

MOST_MINOR = 1_000_000_00
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Rate:
    """What a pay period costs, in minor units."""

    employee_minor: int
    employer_minor: int


def period_of(day: dt.date) -> dt.date:
    """Give the first day of the pay period that a day falls in."""
    return day - dt.timedelta(days=(day - PAY.anchor).days % PAY.days)


def period_from(day: dt.date) -> dt.date:
    """Give the first day of the first pay period that begins on or after a day."""
    start = period_of(day)
    return start if start == day else start + dt.timedelta(days=PAY.days)


def period_ends(period_on: dt.date) -> dt.date:
    """Give the last day of the pay period that begins on a day."""
    return period_on + dt.timedelta(days=PAY.days - 1)


def periods_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """List the first days of the pay periods that begin from `first` to `last`."""
    found, day = [], period_from(first)
    while day <= last:
        found.append(day)
        day += dt.timedelta(days=PAY.days)
    return found


def takes_effect(regime: Regime, asked_on: dt.date) -> dt.date:
    """Give the day from which a choice made on a day holds: the next pay period or month."""
    if regime.effective == "month":
        return add_months(asked_on.replace(day=1), 1)
    return period_from(asked_on + dt.timedelta(days=1))


def year_begins(regime: Regime, plan_year: int) -> dt.date:
    """Give the day from which choices of an open season hold: the first pay period or month of the year."""
    first = dt.date(plan_year, 1, 1)
    return first if regime.effective == "month" else period_from(first)


def birthday(born_on: dt.date, age: int) -> dt.date:
    """Give the day on which an age is reached; who was born on 29 February reaches it on the 28th in a
    year that has no 29th.
    """
    return add_months(born_on, age * MONTHS_A_YEAR)


def age_on(born_on: dt.date, day: dt.date) -> int:
    """Give the age in whole years on a day, by the same birthdays; ValueError before the birth."""
    if day < born_on:
        raise ValueError("Nobody has an age before birth.")
    years = day.year - born_on.year
    return years if birthday(born_on, years) <= day else years - 1


def check_rates(rates: Mapping[Tier, Rate]) -> None:
    """Raise Invalid for rates that offer nothing, or that are no amounts."""
    if not rates:
        raise Invalid(self_employee="Enter what the plan costs for one tier at least.")
    for tier, rate in rates.items():
        if not (0 <= rate.employee_minor <= MOST_MINOR and 0 <= rate.employer_minor <= MOST_MINOR):
            raise Invalid(**{f"{tier.value}_employee": "Enter an amount from 0 to 1,000,000."})


def check_effective(effective_from: dt.date, latest: dt.date | None, today: dt.date) -> None:
    """Raise Invalid for rates from a day that is no pay period's first, that has begun, or too early.

    Contributions of a period that has begun may be posted, so rates never reach back into one.
    """
    if period_of(effective_from) != effective_from:
        nearest = period_from(effective_from)
        raise Invalid(effective_from=f"Rates begin with a pay period, such as that of {write_date(nearest)}")
    if effective_from <= today:
        raise Invalid(effective_from="Choose a pay period that has not begun")
    if latest is not None and effective_from <= latest:
        raise Invalid(effective_from=f"There are rates from {write_date(latest)} on. Choose a later day")


def demand_second_person(actor_id: str | None, proposed_by: str) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this, so somebody else has to decide.")


def demand_not_own(actor_id: str | None, account_id: str | None) -> None:
    """Raise Conflict when an officer would decide on their own benefits."""
    if account_id is not None and actor_id == account_id:
        raise Conflict("This is about your own benefits, so somebody else has to do it.")
