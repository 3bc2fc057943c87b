"""Plans with rates, open seasons, dependants and choices, made by direct inserts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Account, Agency
from app.personnel.benefit_plans.models import BenefitPlan, BenefitRate, PlanVersion
from app.personnel.benefit_plans.states import BenefitKind, PlanState, RateState, Tier
from app.personnel.dependants.models import Dependant
from app.personnel.dependants.states import DependantState, Relation
from app.personnel.employees.models import Employee
from app.personnel.enrolments.models import EnrolmentWindow
from app.platform.ids import new_id

SINCE = dt.date(2026, 1, 11)
MADE_AT = dt.datetime(2026, 1, 5, 15, tzinfo=dt.UTC)


def make_plan(
    session: Session,
    *,
    agency: Agency,
    by: Sequence[Account],
    employee_minor: int = 100_00,
    employer_minor: int = 300_00,
    since: dt.date = SINCE,
    **values: Any,
) -> BenefitPlan:
    """Insert a plan with approved rates: the second tier costs twice as much, the family three times."""
    plan = BenefitPlan(
        **{
            "id": new_id("bpl"),
            "agency_id": agency.id,
            "code": "H-1",
            "kind": BenefitKind.HEALTH,
            "name": "Harbor Standard",
            "carrier": "Harbor Mutual",
            "summary": "Any doctor of the network.",
            "currency": "USD",
            "is_default": False,
            "state": PlanState.OFFERED,
            "created_by": by[0].id,
            "created_at": MADE_AT,
        }
        | values
    )
    version = PlanVersion(
        id=new_id("bpv"),
        plan_id=plan.id,
        version=1,
        effective_from=since,
        state=RateState.APPROVED,
        proposed_by=by[0].id,
        proposed_at=MADE_AT,
        decided_by=by[1].id,
        decided_at=MADE_AT,
        rates=[
            BenefitRate(
                tier=tier, employee_minor=employee_minor * times, employer_minor=employer_minor * times
            )
            for times, tier in enumerate(Tier, 1)
        ],
    )
    session.add(plan)
    session.flush()
    session.add(version)
    session.flush()
    return plan


def make_window(session: Session, *, agency: Agency, created_by: str, **values: Any) -> EnrolmentWindow:
    """Insert the open season of 9 November to 11 December 2026, five in the afternoon in New York."""
    window = EnrolmentWindow(
        **{
            "id": new_id("ewn"),
            "agency_id": agency.id,
            "plan_year": 2027,
            "opens_at": dt.datetime(2026, 11, 9, 14, tzinfo=dt.UTC),
            "closes_at": dt.datetime(2026, 12, 11, 22, tzinfo=dt.UTC),
            "effective_from": dt.date(2027, 1, 10),
            "created_by": created_by,
            "created_at": MADE_AT,
        }
        | values
    )
    session.add(window)
    session.flush()
    return window


def make_dependant(
    session: Session, *, employee: Employee, is_verified: bool = True, **values: Any
) -> Dependant:
    """Insert a child born in 2015, confirmed unless it is said otherwise."""
    dependant = Dependant(
        **{
            "id": new_id("dpd"),
            "employee_id": employee.id,
            "agency_id": employee.agency_id,
            "name": "Tomi Okafor",
            "relation": Relation.CHILD,
            "born_on": dt.date(2015, 4, 1),
            "is_disabled": False,
            "evidence_digest": "a" * 64,
            "evidence_name": "birth.pdf",
            "evidence_type": "application/pdf",
            "state": DependantState.VERIFIED if is_verified else DependantState.CLAIMED,
            "claimed_at": MADE_AT,
            "ends_on": dt.date(2041, 5, 2),
            "decided_at": MADE_AT if is_verified else None,
        }
        | values
    )
    session.add(dependant)
    session.flush()
    return dependant
