"""What an award may be, by the rule of the agency."""

from __future__ import annotations

from dataclasses import dataclass

from app.personnel.awards.regimes import Regime
from app.personnel.awards.states import AwardKind
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_money

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
    """What the limits are measured by: pay of a year, the rating of record, hours off in the last year."""

    pay_minor: int | None
    currency: str
    level: int | None
    hours_taken: int


def check(regime: Regime, asked: Nomination, facts: Facts) -> Nomination:
    """Give the nomination with what its kind needs and nothing more, or raise Invalid or Conflict."""
    if not asked.reason.strip():
        raise Invalid(reason="Say for what the award is")
    if asked.kind is AwardKind.HONOR:
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
