"""The clock of an improvement plan, by the rule of its cycle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.personnel.improvement.states import Outcome
from app.personnel.performance.models import PlanElement
from app.personnel.performance.regimes import OpportunityRule
from app.platform import calendars
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

LONGEST_DAYS = 180


def first_last_day(rule: OpportunityRule, delivered_on: dt.date) -> dt.date:
    """Give the earliest lawful last day; the day of delivery is not counted."""
    return calendars.add_days(delivered_on, rule.least_days)


def check_days(rule: OpportunityRule, delivered_on: dt.date, ends_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a period too short, too long, or not yet begun to be delivered."""
    if not today - dt.timedelta(days=7) <= delivered_on <= today:
        raise Invalid(delivered_on="Enter the day of the last week on which it was handed over")
    first = first_last_day(rule, delivered_on)
    if ends_on < first:
        raise Invalid(
            ends_on=f"The opportunity lasts at least {rule.least_days} days, so to {write_date(first)} or "
            f"later ({rule.citation})"
        )
    if ends_on > calendars.add_days(delivered_on, LONGEST_DAYS):
        raise Invalid(ends_on=f"The opportunity lasts at most {LONGEST_DAYS} days")


def check_elements(chosen: Sequence[PlanElement], wanted: Sequence[str]) -> None:
    """Raise Invalid unless critical elements of the plan, and only such, are named."""
    if not chosen or len(chosen) != len(set(wanted)):
        raise Invalid(elements="Select the elements in which the work is unacceptable")
    if not all(element.is_critical for element in chosen):
        raise Invalid(elements="An opportunity is about critical elements alone (5 CFR 432.104)")


def check_assessment(
    rule: OpportunityRule, outcome: Outcome, *, ends_on: dt.date, check_ins: int, today: dt.date
) -> None:
    """Raise Conflict for an unacceptable outcome before the period is over or without a check-in."""
    if outcome is Outcome.ACCEPTABLE:
        return
    if today <= ends_on:
        first = calendars.add_days(ends_on, 1)
        raise Conflict(
            f"The opportunity runs until {write_date(ends_on)}. It can be found unacceptable from "
            f"{write_date(first)} on ({rule.citation})."
        )
    if not check_ins:
        raise Conflict("No check-in is recorded, so no assistance is shown. Record it first.")


def rests_until(rule: OpportunityRule, ends_on: dt.date) -> dt.date:
    """Give the last day on which an action may be proposed that rests on an opportunity that was not met."""
    return calendars.add_months(ends_on, rule.rests_months)


def check_in_due(rule: OpportunityRule, last: dt.date, today: dt.date) -> bool:
    """Tell whether so long a time has passed since the last talk that the next is due."""
    return today >= calendars.add_days(last, rule.check_in_days)


def demand_second_person(actor_id: str | None, assessed_by: str | None) -> None:
    """Raise Conflict when who confirms is who assessed."""
    if actor_id is None or actor_id == assessed_by:
        raise Conflict("You assessed this plan, so another person has to confirm the outcome.")
