"""When somebody may choose benefits, from which day a choice holds, and what a choice must be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.personnel.benefit_plans.regimes import EventRule, Regime
from app.personnel.benefit_plans.rules import Rate, period_of, takes_effect
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.enrolments.states import Phase, Source
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_moment

REMIND_DAYS = (14, 3, 1)
LONGEST_DAYS = 92
# How many besides the employee a tier covers: at least, at most.
COVERED: Mapping[Tier, tuple[int, int]] = {
    Tier.SELF: (0, 0),
    Tier.SELF_PLUS_ONE: (1, 1),
    Tier.FAMILY: (1, 50),
}


@dataclass(frozen=True, slots=True)
class WindowValues:
    """When an open season runs, and the year in which its choices hold."""

    plan_year: int
    opens_at: dt.datetime
    closes_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """What lets a person choose now: until when, and from which day the choice holds."""

    source: Source
    id: str
    title: str
    until: dt.datetime
    effective_from: dt.date
    may_waive: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen: a plan and a tier with whom it covers, or neither: a waiver."""

    kind: BenefitKind
    plan_id: str | None
    tier: Tier | None
    dependant_ids: tuple[str, ...] = ()
    opening_id: str = ""


def phase_at(opens_at: dt.datetime, closes_at: dt.datetime, at: dt.datetime) -> Phase:
    """Tell where a window stands; at the very moment of its close it is closed."""
    if at < opens_at:
        return Phase.PLANNED
    return Phase.OPEN if at < closes_at else Phase.CLOSED


def check_window(opens_at: dt.datetime, closes_at: dt.datetime, plan_year: int, at: dt.datetime) -> None:
    """Raise Invalid for a window that ends before it begins, that is over, or is not of its year."""
    if closes_at <= opens_at:
        raise Invalid(closes_at="The open season must close after it opens")
    if (closes_at - opens_at).days > LONGEST_DAYS:
        raise Invalid(closes_at=f"An open season lasts {LONGEST_DAYS} days at most")
    if closes_at <= at:
        raise Invalid(closes_at="This moment has passed")
    if not closes_at.year <= plan_year <= closes_at.year + 1:
        raise Invalid(plan_year="The choices hold in the year of the open season or the next one")


def event_takes_effect(regime: Regime, rule: EventRule, happened_on: dt.date, asked_on: dt.date) -> dt.date:
    """Give the day from which a choice after an event holds.

    For a child it is the pay period of the birth, or the birth itself, even when that has passed; for
    other events the next pay period or month after both the event and the request.
    """
    if not rule.from_event:
        return takes_effect(regime, max(asked_on, happened_on))
    return happened_on if regime.effective == "month" else period_of(happened_on)


def pick(openings: Sequence[Opening], opening_id: str, refusal: str) -> Opening:
    """Give the opening that was named, or the first; Conflict with the refusal where none is open."""
    if not openings:
        raise Conflict(refusal)
    named = [opening for opening in openings if opening.id == opening_id]
    if opening_id and not named:
        raise Conflict(refusal)
    return named[0] if named else openings[0]


def late(opens_at: dt.datetime, closes_at: dt.datetime, zone: str, at: dt.datetime) -> str:
    """Say why a choice is refused, with the time of the window and the time of the request."""
    now = write_moment(at, zone)
    if at < opens_at:
        return f"The open season opens on {write_moment(opens_at, zone)}. It is now {now}."
    return (
        f"The open season closed on {write_moment(closes_at, zone)}. It is now {now}, so your choice was not "
        "taken. What was saved before stands. After certain events in your life you can choose again."
    )


def check_choice(
    choice: Choice, rates: Mapping[Tier, Rate] | None, covered: int, opening: Opening
) -> Rate | None:
    """Give what the choice costs in a pay period, None for a waiver; Invalid for one that cannot be."""
    if choice.plan_id is None or choice.tier is None:
        if not opening.may_waive:
            raise Invalid(option="This event does not let you waive coverage")
        if covered:
            raise Invalid(dependants="A waiver covers nobody")
        return None
    if rates is None or choice.tier not in rates:
        raise Invalid(option="This plan is not offered so")
    least, most = COVERED[choice.tier]
    if covered < least:
        raise Invalid(dependants=f"{choice.tier.title} covers a dependant: select whom")
    if covered > most:
        few = "nobody but you" if most == 0 else "one dependant only"
        raise Invalid(dependants=f"{choice.tier.title} covers {few}")
    return rates[choice.tier]


def reminder_due(closes_on: dt.date, today: dt.date) -> int | None:
    """Give the reminder that is due: the least of REMIND_DAYS that the days left do not exceed."""
    left = (closes_on - today).days
    due = [days for days in REMIND_DAYS if left <= days]
    return min(due) if due and left >= 0 else None
