"""Posts, appointments and people's records follow what an act in effect says of the seat."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.actions import queries, rules
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionKind, Standing
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.services import leave_position, take_position
from app.personnel.employees.models import Employee
from app.personnel.employees.services import end_service, resume_service
from app.personnel.positions.queries import get_position_to_fill
from app.platform import clock
from app.platform.actors import Actor


def follow(
    session: Session, action: PersonnelAction, employee: Employee, actor: Actor, at: dt.datetime
) -> None:
    """Let the post, the appointment and the person's record follow an act that was just put into effect."""
    former = queries.find_live_appointment(session, employee.id)
    if action.kind is ActionKind.CORRECTION:
        _follow_correction(session, action, employee, former, actor, at)
        return
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
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Bring the seat to what the corrected history says of today, and the dates to when it began."""
    held = queries.as_of(session, employee.id, clock.local_date(at, employee.agency.time_zone))
    employee.hired_on = queries.service_began_on(session, employee.id) or employee.hired_on
    if held is None:
        return
    if held.standing is Standing.SEPARATED:
        last_day = held.valid_from - rules.DAY
        _leave(session, action, former, last_day)
        end_service(session, employee=employee, separated_on=last_day)
    elif held.position_id is not None:
        since = queries.find_seated_on(session, employee.id, held.position_id)
        if former is None or former.position_id != held.position_id:
            if _sit_again(session, action, employee, former, held.position_id):
                return
            _sit(session, action, employee, former, held.position_id, since, actor, at)
        elif since != former.starts_on:
            _begin_otherwise(former, since)
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
