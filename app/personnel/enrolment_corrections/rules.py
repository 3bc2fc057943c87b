"""What the correction of an enrolment must say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.personnel.benefit_plans.rules import period_from, period_of
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.platform.errors import Invalid
from app.platform.locales import write_date


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an enrolment shall be from a day on; without a plan it is waived."""

    kind: BenefitKind
    plan_id: str | None
    tier: Tier | None
    effective_from: dt.date
    reason: str


def check(wanted: Wanted, hired_on: dt.date) -> None:
    """Raise Invalid for a day on which no pay period begins or before the service, and without a reason."""
    day = wanted.effective_from
    if period_of(day) != day:
        nearest = write_date(period_from(day))
        raise Invalid(effective_from=f"Enrolments begin with a pay period, such as that of {nearest}")
    if day < period_of(hired_on):
        raise Invalid(effective_from=f"Service began on {write_date(hired_on)}")
    if not wanted.reason.strip():
        raise Invalid(reason="Enter what was wrong and how it is known")
