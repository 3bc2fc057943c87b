"""Who may be covered as a dependant, and until which day."""

from __future__ import annotations

import datetime as dt

from app.personnel.benefit_plans.regimes import Regime
from app.personnel.benefit_plans.rules import birthday
from app.personnel.dependants.states import DependantState, Relation
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

REMIND_DAYS = (60, 14)
OLDEST_YEARS = 120
DAYS_A_YEAR = 366


def last_day(regime: Regime, relation: Relation, born_on: dt.date, *, is_disabled: bool) -> dt.date | None:
    """Give the last day on which a dependant may be covered; None where no age ends it."""
    if not relation.is_child or is_disabled:
        return None
    days = regime.last_day_after + regime.extension_days
    return birthday(born_on, regime.child_age) + dt.timedelta(days=days)


def check_claim(regime: Regime, born_on: dt.date, ends_on: dt.date | None, today: dt.date) -> None:
    """Raise Invalid for a day of birth that cannot be, or a child who is too old."""
    if born_on > today or (today - born_on).days > OLDEST_YEARS * DAYS_A_YEAR:
        raise Invalid(born_on="The date of birth must be a day in the past")
    if ends_on is not None and ends_on < today:
        raise Invalid(
            born_on=f"A child is covered up to the age of {regime.child_age} ({regime.child_law}): "
            f"this one could be covered until {write_date(ends_on)}. If the child cannot support itself "
            "because of a disability, say so"
        )


def check_single(relation: Relation, live: list[Relation]) -> None:
    """Raise Invalid for a second spouse."""
    if relation is Relation.SPOUSE and Relation.SPOUSE in live:
        raise Invalid(relation="Your spouse is on the list already. Take that entry off first")


def may_be_covered(state: DependantState, ends_on: dt.date | None, on: dt.date) -> bool:
    """Tell whether a plan covers a dependant on a day: proved, and not too old."""
    return state is DependantState.VERIFIED and (ends_on is None or ends_on >= on)


def demand_evidence(name: str | None) -> None:
    """Raise Conflict when somebody would confirm a dependant of whom no proof is there."""
    if name is None:
        raise Conflict("There is no proof on file. Ask the employee for it, or refuse with the reason.")


def reminder_due(ends_on: dt.date, today: dt.date) -> int | None:
    """Give the reminder that is due: the least of REMIND_DAYS that the days left do not exceed."""
    left = (ends_on - today).days
    due = [days for days in REMIND_DAYS if left <= days]
    return min(due) if due and left >= 0 else None
