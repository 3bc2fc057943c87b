"""The mails and the statement about benefits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.benefit_plans.queries import Rates
from app.personnel.benefit_plans.regimes import PAY
from app.personnel.benefit_plans.states import BenefitKind
from app.personnel.employees.models import Employee
from app.personnel.enrolments.models import BenefitElection, EnrolmentWindow
from app.platform import links, mail
from app.platform.locales import minor_digits, write_moment

USUAL_CURRENCY = "USD"


def remind(
    session: Session,
    window: EnrolmentWindow,
    employee_id: str,
    name: str,
    address: str,
    silence: str,
    days: int,
    at: dt.datetime,
) -> None:
    """Remind somebody who has not chosen, once for each step before the close."""
    closes = write_moment(window.closes_at, window.agency.time_zone)
    mail.promise(
        session,
        key=f"enrolment:{window.id}:{days}:{employee_id}",
        to=address,
        subject=f"{window.title}: choose your benefits",
        body=(
            f"Dear {name},",
            f"The open season closes on {closes}. You have chosen nothing in it yet. {silence}",
            links.absolute("/my/benefits"),
        ),
        at=at,
        language="en",
    )


def statement(
    employee: Employee, held: Mapping[BenefitKind, BenefitElection], rates: Rates, on: dt.date
) -> dict[str, Any]:
    """Give the fields of the statement of benefits that hold on a day, and what each costs a pay period."""
    lines = [_line(held[kind], rates) for kind in BenefitKind if kind in held]
    currency = next((row.plan.currency for row in held.values() if row.plan is not None), USUAL_CURRENCY)
    return {
        "signed_by": {"name": "Human resources office", "title": employee.agency.name},
        "employee_number": employee.number,
        "as_of": on,
        "currency": currency,
        "currency_digits": minor_digits(currency),
        "period_days": PAY.days,
        "benefits": lines,
        "contact": [employee.agency.contact_phone, employee.agency.contact_email],
    }


def _line(row: BenefitElection, rates: Rates) -> dict[str, Any]:
    common = {"kind": row.kind.title, "since": row.effective_from}
    if row.plan is None or row.tier is None:
        return common | {"plan": "Waived"}
    rate = rates.get(row.plan.id, {}).get(row.tier)
    return common | {
        "plan": row.plan.name,
        "tier": row.tier.title,
        "covers": [person.name for person in row.covered],
        "employee_minor": rate.employee_minor if rate else 0,
        "employer_minor": rate.employer_minor if rate else 0,
    }
