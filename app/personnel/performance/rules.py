"""What a plan and a cycle need, by the rule of the agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.personnel.performance.regimes import PlanRule
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

# Days before a step is due on which people are reminded, and the day after it passed.
REMIND_DAYS = (14, 3, -1)
LONGEST_CYCLE_DAYS = 550
FULL_WEIGHT = 100


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a plan as it is entered."""

    title: str
    standard: str
    is_critical: bool
    weight: int | None


@dataclass(frozen=True, slots=True)
class CycleValues:
    """A cycle as it is entered; the other days follow from the rule."""

    title: str
    starts_on: dt.date
    ends_on: dt.date
    progress_due_on: dt.date


def check_cycle(values: CycleValues, rule: PlanRule) -> tuple[dt.date, dt.date]:
    """Give the days by which plans and ratings are due, or raise Invalid for days that do not agree."""
    if values.ends_on < values.starts_on + dt.timedelta(days=rule.minimum_days - 1):
        raise Invalid(ends_on=f"A period lasts at least {rule.minimum_days} days under this rule")
    if values.ends_on > values.starts_on + dt.timedelta(days=LONGEST_CYCLE_DAYS):
        raise Invalid(ends_on=f"A period lasts at most {LONGEST_CYCLE_DAYS} days")
    plans = values.starts_on + dt.timedelta(days=rule.due_days)
    if not plans <= values.progress_due_on <= values.ends_on:
        raise Invalid(progress_due_on=f"Enter a day from {write_date(plans)} to the end of the period")
    return plans, values.ends_on + dt.timedelta(days=rule.rating_days)


def check_element(rule: PlanRule, element: Element, others: Sequence[Element]) -> Element:
    """Give an element that may join the others, or raise Invalid or Conflict."""
    if len(others) >= rule.most_elements:
        raise Conflict(f"A plan holds at most {rule.most_elements} elements under this rule.")
    if any(element.title.casefold() == other.title.casefold() for other in others):
        raise Invalid(title="The plan has an element with this title already")
    if not rule.weighted:
        return Element(element.title, element.standard, element.is_critical, None)
    left = FULL_WEIGHT - sum(other.weight or 0 for other in others)
    if element.weight is None or not 1 <= element.weight <= left:
        raise Invalid(weight=f"Enter a weight from 1 to {left}: all weights together are {FULL_WEIGHT}")
    return element


def check_plan(rule: PlanRule, elements: Sequence[Element]) -> None:
    """Raise Conflict for a plan that cannot be issued yet, with what is missing."""
    critical = sum(element.is_critical for element in elements)
    if critical < rule.least_critical:
        raise Conflict("A plan needs at least one critical element before it is issued (5 CFR 430.206(b)).")
    weight = sum(element.weight or 0 for element in elements)
    if rule.weighted and weight != FULL_WEIGHT:
        raise Conflict(f"The weights add up to {weight}, and must add up to {FULL_WEIGHT}.")


def check_ready(
    rule: PlanRule, *, issued_on: dt.date, reviews: int, ends_on: dt.date, today: dt.date
) -> None:
    """Raise Conflict for a rating before the least period, the progress reviews or the end of the cycle."""
    first = max(issued_on + dt.timedelta(days=rule.minimum_days), ends_on)
    if today < first:
        raise Conflict(f"This plan may be rated from {write_date(first)} on, when the period is over.")
    if reviews < rule.least_progress_reviews:
        raise Conflict(
            f"{rule.least_progress_reviews} progress reviews are needed before a rating, and {reviews} are "
            "recorded (5 CFR 430.207(b))."
        )


def check_held_on(held_on: dt.date, issued_on: dt.date, today: dt.date) -> dt.date:
    """Give the day of a talk: not before the plan was given, not in the future."""
    if not issued_on <= held_on <= today:
        raise Invalid(held_on=f"Enter a day from {write_date(issued_on)} to today")
    return held_on


def reminder_due(due_on: dt.date, today: dt.date) -> int | None:
    """Give the reminder of REMIND_DAYS that is due today; None where none is."""
    left = (due_on - today).days
    return left if left in REMIND_DAYS else None
