"""What an award may be, by the rule of the agency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.personnel.awards.regimes import Regime
from app.personnel.awards.states import AwardKind
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date, write_money

YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Nomination:
    """An award as it is asked for; money in minor units."""

    kind: AwardKind
    amount_minor: int | None
    hours: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the limits are measured by: pay of a year, the rating of record, hours off in the last year.

    Also the grade with the step held and its last one, the day of the last quality step, and whether another
    waits for its decision.
    """

    pay_minor: int | None
    currency: str
    level: int | None
    hours_taken: int
    grade: str = ""
    step: int | None = None
    last_step: int = 0
    raised_on: dt.date | None = None
    has_waiting_step: bool = False


def check(regime: Regime, asked: Nomination, facts: Facts, effective_on: dt.date) -> Nomination:
    """Give the nomination with what its kind needs and nothing more, or raise Invalid or Conflict.

    `effective_on` is the first day from which a step could count.
    """
    if not asked.reason.strip():
        raise Invalid(reason="Say for what the award is")
    if asked.kind is AwardKind.HONOR:
        return Nomination(asked.kind, None, None, asked.reason.strip())
    if asked.kind is AwardKind.QUALITY_STEP:
        check_step(regime, facts, effective_on)
        return Nomination(asked.kind, None, None, asked.reason.strip())
    if asked.kind is AwardKind.TIME_OFF:
        return Nomination(asked.kind, None, _hours(regime, asked, facts), asked.reason.strip())
    most = regime.most_minor if asked.kind is AwardKind.SPECIAL_ACT else _share_of_pay(regime, facts)
    if asked.amount_minor is None or asked.amount_minor < 1:
        raise Invalid(amount_minor="Enter the amount of the award")
    if asked.amount_minor > most:
        limit, law = write_money(most, facts.currency), regime.citations[asked.kind.value]
        raise Invalid(amount_minor=f"At most {limit} ({law})")
    return Nomination(asked.kind, asked.amount_minor, None, asked.reason.strip())


def check_step(regime: Regime, facts: Facts, effective_on: dt.date, *, is_decided: bool = False) -> None:
    """Raise Conflict for a quality step that the rule does not allow on a day.

    It needs the highest rating of record, a step to rise to, and so many weeks since the last one; only one
    waits at a time, itself aside when it is decided.
    """
    law = regime.citations[AwardKind.QUALITY_STEP.value]
    if facts.level is None or facts.level < regime.step_level:
        raise Conflict(f"A quality step needs a rating of record of level {regime.step_level} ({law}).")
    if facts.step is None:
        raise Conflict("The step of this person is not on record, so none can follow it.")
    if facts.step >= facts.last_step:
        raise Conflict(f"Step {facts.step} is the last one of grade {facts.grade}.")
    if facts.has_waiting_step and not is_decided:
        raise Conflict("A quality step of this person waits for its decision already.")
    if facts.raised_on is not None:
        first = facts.raised_on + dt.timedelta(weeks=regime.step_weeks)
        if effective_on < first:
            raise Conflict(
                f"The last quality step counts from {write_date(facts.raised_on)}. The next one can count "
                f"from {write_date(first)} on, {regime.step_weeks} weeks later ({law})."
            )


def find_step_fault(regime: Regime, facts: Facts, effective_on: dt.date) -> str:
    """Say why no quality step is possible on a day; "" where one is."""
    try:
        check_step(regime, facts, effective_on)
    except Conflict as refused:
        return refused.message
    return ""


def demand_same_step(grade: str | None, to_step: int | None, facts: Facts) -> None:
    """Raise Conflict when the grade or step has changed since the award was proposed."""
    if facts.step is None or (grade, to_step) != (facts.grade, facts.step + 1):
        raise Conflict("The grade or step has changed since. Refuse this award; another can be proposed.")


def demand_second_person(actor_id: str | None, nominated_by: str) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == nominated_by:
        raise Conflict("You proposed this award, so another person has to decide.")


def demand_not_own(actor_id: str | None, account_id: str | None) -> None:
    """Raise Conflict when a person would take part in an own award."""
    if account_id is not None and actor_id == account_id:
        raise Conflict("You cannot take part in an award for yourself.")


def _hours(regime: Regime, asked: Nomination, facts: Facts) -> int:
    if asked.hours is None or not 1 <= asked.hours <= regime.most_hours:
        raise Invalid(hours=f"Enter from 1 to {regime.most_hours} hours ({regime.citations['time_off']})")
    if asked.hours + facts.hours_taken > regime.most_hours_a_year:
        left = max(regime.most_hours_a_year - facts.hours_taken, 0)
        raise Invalid(hours=f"In a year at most {regime.most_hours_a_year} hours; {left} are left")
    return asked.hours


def _share_of_pay(regime: Regime, facts: Facts) -> int:
    if facts.level is None or facts.level < regime.least_level:
        raise Conflict(
            f"This award needs a rating of record of level {regime.least_level} or above "
            f"({regime.citations['performance']})."
        )
    if facts.pay_minor is None:
        raise Conflict("The pay of this person is not on record, so the limit cannot be computed.")
    return facts.pay_minor * regime.percent_of_pay // 100
