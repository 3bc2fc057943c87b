"""Calling off what was still to come of somebody who leaves."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.actions import letters, queries
from app.personnel.actions.states import ActionState, move
from app.platform import audit
from app.platform.actors import Actor


def cancel_open_actions(
    session: Session, employee_id: str, *, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Cancel a person's actions that are not in effect yet; corrections of the past go on.

    It belongs to the act that ends the service. Who proposed each is told, and the person where notice of
    it was given.
    """
    for action in queries.list_open_actions(session, employee_id, lock=True):
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
            employee=employee_id,
        )
        letters.tell_cancelled(session, action, action.employee, at)
        if was_approved and action.notice_id is not None:
            letters.tell_person_cancelled(session, action, at)
