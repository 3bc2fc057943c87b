"""When a probation may be decided, and with which last day: by the rule of the agency."""

from __future__ import annotations

import datetime as dt

from app.personnel.probations.regimes import Regime
from app.personnel.probations.states import Outcome
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

REMIND_DAYS = (60, 30, 14, 7, 1)


def first_day(regime: Regime, outcome: Outcome, starts_on: dt.date, ends_on: dt.date) -> dt.date:
    """Give the first day on which a probation from `starts_on` to `ends_on` may be decided so."""
    if outcome is Outcome.END:
        return starts_on + dt.timedelta(weeks=regime.end_weeks)
    by_service = starts_on + dt.timedelta(weeks=regime.retain_weeks)
    if regime.retain_window is None:
        return by_service
    return max(by_service, ends_on - dt.timedelta(days=regime.retain_window))


def check_decision(
    regime: Regime, outcome: Outcome, *, starts_on: dt.date, ends_on: dt.date, today: dt.date
) -> None:
    """Raise Conflict for a decision too early, with the day from which it is lawful, or too late."""
    first = first_day(regime, outcome, starts_on, ends_on)
    if today < first:
        raise Conflict(f"This may be decided from {write_date(first)} on ({regime.citation}).")
    if today > ends_on:
        raise Conflict(f"The probation ended on {write_date(ends_on)}, so nothing can be decided on it.")


def decide_by(regime: Regime, ends_on: dt.date) -> dt.date:
    """Give the day by which a decision leaves both ways open: to keep the person, or to give due notice."""
    return ends_on - dt.timedelta(days=regime.notice_days)


def earliest_last_day(regime: Regime, today: dt.date) -> dt.date:
    """Give the first day with which a service can end when notice is given today; today is not counted."""
    return today + dt.timedelta(days=regime.notice_days)


def check_last_day(
    regime: Regime, outcome: Outcome, last_day: dt.date | None, *, today: dt.date, ends_on: dt.date
) -> dt.date:
    """Give the last day of service of an ending, after due notice and within the probation.

    Conflict when notice can no longer be given in time; Invalid for a day before or after what is lawful.
    """
    if outcome is Outcome.RETAIN:
        return ends_on
    first = earliest_last_day(regime, today)
    if first > ends_on:
        raise Conflict(
            f"Service could be ended within the probation by a decision up to "
            f"{write_date(decide_by(regime, ends_on))} ({regime.notice_law})."
        )
    if last_day is None:
        raise Invalid(last_day="Enter the last day of service")
    if last_day < first:
        raise Invalid(
            last_day=f"The last day can be {write_date(first)} at the earliest ({regime.notice_law})"
        )
    if last_day > ends_on:
        raise Invalid(
            last_day=f"The probation ends on {write_date(ends_on)}, so the last day cannot be later"
        )
    return last_day


def demand_second_person(actor_id: str | None, reviewed_by: str) -> None:
    """Raise Conflict when who decides is who recommended."""
    if actor_id is None or actor_id == reviewed_by:
        raise Conflict("You made this recommendation, so the appointing authority has to decide.")


def demand_not_own(actor_id: str | None, account_id: str | None) -> None:
    """Raise Conflict when a person would decide on their own probation."""
    if account_id is not None and actor_id == account_id:
        raise Conflict("You cannot take part in the decision on your own probation.")


def reminder_due(ends_on: dt.date, today: dt.date) -> int | None:
    """Give the reminder that is due: the least of REMIND_DAYS that the days left do not exceed."""
    left = (ends_on - today).days
    due = [days for days in REMIND_DAYS if left <= days]
    return min(due) if due and left >= 0 else None
