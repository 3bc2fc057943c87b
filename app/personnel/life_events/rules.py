"""When an event in a life lets a person choose, and until when."""

from __future__ import annotations

import datetime as dt

from app.personnel.benefit_plans.regimes import EventRule, Regime
from app.personnel.benefit_plans.states import EventKind
from app.platform.errors import Invalid
from app.platform.locales import write_date


def rule_of(regime: Regime, kind: EventKind) -> EventRule:
    """Give what a kind of event allows, or raise Invalid where the agency's rule does not know it."""
    rule = regime.events.get(kind)
    if rule is None:
        raise Invalid(kind=f"This event gives no new choice by the rule of your agency ({regime.event_law})")
    return rule


def elects_until(rule: EventRule, happened_on: dt.date) -> dt.date:
    """Give the last day of the choice; the day of the event is not counted."""
    return happened_on + dt.timedelta(days=rule.days)


def check_report(regime: Regime, rule: EventRule, happened_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for an event too far ahead, or so long ago that the choice is over."""
    first = happened_on - dt.timedelta(days=rule.before_days)
    if today < first:
        raise Invalid(
            happened_on=f"You can report this from {write_date(first)} on ({regime.event_law})",
        )
    last = elects_until(rule, happened_on)
    if today > last:
        raise Invalid(
            happened_on=f"You had {rule.days} days, until {write_date(last)}, and today is "
            f"{write_date(today)} ({regime.event_law})"
        )


def until_after_decision(rule: EventRule, until: dt.date, decided_on: dt.date) -> dt.date:
    """Give the last day of the choice once the office has agreed: nobody loses days that the office took.

    5 CFR 890.301(c), read 2026-11-22: who could not choose in time for a cause beyond their control has as
    many days again from the day on which the office says so.
    """
    return until if decided_on <= until else decided_on + dt.timedelta(days=rule.days)
