"""Posts, appointments and people's records follow what an act in effect says of the seat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.actions import queries, rules
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionKind, Standing
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.services import leave_position, take_position
from app.personnel.employees.models import Employee
from app.personnel.employees.services import end_service, resume_service
from app.personnel.leave_requests.leaving import follow_service
from app.personnel.positions.queries import get_position_to_fill
from app.personnel.service_records.queries import find_newest
from app.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class Seat:
    """What the newest record of a person says: the post, or none of whom is separated, and since when."""

    position_id: str | None
    standing: Standing
    since: dt.date


def find_seat(session: Session, employee_id: str) -> Seat | None:
    """Give the seat that a person's history ends with; None without a history."""
    newest = find_newest(session, employee_id)
    if newest is None:
        return None
    since = queries.find_seated_on(session, employee_id, newest.position_id)
    return Seat(newest.position_id, newest.standing, since)


def follow(
    session: Session,
    action: PersonnelAction,
    employee: Employee,
    before: Seat | None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Let the post, the appointment and the person's record follow an act that was just put into effect.

    `before` is the seat with which the history ended without it.
    """
    former = queries.find_live_appointment(session, employee.id)
    was_separated_on = employee.separated_on
    if action.kind is ActionKind.CORRECTION:
        _follow_correction(session, action, employee, former, before, actor, at)
    else:
        _follow_act(session, action, employee, former, actor, at)
    if action.kind is ActionKind.CORRECTION or employee.separated_on != was_separated_on:
        follow_service(session, employee, actor=actor, at=at)


def _follow_act(
    session: Session,
    action: PersonnelAction,
    employee: Employee,
    former: Appointment | None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    wanted = action.effect.get("position_id")
    if action.effect.get("standing") == Standing.SEPARATED.value:
        _leave(session, action, former, action.effective_on)
        end_service(session, employee=employee, separated_on=action.effective_on)
    elif wanted is not None and (former is None or former.position_id != wanted):
        _sit(session, action, employee, former, wanted, action.effective_on, actor, at)


def _follow_correction(
    session: Session,
    action: PersonnelAction,
    employee: Employee,
    former: Appointment | None,
    before: Seat | None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Bring the seat and the dates to what the corrected history ends with, where that has changed.

    What the history ends with may lie ahead: an appointment that is still to begin, or a last day of today.
    """
    employee.hired_on = queries.service_began_on(session, employee.id) or employee.hired_on
    held = find_seat(session, employee.id)
    if held is None or held == before:
        session.flush()
        return
    if held.standing is Standing.SEPARATED:
        last_day = held.since - rules.DAY
        _leave(session, action, former, last_day)
        end_service(session, employee=employee, separated_on=last_day)
    elif held.position_id is not None:
        if former is None or former.position_id != held.position_id:
            if _sit_again(session, action, employee, former, held.position_id):
                return
            _sit(session, action, employee, former, held.position_id, held.since, actor, at)
        elif held.since != former.starts_on:
            _begin_otherwise(former, held.since)
    session.flush()


def _sit_again(
    session: Session,
    action: PersonnelAction,
    employee: Employee,
    former: Appointment | None,
    position_id: str,
) -> bool:
    """Let an appointment that had ended go on as if it had not, where there is one and the post is free."""
    earlier = queries.find_last_appointment(session, employee.id, position_id)
    post = get_position_to_fill(session, position_id)
    if earlier is None or post.incumbent_id is not None:
        return False
    if former is not None:
        _leave(session, action, former, former.starts_on)
    earlier.ended_on, earlier.end_reason, post.incumbent_id = None, None, employee.id
    resume_service(session, employee=employee, agency_id=post.agency_id)
    return True


def _begin_otherwise(appointment: Appointment, since: dt.date) -> None:
    """Let an appointment begin on another day; entry on duty and probation are moved with it."""
    by = since - appointment.starts_on
    appointment.starts_on = since
    if appointment.entered_on is not None:
        appointment.entered_on = max(appointment.entered_on, since)
    if appointment.probation_ends_on is not None:
        appointment.probation_ends_on += by


def _sit(
    session: Session,
    action: PersonnelAction,
    employee: Employee,
    former: Appointment | None,
    position_id: str,
    since: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> None:
    if former is not None:
        _leave(session, action, former, max(former.starts_on, since - rules.DAY))
    post = get_position_to_fill(session, position_id)
    resume_service(session, employee=employee, agency_id=post.agency_id)
    take_position(
        session,
        employee,
        post,
        former=former,
        authority=action.authority,
        source=action.id,
        starts_on=since,
        actor=actor,
        at=at,
    )


def _leave(session: Session, action: PersonnelAction, former: Appointment | None, last_day: dt.date) -> None:
    if former is not None:
        old = get_position_to_fill(session, former.position_id)
        reason = (action.reason or action.kind.title)[:2000]
        leave_position(session, former, old, reason=reason, ended_on=last_day)
