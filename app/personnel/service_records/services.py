"""Writing service histories: an act is entered, and the history that follows from all acts is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Act, Service, Span, first_day, replay
from app.personnel.actions.states import ActionKind, ActionState, Standing
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.service_records import queries
from app.personnel.service_records.models import ServiceRecord
from app.platform import audit
from app.platform.actors import Actor
from app.platform.ids import new_id

ONE_OPENING = dt.timedelta(hours=1)
VALUES = tuple(field.name for field in fields(Service))


def enter_act(
    session: Session,
    *,
    employee_id: str,
    agency_id: str,
    kind: ActionKind,
    effective_on: dt.date,
    effect: dict[str, Any],
    authority: str,
    reason: str,
    source: str | None,
    decided_by: str | None,
    at: dt.datetime,
) -> PersonnelAction:
    """Enter an act that is in effect; it belongs to the act that has decided so, which records itself."""
    action = PersonnelAction(
        id=new_id("act"),
        employee_id=employee_id,
        agency_id=agency_id,
        kind=kind,
        state=ActionState.EFFECTED,
        effective_on=effective_on,
        effect=effect,
        authority_code="",
        authority=authority,
        reason=reason,
        source=source,
        proposed_at=at,
        decided_by=decided_by,
        decided_at=at,
        effected_at=at,
    )
    session.add(action)
    session.flush()
    write_history(session, employee_id, at)
    return action


def take_back(session: Session, source: str, *, reason: str, at: dt.datetime) -> None:
    """Take back what came of `source`, such as an appointment that was never taken up."""
    found = select(PersonnelAction).where(
        PersonnelAction.source == source, PersonnelAction.state == ActionState.EFFECTED
    )
    for action in session.scalars(found):
        action.state, action.effected_at, action.outcome_reason = ActionState.CANCELLED, None, reason
        session.flush()
        write_history(session, action.employee_id, at)


def first_service(position: Position) -> Service:
    """Give what holds of a person who is put into a position and nothing else is said: its lowest step."""
    return Service(
        position_id=position.id,
        agency_id=position.agency_id,
        grade=position.grade,
        step=1,
        pay_minor=position.pay_min_minor,
        pay_currency=position.pay_currency,
        pay_period=position.pay_period,
        weekly_minutes=position.authorized_minutes,
        duty_station=position.duty_station,
        standing=Standing.IN_SERVICE,
    )


def write_history(session: Session, employee_id: str, at: dt.datetime) -> None:
    """Keep the history that follows from a person's acts in effect; what it replaces stays, superseded."""
    found = select(ServiceRecord).where(
        ServiceRecord.employee_id == employee_id, ServiceRecord.superseded_at.is_(None)
    )
    known = {_key(row): row for row in session.scalars(found)}
    wanted = {
        (span.valid_from, span.valid_to, span.action_id, *_values(span.service)): span
        for span in replay(load_acts(session, employee_id))
    }
    for key in known.keys() - wanted.keys():
        known[key].superseded_at = at
    session.flush()  # before the new rows come: at any time one row is known for a day
    session.add_all(make_records(employee_id, [wanted[key] for key in wanted if key not in known], at))
    session.flush()


def load_acts(session: Session, employee_id: str) -> list[Act]:
    """Load a person's acts in effect; a correction has the place among them of what it corrects."""
    states = (ActionState.EFFECTED, ActionState.CORRECTED)
    found = select(PersonnelAction).where(
        PersonnelAction.employee_id == employee_id, PersonnelAction.state.in_(states)
    )
    acts = {action.id: action for action in session.scalars(found)}
    return [
        Act(one.id, first_day(one.effective_on, one.effect), _order(one, acts), one.effect)
        for one in acts.values()
        if one.state is ActionState.EFFECTED
    ]


def make_records(employee_id: str, spans: Iterable[Span], at: dt.datetime) -> list[ServiceRecord]:
    """Make the rows of spans, known from `at` on."""
    return [
        ServiceRecord(
            id=new_id("svr"),
            employee_id=employee_id,
            action_id=span.action_id,
            valid_from=span.valid_from,
            valid_to=span.valid_to,
            recorded_at=at,
            **dict(zip(VALUES, _values(span.service), strict=True)),
        )
        for span in spans
    ]


def _order(action: PersonnelAction, acts: dict[str, PersonnelAction]) -> tuple[dt.datetime, str]:
    while action.corrects_id in acts:
        action = acts[action.corrects_id]
    return action.proposed_at, action.id


def _key(row: ServiceRecord) -> tuple[Any, ...]:
    return row.valid_from, row.valid_to, row.action_id, *_values(row)


def _values(held: Service | ServiceRecord) -> tuple[Any, ...]:
    return tuple(getattr(held, name) for name in VALUES)


def note_opening(session: Session, *, employee: Employee, page: str, actor: Actor, at: dt.datetime) -> None:
    """Note who in the office opened a page of a person's file, by its endpoint; the person can see it.

    Once an hour for each reader and page, and never of the person's own reading.
    """
    if actor.id == employee.account_id or queries.was_opened(
        session, employee.id, page, actor.id, at - ONE_OPENING
    ):
        return
    audit.record(
        session,
        queries.OPEN_FILE,
        actor=actor,
        at=at,
        subject=employee.id,
        agency_id=employee.agency_id,
        page=page,
    )
