"""Reading preferred lists: who stands on them, who came first at a moment, whom the record adds."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from app.exams.merit_lists.models import MeritList
from app.exams.preferred_lists.models import PreferredEntry
from app.exams.preferred_lists.rules import Regime, Standing, find_by_rulebook, get_regime, order, regimes
from app.exams.preferred_lists.states import FIRST, PreferredState
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.personnel.positions.states import PositionState
from app.platform import clock, keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ, OFFER = "exams.preferred_lists.list_staff", "exams.preferred_lists.offer"
BATCH = 200
LASTING = (AppointmentKind.PROBATIONAL, AppointmentKind.PERMANENT)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps entries to the agencies in which the actor may read them.

    A list that serves every agency is read in all of them.
    """
    own = scope.within(PreferredEntry.agency_id, actor, READ)
    shared = [regime.name for regime in regimes() if regime.reaches == "everywhere"]
    return own | PreferredEntry.regime.in_(shared) if actor.may(READ) else own


def get_entry(session: Session, entry_id: str, actor: Actor, *, lock: bool = False) -> PreferredEntry:
    """Give an entry with the person, the agency and what was offered, or raise NotFound."""
    query = (
        select(PreferredEntry)
        .where(PreferredEntry.id == entry_id, visible_to(actor))
        .options(
            joinedload(PreferredEntry.employee),
            joinedload(PreferredEntry.agency),
            joinedload(PreferredEntry.position),
            joinedload(PreferredEntry.offerer),
            joinedload(PreferredEntry.answerer),
            joinedload(PreferredEntry.action),
        )
    )
    found = session.scalar(query.with_for_update(of=PreferredEntry) if lock else query)
    if found is None:
        raise NotFound("There is no such entry of a preferred list.")
    return found


def list_staff(
    session: Session, actor: Actor, *, state: PreferredState | None = None, cursor: str = ""
) -> keyset.Page[PreferredEntry]:
    """List a page of entries by class and then by seniority, with people and agencies."""
    query = (
        select(PreferredEntry)
        .where(visible_to(actor))
        .options(joinedload(PreferredEntry.employee), joinedload(PreferredEntry.agency))
    )
    if state:
        query = query.where(PreferredEntry.state == state)
    columns = (PreferredEntry.class_code, PreferredEntry.seniority_from, PreferredEntry.id)
    return keyset.fetch(session, query, columns, is_descending=False, cursor=cursor)


def list_first(
    session: Session,
    regime: Regime,
    *,
    agency_id: str,
    class_code: str,
    at: dt.datetime,
    on: dt.date,
    unoffered: bool = False,
) -> list[Standing]:
    """List who came first for a class in an agency at a moment and its day, in order.

    With `unoffered` only those who stand on the list now and were not offered a position.
    """
    query = (
        select(PreferredEntry.id, Employee.name, PreferredEntry.agency_id, PreferredEntry.seniority_from)
        .join(Employee, Employee.id == PreferredEntry.employee_id)
        .where(
            PreferredEntry.regime == regime.name,
            PreferredEntry.class_code == class_code,
            PreferredEntry.placed_at <= at,
            or_(PreferredEntry.ended_at.is_(None), PreferredEntry.ended_at > at),
            PreferredEntry.expires_on >= on,
        )
    )
    if unoffered:
        query = query.where(PreferredEntry.state == PreferredState.STANDING)
    return order([Standing(*row) for row in session.execute(query)], agency_id, regime)


def list_before(
    session: Session, merit_list: MeritList, at: dt.datetime
) -> tuple[Regime | None, list[Standing]]:
    """Give the law and who comes before a list, loaded with examination and posting, at a moment."""
    examination = merit_list.examination
    regime = find_by_rulebook(examination.rulebook)
    if regime is None:
        return None, []
    found = list_first(
        session,
        regime,
        agency_id=merit_list.agency_id,
        class_code=examination.posting.class_code,
        at=at,
        on=clock.local_date(at, examination.agency.time_zone),
    )
    return regime, found


def list_vacant(session: Session, entry: PreferredEntry, actor: Actor) -> list[Position]:
    """List the vacant positions that the actor may offer to a person, by number."""
    own = Position.agency_id == entry.agency_id
    query = (
        select(Position)
        .where(
            Position.class_code == entry.class_code,
            own if get_regime(entry.regime).reaches == "agency" else true(),
            scope.within(Position.agency_id, actor, OFFER),
            Position.incumbent_id.is_(None),
            Position.state == PositionState.ACTIVE,
        )
        .order_by(Position.number)
        .limit(BATCH)
    )
    return list(session.scalars(query))


def list_separated(session: Session, codes: frozenset[str]) -> list[PersonnelAction]:
    """List separations in effect under these authorities that stand on no list yet, the earliest first."""
    query = (
        select(PersonnelAction)
        .where(
            PersonnelAction.kind == ActionKind.SEPARATION,
            PersonnelAction.state == ActionState.EFFECTED,
            PersonnelAction.authority_code.in_(codes),
            ~exists().where(PreferredEntry.action_id == PersonnelAction.id),
        )
        .options(joinedload(PersonnelAction.agency))
        .order_by(PersonnelAction.effective_on, PersonnelAction.id)
        .limit(BATCH)
    )
    return list(session.scalars(query))


def find_last_post(session: Session, action: PersonnelAction) -> Position | None:
    """Find the position that a person was separated from; None without a lasting appointment to one."""
    return session.scalar(
        select(Position)
        .join(Appointment, Appointment.position_id == Position.id)
        .where(
            Appointment.employee_id == action.employee_id,
            Appointment.ended_on == action.effective_on,
            Appointment.kind.in_(LASTING),
        )
        .order_by(Appointment.starts_on.desc(), Appointment.id.desc())
        .limit(1)
    )


def appointed_first_on(session: Session, employee_id: str) -> dt.date | None:
    """Give the day of a person's original lasting appointment."""
    return session.scalar(
        select(func.min(Appointment.starts_on)).where(
            Appointment.employee_id == employee_id, Appointment.kind.in_(LASTING)
        )
    )


def list_over(session: Session, on: dt.date) -> list[PreferredEntry]:
    """List, locked, who comes first and came back into service, or whose last day lies before `on`."""
    query = (
        select(PreferredEntry)
        .join(PreferredEntry.employee)
        .where(
            PreferredEntry.state.in_(FIRST),
            or_(PreferredEntry.expires_on < on, Employee.state == EmployeeState.ACTIVE),
        )
        .options(joinedload(PreferredEntry.agency), joinedload(PreferredEntry.employee))
        .order_by(PreferredEntry.expires_on, PreferredEntry.id)
        .limit(BATCH)
    )
    return list(session.scalars(query.with_for_update(of=PreferredEntry)))
