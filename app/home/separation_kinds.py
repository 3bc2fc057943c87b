"""The kinds of work that leaving makes: requests to decide, steps to clear, files to finish."""

from __future__ import annotations

from app.home.waiting import Kind, One, add
from app.personnel.employees.models import Employee
from app.personnel.separations.models import ClearanceItem, Separation
from app.personnel.separations.queries import signable_by
from app.personnel.separations.states import ItemState, SeparationState

OF_EMPLOYEE = (Employee, Employee.id == Separation.employee_id)
ASKED_BACK = Separation.withdrawal_asked_at.is_not(None) & Separation.withdrawal_answer.is_(None)

SEPARATIONS = (
    Kind(
        "Separations to decide",
        "personnel.separations.decide",
        "personnel.separations.list_staff",
        Separation,
        Separation.state == SeparationState.SUBMITTED,
        Separation.agency_id,
        Separation.requested_at,
        proposer=Separation.requested_by,
        joins=(OF_EMPLOYEE,),
        values={"state": "submitted"},
        one=One("personnel.separations.show", "separation_id", Separation.id, Employee.name),
        days=7,
    ),
    Kind(
        "Requests to stay in service to answer",
        "personnel.separations.answer_taking_back",
        "personnel.separations.list_staff",
        Separation,
        Separation.state.in_((SeparationState.SUBMITTED, SeparationState.ACCEPTED)) & ASKED_BACK,
        Separation.agency_id,
        Separation.withdrawal_asked_at,
        proposer=Separation.requested_by,
        joins=(OF_EMPLOYEE,),
        one=One("personnel.separations.show", "separation_id", Separation.id, Employee.name),
        days=3,
    ),
    Kind(
        "Clearance steps to sign off",
        "personnel.separations.list_to_sign",
        "personnel.separations.list_to_sign",
        ClearanceItem,
        ClearanceItem.state == ItemState.OPEN,
        Separation.agency_id,
        Separation.decided_at,
        joins=((Separation, Separation.id == ClearanceItem.separation_id), OF_EMPLOYEE),
        one=One("personnel.separations.sign_off", "item_id", ClearanceItem.id, ClearanceItem.title),
        visible=signable_by,
        due=ClearanceItem.due_on,
    ),
)
add(SEPARATIONS)
