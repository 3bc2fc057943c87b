"""Reading service records as they were, and as they were known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, contains_eager, joinedload

from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import DAY, PASSING, Act, Away, first_day
from app.personnel.actions.states import ActionKind, ActionState, Standing
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.service_records.models import ServiceRecord
from app.personnel.service_records.rules import Seniority, Stretch, cut, seniority
from app.personnel.service_records.rules import load as load_rules
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

SHOW = "personnel.actions.show"
MOST_RECORDS = 400
# What ends a detail: the return, another detail, another post, the end of service.
AFTER_DETAIL = (
    ActionKind.RETURN_TO_DUTY,
    ActionKind.DETAIL,
    ActionKind.PROMOTION,
    ActionKind.TRANSFER,
    ActionKind.REDUCTION,
    ActionKind.SEPARATION,
)
ORDERS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = MappingProxyType(
    {
        "effective": (PersonnelAction.effective_on, PersonnelAction.id),
        "proposed": (PersonnelAction.proposed_at, PersonnelAction.id),
        "person": (Employee.name, PersonnelAction.effective_on, PersonnelAction.id),
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; None and empty texts narrow nothing."""

    agency_id: str = ""
    kind: ActionKind | None = None
    state: ActionState | None = None
    text: str = ""


def visible_to(actor: Actor, permission: str = SHOW) -> ColumnElement[bool]:
    """Give the condition on actions of the agencies in which the actor holds the permission."""
    return scope.within(PersonnelAction.agency_id, actor, permission)


def get_action(session: Session, action_id: str, actor: Actor, *, lock: bool = False) -> PersonnelAction:
    """Give an action with its people and agency, locked on demand; else NotFound."""
    found = (
        select(PersonnelAction)
        .where(PersonnelAction.id == action_id, visible_to(actor))
        .options(
            joinedload(PersonnelAction.employee).joinedload(Employee.agency),
            joinedload(PersonnelAction.agency),
            joinedload(PersonnelAction.proposer),
            joinedload(PersonnelAction.decider),
            joinedload(PersonnelAction.notice),
            joinedload(PersonnelAction.corrects),
        )
    )
    if lock:
        found = found.with_for_update(of=PersonnelAction).execution_options(populate_existing=True)
    action = session.scalar(found)
    if action is None:
        raise NotFound("There is no such personnel action.")
    return action


def list_actions(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    *,
    order: str = "effective",
    is_descending: bool = True,
    cursor: str = "",
    size: int = keyset.SIZE,
) -> keyset.Page[PersonnelAction]:
    """List a page of actions with person and agency, ordered by one of ORDERS."""
    found = _matching(actor, wanted).options(
        contains_eager(PersonnelAction.employee), joinedload(PersonnelAction.agency)
    )
    return keyset.fetch(session, found, ORDERS[order], is_descending=is_descending, cursor=cursor, size=size)


def count_actions(session: Session, actor: Actor, wanted: Wanted) -> int | str:
    """Count the actions of the list, up to a cap."""
    return keyset.count(session, _matching(actor, wanted))


def list_open_actions(session: Session, employee_id: str, *, lock: bool = False) -> list[PersonnelAction]:
    """List a person's actions that wait for approval or for their day, the earliest first.

    Locked on demand, with person and agency.
    """
    states = (ActionState.PROPOSED, ActionState.APPROVED)
    found = (
        select(PersonnelAction)
        .where(PersonnelAction.employee_id == employee_id, PersonnelAction.state.in_(states))
        .order_by(PersonnelAction.effective_on, PersonnelAction.id)
    )
    if lock:
        people = (joinedload(PersonnelAction.employee), joinedload(PersonnelAction.agency))
        found = found.options(*people).with_for_update(of=PersonnelAction)
        found = found.execution_options(populate_existing=True)
    return list(session.scalars(found))


def find_waiting_correction(session: Session, action_id: str) -> PersonnelAction | None:
    """Find the correction of an act that waits for approval."""
    return session.scalar(
        select(PersonnelAction).where(
            PersonnelAction.corrects_id == action_id, PersonnelAction.state == ActionState.PROPOSED
        )
    )


def find_correction(session: Session, action_id: str) -> PersonnelAction | None:
    """Find the newest correction of an act, whatever became of it."""
    return session.scalar(
        select(PersonnelAction)
        .where(PersonnelAction.corrects_id == action_id)
        .order_by(PersonnelAction.proposed_at.desc(), PersonnelAction.id.desc())
        .limit(1)
    )


def find_seated_on(session: Session, employee_id: str, position_id: str | None) -> dt.date:
    """Give the first day of the unbroken stretch, up to the newest record, in which a person holds a post."""
    since = dt.date.max
    for row in list_service_records(session, employee_id):
        if row.position_id != position_id:
            break
        since = row.valid_from
    return since


def _matching(actor: Actor, wanted: Wanted) -> Select[PersonnelAction]:
    found = (
        select(PersonnelAction)
        .join(Employee, PersonnelAction.employee_id == Employee.id)
        .where(visible_to(actor), *keyset.contains(Employee.search_text, wanted.text))
    )
    if wanted.agency_id:
        found = found.where(PersonnelAction.agency_id == wanted.agency_id)
    if wanted.kind:
        found = found.where(PersonnelAction.kind == wanted.kind)
    return found.where(PersonnelAction.state == wanted.state) if wanted.state else found


def as_of(
    session: Session, employee_id: str, on: dt.date, known_at: dt.datetime | None = None
) -> ServiceRecord | None:
    """Give what held of a person on a day, as it is known now or was known at a moment; None before hire."""
    return session.scalar(
        select(ServiceRecord)
        .where(
            ServiceRecord.employee_id == employee_id,
            ServiceRecord.valid_from <= on,
            or_(ServiceRecord.valid_to.is_(None), ServiceRecord.valid_to > on),
            known(known_at),
        )
        .options(
            joinedload(ServiceRecord.position),
            joinedload(ServiceRecord.agency),
            joinedload(ServiceRecord.action),
        )
    )


def list_service_records(
    session: Session, employee_id: str, known_at: dt.datetime | None = None
) -> list[ServiceRecord]:
    """List a person's history, the newest first, with acts, positions and agencies."""
    return list(
        session.scalars(
            select(ServiceRecord)
            .where(ServiceRecord.employee_id == employee_id, known(known_at))
            .options(
                joinedload(ServiceRecord.position),
                joinedload(ServiceRecord.agency),
                joinedload(ServiceRecord.action),
            )
            .order_by(ServiceRecord.valid_from.desc())
            .limit(MOST_RECORDS)
        )
    )


def service_began_on(session: Session, employee_id: str) -> dt.date | None:
    """Give the first day of a person's first service; breaks do not move it."""
    return session.scalar(
        select(func.min(ServiceRecord.valid_from)).where(
            ServiceRecord.employee_id == employee_id,
            ServiceRecord.superseded_at.is_(None),
            ServiceRecord.standing != Standing.SEPARATED,
        )
    )


def list_seniority(
    session: Session, employee_id: str, on: dt.date, known_at: dt.datetime | None = None
) -> list[Seniority]:
    """Count a person's service up to and with a day, by each rule; empty before the first day.

    It is counted as it is known now, or was known at a moment.
    """
    stretches = [
        Stretch(row.valid_from, row.valid_to - DAY if row.valid_to else dt.date.max - DAY, row.standing)
        for row in session.scalars(
            select(ServiceRecord)
            .where(ServiceRecord.employee_id == employee_id, known(known_at), ServiceRecord.valid_from <= on)
            .order_by(ServiceRecord.valid_from)
        )
    ]
    known_as = list(cut(stretches, _list_limited(session, employee_id)))
    return [seniority(known_as, on, rule) for rule in load_rules().values()] if stretches else []


def _list_limited(session: Session, employee_id: str) -> list[tuple[dt.date, dt.date]]:
    """List the first and last days of a person's provisional and temporary appointments."""
    query = select(Appointment.starts_on, Appointment.ended_on).where(
        Appointment.employee_id == employee_id,
        Appointment.kind.in_((AppointmentKind.PROVISIONAL, AppointmentKind.TEMPORARY)),
    )
    return [(row.starts_on, row.ended_on or dt.date.max - DAY) for row in session.execute(query)]


def known(at: dt.datetime | None) -> ColumnElement[bool]:
    """Give the condition on records that are known now, or (`at`) were known at a moment."""
    if at is None:
        return ServiceRecord.superseded_at.is_(None)
    return (ServiceRecord.recorded_at <= at) & (
        ServiceRecord.superseded_at.is_(None) | (ServiceRecord.superseded_at > at)
    )


def get_employee_to_change(session: Session, employee_id: str) -> Employee:
    """Give an employee of any agency, with the agency, locked, to whoever changes the record.

    The order in which everybody locks is: the person, the act, the appointment, the post. Acts and
    appointments are one person's, so who holds the person waits for nobody who waits for them; the post is
    last because the vacant one that somebody else wants too is nobody's yet.
    """
    found = select(Employee).where(Employee.id == employee_id).options(joinedload(Employee.agency))
    employee = session.scalar(found.with_for_update(of=Employee).execution_options(populate_existing=True))
    if employee is None:
        raise NotFound("There is no such employee.")
    return employee


def find_live_appointment(session: Session, employee_id: str) -> Appointment | None:
    """Find the appointment under which a person serves, locked."""
    return session.scalar(
        select(Appointment)
        .where(Appointment.employee_id == employee_id, Appointment.ended_on.is_(None))
        .options(joinedload(Appointment.employee))
        .with_for_update(of=Appointment)
    )


def find_last_appointment(session: Session, employee_id: str, position_id: str) -> Appointment | None:
    """Find a person's last appointment to a post, ended or not."""
    return session.scalar(
        select(Appointment)
        .where(Appointment.employee_id == employee_id, Appointment.position_id == position_id)
        .order_by(Appointment.starts_on.desc(), Appointment.id.desc())
        .limit(1)
    )


def load_standing_acts(session: Session, employee_id: str) -> list[Act]:
    """Load a person's acts that are in effect or will be."""
    states = (ActionState.PROPOSED, ActionState.APPROVED, ActionState.EFFECTED)
    found = select(PersonnelAction).where(
        PersonnelAction.employee_id == employee_id, PersonnelAction.state.in_(states)
    )
    return [
        Act(one.id, first_day(one.effective_on, one.effect), (one.proposed_at, one.id), one.effect)
        for one in session.scalars(found)
    ]


def list_away(session: Session, employee_id: str, *, but: str = "") -> list[Away]:
    """List the times for which a person's leave, suspensions and details were or may be granted.

    A return ends the one that runs. `but` is an act that is left out.
    """
    states = (ActionState.PROPOSED, ActionState.APPROVED, ActionState.EFFECTED)
    found = select(PersonnelAction).where(
        PersonnelAction.employee_id == employee_id,
        PersonnelAction.state.in_(states),
        PersonnelAction.id != but,
    )
    acts = list(session.scalars(found.options(joinedload(PersonnelAction.corrects))))
    wrong = {act.corrects_id for act in acts if act.corrects_id and act.state is not ActionState.PROPOSED}
    back = sorted(act.effective_on for act in acts if act.kind is ActionKind.RETURN_TO_DUTY)
    return [
        Away(_kind(act), act.effective_on, min(last, _end_before(act.effective_on, back)), act.state)
        for act in acts
        if act.effect and act.id not in wrong and _kind(act) in PASSING and (last := _last(act)) is not None
    ]


def find_detail(session: Session, employee_id: str, on: dt.date) -> PersonnelAction | None:
    """Find the detail in effect that runs on a day and from which the person has not returned."""
    return session.scalar(
        _details()
        .where(
            PersonnelAction.employee_id == employee_id,
            PersonnelAction.effective_on <= on,
            PersonnelAction.ends_on >= on,
        )
        .limit(1)
    )


def list_over_details(session: Session, before: dt.date) -> list[PersonnelAction]:
    """List the details in effect that ended before a day and from which nobody has returned yet."""
    return list(session.scalars(_details().where(PersonnelAction.ends_on < before)))


def _details() -> Select[PersonnelAction]:
    """Select details in effect that nothing which sets the place of work has followed."""
    later = aliased(PersonnelAction)
    is_over = exists().where(
        later.employee_id == PersonnelAction.employee_id,
        later.state == ActionState.EFFECTED,
        later.effective_on > PersonnelAction.effective_on,
        later.kind.in_(AFTER_DETAIL),
    )
    return (
        select(PersonnelAction)
        .where(
            PersonnelAction.kind == ActionKind.DETAIL, PersonnelAction.state == ActionState.EFFECTED, ~is_over
        )
        .order_by(PersonnelAction.ends_on, PersonnelAction.id)
    )


def _kind(act: PersonnelAction) -> ActionKind:
    """Give the kind of an act; of a correction that of what it corrects."""
    return act.corrects.kind if act.corrects is not None else act.kind


def _last(act: PersonnelAction) -> dt.date | None:
    return act.ends_on or (act.corrects.ends_on if act.corrects is not None else None)


def _end_before(first: dt.date, back: list[dt.date]) -> dt.date:
    """Give the day before the first return after a day."""
    return next((day - DAY for day in back if day > first), dt.date.max)


def list_due(session: Session, before: dt.date) -> list[PersonnelAction]:
    """List approved acts whose day has come before a day, the earliest first."""
    return list(
        session.scalars(
            select(PersonnelAction)
            .where(PersonnelAction.state == ActionState.APPROVED, PersonnelAction.effective_on <= before)
            .order_by(PersonnelAction.effective_on, PersonnelAction.id)
        )
    )
