"""Calling off what was still to come of somebody who leaves, and letting leave follow the service."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.actions import letters, queries
from app.personnel.actions.states import ActionState, move
from app.personnel.employees.models import Employee
from app.personnel.leave_requests.leaving import follow_service
from app.platform import audit
from app.platform.actors import Actor


def call_off(session: Session, employee: Employee, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Cancel a person's actions that are not in effect yet, and leave that is not; corrections go on.

    It belongs to the act that ends the service, which has locked the person first: see
    queries.get_employee_to_change. Who proposed each is told, and the person where notice of it was given.
    """
    follow_service(session, employee, actor=actor, at=at)
    for action in queries.list_open_actions(session, employee.id, lock=True):
        if action.corrects_id is not None:
            continue
        was_approved = action.state is ActionState.APPROVED
        action.state, action.outcome_reason = move(action.state, ActionState.CANCELLED), reason
        session.flush()
        audit.record(
            session,
            "personnel.actions.cancel",
            actor=actor,
            at=at,
            subject=action.id,
            agency_id=action.agency_id,
            employee=employee.id,
        )
        letters.tell_cancelled(session, action, action.employee, at)
        if was_approved and action.notice_id is not None:
            letters.tell_person_cancelled(session, action, at)
