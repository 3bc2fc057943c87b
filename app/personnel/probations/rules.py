"""When a probation may be decided, and what happens when nobody does: by the rule of the agency.

Two rules are laid down here as data. Civil Service Rule XI (Executive Order 14284 of 24 April 2025, section
11.5, 90 FR 17729; read 2026-11-22 in what the Federal Register and commentaries print of it): service ends
with the probation unless the agency certifies in writing, within the 30 days before its end, that it goes
on; the person is met at least 60 days before. New York, 4 NYCRR 4.5(a) and (b)(1) (read 2026-11-22): 26 to
52 weeks; service may be ended after eight weeks and before the maximum is completed; who is retained after it
is permanent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.personnel.probations.states import Outcome
from app.platform.errors import Conflict, Invalid

REMIND_DAYS = (60, 30, 14, 7, 1)


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule of probation.

    `silence` is what comes of a probation on which nobody decides. A person may be kept from the later of
    `retain_weeks` after the first day and `retain_window` days before the last; service may be ended from
    `end_weeks` after the first day.
    """

    title: str
    silence: Outcome
    retain_window: int | None
    retain_weeks: int
    end_weeks: int
    citation: str


NEW_YORK = Regime(
    "New York: permanent when retained after the maximum period",
    silence=Outcome.RETAIN,
    retain_window=None,
    retain_weeks=26,
    end_weeks=8,
    citation="4 NYCRR 4.5",
)
RULE_XI = Regime(
    "Civil Service Rule XI: ends unless certified",
    silence=Outcome.END,
    retain_window=30,
    retain_weeks=0,
    end_weeks=0,
    citation="Civil Service Rule XI, section 11.5 (Executive Order 14284)",
)
REGIMES = {"new-york": NEW_YORK, "rule-xi": RULE_XI}
USUAL = "new-york"


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
        raise Conflict(f"This may be decided from {first.isoformat()} on ({regime.citation}).")
    if today > ends_on:
        raise Conflict(f"The probation ended on {ends_on.isoformat()}, so nothing can be decided on it.")


def check_last_day(outcome: Outcome, last_day: dt.date | None, today: dt.date, ends_on: dt.date) -> dt.date:
    """Give the last day of service of an ending, from today to the end of the probation."""
    if outcome is Outcome.RETAIN:
        return ends_on
    if last_day is None:
        raise Invalid(last_day="Enter the last day of service")
    if not today <= last_day <= ends_on:
        raise Invalid(last_day=f"The last day must be from today to {ends_on.isoformat()}")
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
