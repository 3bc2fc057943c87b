"""What surrounds a disciplinary case: answers to the factors, and a case whose notice was delivered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Agency
from app.personnel.deliveries import services as deliveries
from app.personnel.deliveries.models import Way
from app.personnel.deliveries.services import Handover
from app.personnel.discipline import services
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.rules import propose
from app.personnel.discipline.services import ChargeValues, Draft
from app.personnel.discipline.states import Action, DutyStatus
from app.personnel.employees.models import Employee
from app.personnel.penalty_factors.models import PenaltyFactor, Stage, Weight
from app.personnel.positions.models import Position
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import transaction
from app.platform.ids import new_id
from tests.factories.personnel import make_appointment, make_employee, make_position

ANSWERED_AT = dt.datetime(2026, 11, 3, 14, 0, tzinfo=dt.UTC)


def answer_factors(
    session: Session, *, case_id: str, by: str, stage: Stage = Stage.PROPOSAL, but: int = 0
) -> None:
    """Insert an answer to each of the twelve factors, but to the one with a number."""
    for factor in range(1, 13):
        if factor != but:
            session.add(
                PenaltyFactor(
                    id=new_id("pfa"),
                    case_id=case_id,
                    stage=stage,
                    factor=factor,
                    weight=Weight.NEUTRAL,
                    answer=f"Weighed: {factor}.",
                    answered_by=by,
                    answered_at=ANSWERED_AT,
                )
            )
    session.flush()


def lead(session: Session, *, boss: Actor | Account, employee: Employee) -> None:
    """Put the holder of an account into the post above the one that an employee holds."""
    agency = session.get_one(Agency, employee.agency_id)
    own = session.scalar(select(Employee).where(Employee.account_id == boss.id))
    own = own or make_employee(session, agency=agency, name=boss.name, account_id=boss.id)
    above = session.scalar(select(Position).where(Position.incumbent_id == own.id))
    if above is None:
        above = make_position(session, agency=agency, title="Head of section")
        make_appointment(session, position=above, employee=own)
    post = session.scalars(select(Position).where(Position.incumbent_id == employee.id)).one()
    post.reports_to_id = above.id
    session.flush()


def deliver_case(
    session: Session,
    *,
    employee: Employee,
    proposer: Actor,
    decider: Actor,
    proposed_at: dt.datetime,
    action: Action = Action.REMOVAL,
    days: int | None = None,
) -> DisciplinaryCase:
    """Take a case with one charge of two specifications through the services until its notice is delivered.

    It is proposed and delivered on the day of `proposed_at`.
    """
    zone = session.get_one(Agency, employee.agency_id).time_zone
    today = clock.local_date(proposed_at, zone)
    draft = Draft(propose(action, days), "Two absences.", "You were warned in June.", decider.id)
    given: dict[str, Any] = {"actor": proposer, "at": proposed_at}
    with transaction() as opened:
        case = services.open_case(opened, employee_id=employee.id, draft=draft, **given)
        charge = ChargeValues(
            "Absence without leave", "On 12 October you were absent.\nOn 19 October too.", "Time sheet"
        )
        services.add_charge(opened, case_id=case.id, values=charge, **given)
        answer_factors(opened, case_id=case.id, by=str(proposer.id))
        planned = {"delivered_on": today, "duty_status": DutyStatus.ON_DUTY}
        services.propose_action(opened, case_id=case.id, **planned, **given)
        handover = Handover(Way.IN_PERSON, today, proposer.name, "Signed for by the employee.")
        deliveries.record_delivery(opened, case_id=case.id, handover=handover, file=None, **given)
    session.expire_all()
    return session.get_one(DisciplinaryCase, case.id)
