"""The kinds of work that benefits make: proofs, life events, rates and corrections to decide."""

from __future__ import annotations

from app.home.waiting import Kind, One, add
from app.personnel.benefit_plans.models import BenefitPlan, PlanVersion
from app.personnel.benefit_plans.states import RateState
from app.personnel.dependants.models import Dependant
from app.personnel.dependants.states import DependantState
from app.personnel.employees.models import Employee
from app.personnel.enrolment_corrections.models import EnrolmentCorrection
from app.personnel.enrolment_corrections.states import CorrectionState
from app.personnel.life_events.models import LifeEvent
from app.personnel.life_events.states import EventState

BENEFITS = (
    Kind(
        "Contribution rates to approve",
        "personnel.benefit_plans.decide_rates",
        "personnel.benefit_plans.list_staff",
        PlanVersion,
        PlanVersion.state == RateState.PROPOSED,
        BenefitPlan.agency_id,
        PlanVersion.proposed_at,
        proposer=PlanVersion.proposed_by,
        joins=((BenefitPlan, BenefitPlan.id == PlanVersion.plan_id),),
        one=One("personnel.benefit_plans.show", "plan_id", BenefitPlan.id, BenefitPlan.name),
        days=5,
    ),
    Kind(
        "Enrolment corrections to decide",
        "personnel.enrolment_corrections.decide",
        "personnel.enrolment_corrections.list_staff",
        EnrolmentCorrection,
        EnrolmentCorrection.state == CorrectionState.PROPOSED,
        EnrolmentCorrection.agency_id,
        EnrolmentCorrection.proposed_at,
        proposer=EnrolmentCorrection.proposed_by,
        joins=((Employee, Employee.id == EnrolmentCorrection.employee_id),),
        one=One(
            "personnel.enrolment_corrections.show", "correction_id", EnrolmentCorrection.id, Employee.name
        ),
        days=5,
    ),
    Kind(
        "Life events to decide",
        "personnel.life_events.decide",
        "personnel.life_events.list_staff",
        LifeEvent,
        LifeEvent.state == EventState.REPORTED,
        LifeEvent.agency_id,
        LifeEvent.reported_at,
        joins=((Employee, Employee.id == LifeEvent.employee_id),),
        values={"state": "reported"},
        one=One("personnel.life_events.show", "event_id", LifeEvent.id, Employee.name),
        days=7,
    ),
    Kind(
        "Dependants to confirm",
        "personnel.dependants.decide",
        "personnel.dependants.list_staff",
        Dependant,
        Dependant.state == DependantState.CLAIMED,
        Dependant.agency_id,
        Dependant.claimed_at,
        joins=((Employee, Employee.id == Dependant.employee_id),),
        values={"state": "claimed"},
        one=One("personnel.dependants.show", "dependant_id", Dependant.id, Employee.name),
        days=14,
    ),
)
add(BENEFITS)
