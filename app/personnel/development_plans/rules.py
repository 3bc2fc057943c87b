"""What a development plan must hold before it is proposed, agreed and looked back on."""

from __future__ import annotations

import datetime as dt

from app.personnel.development_plans.states import PlanState
from app.platform.calendars import add_months
from app.platform.errors import Conflict, Forbidden, Invalid

# A plan is for three years at most: the city's own rule.
MOST_MONTHS = 36


def check_period(starts_on: dt.date, ends_on: dt.date) -> None:
    """Raise Invalid for a plan that ends before it begins, or is too long to be a plan."""
    if ends_on <= starts_on:
        raise Invalid(ends_on="The plan must end after it begins.")
    if ends_on > add_months(starts_on, MOST_MONTHS):
        raise Invalid(ends_on="A plan is for three years at most.")


def check_by(by_on: dt.date, starts_on: dt.date, ends_on: dt.date) -> None:
    """Raise Invalid for an activity outside the plan."""
    if not starts_on <= by_on <= ends_on:
        raise Invalid(by_on="The day must lie within the plan.")


def check_complete(activities: list[int]) -> None:
    """Raise Conflict for a plan without goals, or a goal without activities (their numbers are given)."""
    if not activities:
        raise Conflict("Add a goal before you propose the plan.")
    if 0 in activities:
        raise Conflict("Add to each goal at least one activity before you propose the plan.")


def demand_draft(state: PlanState) -> None:
    """Raise Conflict for a plan whose goals cannot be changed."""
    if state is not PlanState.DRAFT:
        raise Conflict("Goals are changed while the plan is a draft.")


def demand_superior(actor_id: str | None, own_account: str | None, *, is_above: bool) -> None:
    """Raise Forbidden for everybody but a superior of the person."""
    if actor_id is None or not is_above or actor_id == own_account:
        raise Forbidden("The person's supervisor does this.")
