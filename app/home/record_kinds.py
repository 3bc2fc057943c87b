"""The kinds of work that service records make: actions to decide on, and leave that runs out."""

from __future__ import annotations

from app.home.waiting import Kind, One, add
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionState, Standing
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.reclassifications.models import Reclassification
from app.personnel.reclassifications.states import ReclassificationState
from app.personnel.service_records.models import ServiceRecord

AWAY = (Standing.ON_LEAVE_WITHOUT_PAY, Standing.SUSPENDED)
RECORDS = (
    Kind(
        "Personnel actions to decide on",
        "personnel.actions.decide",
        "personnel.actions.list_staff",
        PersonnelAction,
        PersonnelAction.state == ActionState.PROPOSED,
        PersonnelAction.agency_id,
        PersonnelAction.proposed_at,
        PersonnelAction.proposed_by,
        joins=((Employee, Employee.id == PersonnelAction.employee_id),),
        values={"state": ActionState.PROPOSED.value},
        one=One("personnel.actions.show", "action_id", PersonnelAction.id, Employee.name),
        due=PersonnelAction.effective_on,
    ),
    Kind(
        "Reclassifications to decide on",
        "personnel.reclassifications.decide",
        "personnel.reclassifications.list_staff",
        Reclassification,
        Reclassification.state == ReclassificationState.PROPOSED,
        Reclassification.agency_id,
        Reclassification.proposed_at,
        Reclassification.proposed_by,
        joins=((Position, Position.id == Reclassification.position_id),),
        one=One(
            "personnel.reclassifications.show", "reclassification_id", Reclassification.id, Position.title
        ),
        due=Reclassification.effective_on,
    ),
    Kind(
        "Returns to duty to record",
        "personnel.actions.propose",
        "personnel.actions.list_staff",
        ServiceRecord,
        ServiceRecord.superseded_at.is_(None)
        & ServiceRecord.valid_to.is_(None)
        & ServiceRecord.standing.in_(AWAY)
        & PersonnelAction.ends_on.is_not(None),
        ServiceRecord.agency_id,
        ServiceRecord.recorded_at,
        joins=(
            (PersonnelAction, PersonnelAction.id == ServiceRecord.action_id),
            (Employee, Employee.id == ServiceRecord.employee_id),
        ),
        one=One("personnel.actions.choose", "employee_id", Employee.id, Employee.name),
        due=PersonnelAction.ends_on,
        within=14,
    ),
)
add(RECORDS)
