"""Putting acts on service records right, on the order of those who decided on an appeal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.actions import queries, services
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionKind, ActionState, move
from app.platform.actors import Actor
from app.platform.ids import new_id


def find_standing(session: Session, source: str, kind: ActionKind) -> PersonnelAction | None:
    """Find the newest act of a kind that rests on a decision and is in effect, or will be."""
    states = (ActionState.APPROVED, ActionState.EFFECTED)
    found = select(PersonnelAction).where(
        PersonnelAction.source == source,
        PersonnelAction.kind == kind,
        PersonnelAction.state.in_(states),
    )
    return session.scalar(
        found.order_by(PersonnelAction.proposed_at.desc(), PersonnelAction.id.desc()).limit(1)
    )


def correct(
    session: Session,
    wrong: PersonnelAction,
    *,
    effective_on: dt.date,
    effect: Mapping[str, Any],
    reason: str,
    actor: Actor,
    at: dt.datetime,
    ends_on: dt.date | None = None,
) -> PersonnelAction:
    """Put another version in the place of an act in effect, at once; without an effect it is taken back.

    Conflict when the act is not in effect, or when the history would no longer hold.
    """
    employee = queries.get_employee_to_change(session, wrong.employee_id)
    action = PersonnelAction(
        id=new_id("act"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=ActionKind.CORRECTION,
        state=ActionState.APPROVED,
        effective_on=effective_on,
        ends_on=ends_on,
        effect=dict(effect),
        authority_code=wrong.authority_code,
        authority=wrong.authority,
        reason=reason,
        source=wrong.source,
        corrects_id=wrong.id,
        proposed_at=at,
        decided_at=at,
    )
    session.add(action)
    session.flush()
    services.take_effect(session, action, employee, actor, at)
    services.record(session, "correct", action, actor, at, corrects=wrong.id)
    return action


def call_off(
    session: Session, action: PersonnelAction, *, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Cancel an act whose day has not come."""
    action.state, action.outcome_reason = move(action.state, ActionState.CANCELLED), reason
    session.flush()
    services.record(session, "cancel", action, actor, at)
