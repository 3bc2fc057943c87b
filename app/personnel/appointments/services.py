"""Changing appointments: a person is appointed to a position, enters on duty, or leaves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.personnel import letters
from app.personnel.actions import endings
from app.personnel.actions.rules import SEPARATED
from app.personnel.actions.states import ActionKind
from app.personnel.appointments import queries, rules
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.employees.services import begin_service, end_service
from app.personnel.positions.models import Position
from app.personnel.positions.queries import get_position_to_fill
from app.personnel.service_records import services as service_records
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.ids import new_id

# Why whom an appointment puts into a position may not enter on duty yet, as a sentence; None when nothing
# stands against it.
Bar = Callable[[Session, Appointment], str | None]
APPOINT = "personnel.appointment_proposals.decide"
_bars: list[Bar] = []


def add_bar(bar: Bar) -> None:
    """Let a later package keep people from entering on duty; the same one added twice is one."""
    if bar not in _bars:
        _bars.append(bar)


def find_bars(session: Session, appointment: Appointment) -> list[str]:
    """Say what keeps a person from entering on duty."""
    return [sentence for bar in _bars if (sentence := bar(session, appointment)) is not None]


def appoint(
    session: Session,
    *,
    position_id: str,
    name: str,
    email: str | None,
    account_id: str | None,
    starts_on: dt.date,
    kind: AppointmentKind,
    authority: str,
    source: str | None,
    actor: Actor,
    at: dt.datetime,
    probation: rules.ProbationRule = rules.FIRST_YEAR,
    report_to: Sequence[str] = (),
    term_ends_on: dt.date | None = None,
) -> Appointment:
    """Put a person into a vacant position, begin the service record, and promise the letter.

    It belongs to the act in which two people decided so: a selection from a certificate, or a proposal.
    Conflict for a position that is occupied or abolished, and for a person who holds another one or who is
    the actor; Invalid on `starts_on` for a start before the position was established, before the last
    incumbent's last day, or before the end of an earlier service. `source` is the typed id of what led to
    it, `report_to` says where to come first.
    """
    queries.lock_holder(session, account_id)  # the person first, the post last
    position = get_position_to_fill(session, position_id)
    actor.demand(APPOINT, position.agency_id)
    _check(session, position, account_id, starts_on, actor)
    employee = begin_service(
        session,
        account_id=account_id,
        name=name,
        email=email,
        agency_id=position.agency_id,
        hired_on=starts_on,
    )
    appointment = Appointment(
        id=new_id("apt"),
        employee=employee,
        position=position,
        agency=position.agency,
        kind=kind,
        authority=authority,
        source=source,
        starts_on=starts_on,
        probation_ends_on=rules.probation_end(starts_on, kind, probation),
        term_ends_on=term_ends_on,
        appointed_by=actor.id,
        created_at=at,
    )
    session.add(appointment)
    position.incumbent = employee
    session.flush()
    _begin_history(session, appointment, position, actor, at)
    _record(session, "appoint", appointment, actor, at, kind=kind, source=source)
    _promise_letter(session, appointment, actor, at, probation, report_to)
    return appointment


def _check(
    session: Session, position: Position, account_id: str | None, starts_on: dt.date, actor: Actor
) -> None:
    """Raise Conflict or Invalid for a position or a person that an appointment cannot be about."""
    occupied = position.incumbent_id is not None
    rules.check_position(position.state, number=position.number, is_occupied=occupied)
    held = queries.find_held_number(session, account_id) if account_id else None
    rules.check_person(held, is_signer=account_id is not None and account_id == actor.id)
    rules.check_established(starts_on, position.established_on)
    rules.check_start(starts_on, queries.find_vacated_on(session, position.id))
    if account_id and (newest := queries.find_newest_service(session, account_id)) is not None:
        rules.check_return(newest.standing, newest.valid_from, starts_on)


def enter_on_duty(
    session: Session, *, appointment_id: str, entered_on: dt.date, actor: Actor, at: dt.datetime
) -> Appointment:
    """Record the day on which an appointed person began to work.

    Conflict when that is recorded already, or while something stands against it, such as a selection that
    was not audited; Invalid for a day before the first day of the appointment or after today.
    """
    appointment = queries.get_appointment(session, appointment_id, actor, lock=True)
    actor.demand("personnel.appointments.enter", appointment.agency_id)
    rules.check_live(appointment.ended_on)
    rules.check_entry(appointment.entered_on, find_bars(session, appointment))
    today = clock.local_date(at, appointment.agency.time_zone)
    rules.check_entry_day(appointment.starts_on, entered_on, today)
    appointment.entered_on = entered_on
    session.flush()
    _record(session, "enter", appointment, actor, at, entered_on=entered_on)
    return appointment


def vacate(
    session: Session,
    appointment: Appointment,
    position: Position,
    *,
    reason: str,
    ended_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """End a live appointment that is loaded with its person; it belongs to the act that has decided so."""
    leave_position(session, appointment, position, reason=reason, ended_on=ended_on)
    end_service(session, employee=appointment.employee, separated_on=ended_on)
    if ended_on < appointment.starts_on:
        service_records.take_back(session, appointment.id, reason=reason, at=at)
    else:
        service_records.enter_act(
            session,
            employee_id=appointment.employee_id,
            agency_id=appointment.agency_id,
            kind=ActionKind.SEPARATION,
            effective_on=ended_on,
            effect=SEPARATED,
            authority=appointment.authority,
            reason=reason,
            source=appointment.id,
            decided_by=actor.id,
            at=at,
        )
    _record(session, "end", appointment, actor, at, ended_on=ended_on)
    employee = queries.lock_person(session, appointment.employee_id)
    endings.call_off(session, employee, reason="The appointment ended.", actor=actor, at=at)


def take_position(
    session: Session,
    employee: Employee,
    position: Position,
    *,
    former: Appointment | None,
    authority: str,
    source: str,
    starts_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> Appointment:
    """Put a person who serves into a position; it belongs to the personnel action that decided so.

    Kind and probation go on as in the former appointment; without one, it is permanent.
    """
    rules.check_position(
        position.state, number=position.number, is_occupied=position.incumbent_id is not None
    )
    rules.check_start(starts_on, queries.find_vacated_on(session, position.id))
    appointment = Appointment(
        id=new_id("apt"),
        employee_id=employee.id,
        position_id=position.id,
        agency_id=position.agency_id,
        kind=former.kind if former else AppointmentKind.PERMANENT,
        authority=authority,
        source=source,
        starts_on=starts_on,
        probation_ends_on=former.probation_ends_on if former else None,
        term_ends_on=former.term_ends_on if former else None,
        entered_on=starts_on,
        appointed_by=actor.id,
        created_at=at,
    )
    if appointment.probation_ends_on is not None and appointment.probation_ends_on <= starts_on:
        appointment.kind, appointment.probation_ends_on = AppointmentKind.PERMANENT, None
    session.add(appointment)
    position.incumbent_id = employee.id
    session.flush()
    return appointment


def leave_position(
    session: Session, appointment: Appointment, position: Position, *, reason: str, ended_on: dt.date
) -> None:
    """Empty a position; whether the person's service ends or goes on is for the act that decided so."""
    appointment.ended_on, appointment.end_reason = ended_on, reason
    position.incumbent_id = None
    session.flush()
    session.expire(position, ["incumbent"])


def _begin_history(
    session: Session, appointment: Appointment, position: Position, actor: Actor, at: dt.datetime
) -> None:
    service_records.enter_act(
        session,
        employee_id=appointment.employee.id,
        agency_id=position.agency_id,
        kind=ActionKind.APPOINTMENT,
        effective_on=appointment.starts_on,
        effect=service_records.first_service(position).effect(),
        authority=appointment.authority,
        reason=f"{appointment.kind.title} appointment",
        source=appointment.id,
        decided_by=actor.id,
        at=at,
    )


def _promise_letter(
    session: Session,
    appointment: Appointment,
    actor: Actor,
    at: dt.datetime,
    probation: rules.ProbationRule,
    report_to: Sequence[str],
) -> None:
    employee = appointment.employee
    notices.promise(
        session,
        template="appointment",
        subject=appointment.id,
        agency_id=appointment.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=letters.appointment(appointment, actor, probation, report_to),
        actor=actor,
        at=at,
        key=f"appointment:{appointment.id}",
    )


def _record(
    session: Session, act: str, appointment: Appointment, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.appointments.{act}",
        actor=actor,
        at=at,
        subject=appointment.id,
        agency_id=appointment.agency_id,
        position=appointment.position_id,
        employee=appointment.employee_id,
        **details,
    )
