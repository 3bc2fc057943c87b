"""Reading separations: one's own, those of the office, what is to be cleared, what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, or_, select, tuple_
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, RoleGrant
from app.personnel.appointments.models import Appointment
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.personnel.retirements.regimes import System
from app.personnel.separations.models import (
    ClearanceItem,
    ClearanceSigner,
    ClearanceStandard,
    ExitInterview,
    Separation,
    SeparationRegime,
)
from app.personnel.separations.regimes import REGIMES, STANDARDS, USUAL, Regime, Standard
from app.personnel.separations.states import CLEARED, LIVE, ItemState, SeparationState, Signer
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.separations.list_staff"
# Who holds this signs the steps of the human resources office.
SIGN = "personnel.separations.sign_off"
LEFT_LEAVE = "personnel.separations.list_leave"
MOST_AT_ONCE = 100
MOST_TO_SIGN = 200


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps separations to the agencies in which the actor may read them."""
    return scope.within(Separation.agency_id, actor, READ)


def get_separation(session: Session, separation_id: str, actor: Actor, *, lock: bool = False) -> Separation:
    """Give a separation with its people and steps, or raise NotFound."""
    return _one(session, (Separation.id == separation_id) & visible_to(actor), lock=lock)


def get_own(session: Session, separation_id: str, employee_id: str, *, lock: bool = False) -> Separation:
    """Give a separation of an employee, or raise NotFound."""
    own = (Separation.id == separation_id) & (Separation.employee_id == employee_id)
    return _one(session, own, lock=lock)


def get_for_clock(session: Session, separation_id: str) -> Separation:
    """Give a separation, locked, for what the clock does to it."""
    return _one(session, Separation.id == separation_id, lock=True)


def list_own(session: Session, employee_id: str) -> list[Separation]:
    """List the separations of an employee, the newest first."""
    query = _with().where(Separation.employee_id == employee_id)
    return list(session.scalars(query.order_by(Separation.requested_at.desc(), Separation.id.desc())))


def find_live(session: Session, employee_id: str) -> Separation | None:
    """Find the separation of an employee that is under way."""
    query = _with().where(Separation.employee_id == employee_id, Separation.state.in_(LIVE))
    return session.scalar(query)


def list_staff(
    session: Session,
    actor: Actor,
    state: SeparationState | None,
    *,
    cursor: str,
    size: int = keyset.SIZE,
) -> keyset.Page[Separation]:
    """List the separations of the actor's agencies, the latest last day first."""
    query = _with().where(visible_to(actor))
    if state is not None:
        query = query.where(Separation.state == state)
    keys = (Separation.last_day, Separation.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor, size=size)


def list_left(
    session: Session, actor: Actor, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[Separation]:
    """List who has left the actor's agencies, where the leave may be read, the latest last day first."""
    query = _with().where(
        scope.within(Separation.agency_id, actor, LEFT_LEAVE),
        Separation.state.in_((SeparationState.EFFECTED, SeparationState.FINISHED)),
    )
    keys = (Separation.last_day, Separation.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor, size=size)


def list_to_effect(
    session: Session, until: dt.date, after: tuple[dt.date, str] | None = None
) -> list[tuple[dt.date, str]]:
    """List a batch of accepted separations whose last day lies before a day: last day and id, in order.

    Those come that stand after `after`, so that what cannot take effect keeps no place from what can.
    """
    query = select(Separation.last_day, Separation.id).where(
        Separation.state == SeparationState.ACCEPTED, Separation.last_day < until
    )
    if after is not None:
        query = query.where(tuple_(Separation.last_day, Separation.id) > after)
    query = query.order_by(Separation.last_day, Separation.id).limit(MOST_AT_ONCE)
    return [(last_day, own) for last_day, own in session.execute(query)]


def list_to_remind(session: Session, since: dt.date, until: dt.date) -> list[Separation]:
    """List every separation with a last day between two days and something open, with their people.

    The days keep the list short; a limit would let old ones stand before those that come.
    """
    query = (
        _with()
        .where(
            Separation.state.in_(CLEARED),
            Separation.last_day.between(since, until),
            Separation.items.any(ClearanceItem.state == "open"),
        )
        .order_by(Separation.last_day, Separation.id)
    )
    return list(session.scalars(query))


def get_of_item(session: Session, item_id: str, *, lock: bool = False) -> Separation:
    """Give the separation that a step belongs to; who may see it is for the caller to say."""
    return _one(session, Separation.items.any(ClearanceItem.id == item_id), lock=lock)


def get_item(separation: Separation, item_id: str) -> ClearanceItem:
    """Give a step of a loaded clearance, or raise NotFound."""
    item = next((row for row in separation.items if row.id == item_id), None)
    if item is None:
        raise NotFound("There is no such step.")
    return item


def signable_by(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on steps, joined with their separations, that are the actor's to sign.

    A named person's are that person's alone; those of a desk belong to the people named for it, those of the
    office to who holds the permission. The leaver's own are nobody's whose leaving it is.
    """
    desks = select(ClearanceSigner.id).where(
        ClearanceSigner.agency_id == Separation.agency_id,
        ClearanceSigner.desk == ClearanceItem.owner,
        ClearanceSigner.account_id == actor.id,
        ClearanceSigner.removed_at.is_(None),
    )
    office = scope.within(Separation.agency_id, actor, SIGN)
    unnamed = ClearanceItem.signer_id.is_(None)
    theirs = or_(
        ClearanceItem.signer_id == actor.id,
        unnamed & (ClearanceItem.signer == Signer.DESK) & desks.exists(),
        unnamed & (ClearanceItem.signer == Signer.OFFICE) & office,
    )
    own = Separation.employee.has(Employee.account_id == actor.id)
    return theirs & ~own & Separation.state.in_(CLEARED)


def get_to_sign(session: Session, item_id: str, actor: Actor) -> ClearanceItem:
    """Give a step that is the actor's to sign, settled or not, with who leaves; else NotFound."""
    found = session.scalar(_to_sign(actor).where(ClearanceItem.id == item_id))
    if found is None:
        raise NotFound("There is no such step.")
    return found


def list_to_sign(session: Session, actor: Actor) -> list[ClearanceItem]:
    """List the open steps that are the actor's to sign, the earliest due first."""
    open_ones = _to_sign(actor).where(ClearanceItem.state == ItemState.OPEN)
    query = open_ones.order_by(ClearanceItem.due_on, ClearanceItem.id).limit(MOST_TO_SIGN)
    return list(session.scalars(query))


def find_signable(session: Session, separation_id: str, actor: Actor) -> set[str]:
    """Give the ids of the open steps of a clearance that are the actor's to sign."""
    open_ones = _to_sign(actor).where(
        ClearanceItem.separation_id == separation_id, ClearanceItem.state == ItemState.OPEN
    )
    return {item.id for item in session.scalars(open_ones)}


def _to_sign(actor: Actor) -> Select[ClearanceItem]:
    return (
        select(ClearanceItem)
        .join(Separation, Separation.id == ClearanceItem.separation_id)
        .where(signable_by(actor))
        .options(
            joinedload(ClearanceItem.separation).options(
                joinedload(Separation.employee),
                joinedload(Separation.agency),
                joinedload(Separation.position),
            )
        )
    )


def list_signers(session: Session, agency_id: str) -> list[ClearanceSigner]:
    """List who signs for the desks of an agency, by desk and name."""
    query = (
        select(ClearanceSigner)
        .join(Account, Account.id == ClearanceSigner.account_id)
        .where(ClearanceSigner.agency_id == agency_id, ClearanceSigner.removed_at.is_(None))
        .options(contains_eager(ClearanceSigner.account))
        .order_by(ClearanceSigner.desk, Account.name, Account.id)
    )
    return list(session.scalars(query))


def map_signers(session: Session, separation: Separation) -> dict[str, list[Account]]:
    """Map the open steps of a loaded clearance to the people who sign them; those of the office are left out.

    A step without anybody, because the post above or the desk is empty, is mapped to nobody.
    """
    desks: dict[str, list[Account]] = {}
    for row in list_signers(session, separation.agency_id):
        desks.setdefault(row.desk, []).append(row.account)
    found: dict[str, list[Account]] = {}
    for item in separation.items:
        if item.state is ItemState.OPEN and (item.named or item.signer is not Signer.OFFICE):
            of_desk = desks.get(item.owner, []) if item.signer is Signer.DESK else []
            people = [item.named] if item.named else of_desk
            found[item.id] = [one for one in people if one.id != separation.employee.account_id]
    return found


def belongs(session: Session, account_id: str, agency_id: str) -> bool:
    """Tell whether somebody serves in an agency, or holds a role there."""
    serves = select(Employee.id).where(
        Employee.account_id == account_id,
        Employee.agency_id == agency_id,
        Employee.state == EmployeeState.ACTIVE,
    )
    holds = select(RoleGrant.id).where(
        RoleGrant.account_id == account_id,
        RoleGrant.state == GrantState.ACTIVE,
        or_(RoleGrant.agency_id.is_(None), RoleGrant.agency_id == agency_id),
    )
    return bool(session.scalar(select(or_(serves.exists(), holds.exists()))))


def list_standards(session: Session, agency_id: str) -> list[ClearanceStandard]:
    """List what an agency has laid down to be cleared, in order."""
    query = select(ClearanceStandard).where(
        ClearanceStandard.agency_id == agency_id, ClearanceStandard.removed_at.is_(None)
    )
    return list(session.scalars(query.order_by(ClearanceStandard.added_at, ClearanceStandard.id)))


def standards_of(session: Session, agency_id: str) -> list[Standard]:
    """List what is cleared with whoever leaves an agency; the usual steps where it has laid down none."""
    own = list_standards(session, agency_id)
    return [Standard(row.title, row.owner, row.days_before, row.signer) for row in own] or list(STANDARDS)


def list_desks(session: Session, agency_id: str) -> list[str]:
    """List the desks that sign steps in an agency, by name."""
    return sorted({one.owner for one in standards_of(session, agency_id) if one.signer is Signer.DESK})


def find_interview(session: Session, separation_id: str) -> ExitInterview | None:
    """Find what somebody said when leaving."""
    return session.get(ExitInterview, separation_id)


def list_interviews(session: Session, actor: Actor, permission: str) -> list[ExitInterview]:
    """List the interviews of the agencies in which the actor holds a permission."""
    query = (
        select(ExitInterview)
        .join(Separation, Separation.id == ExitInterview.separation_id)
        .where(scope.within(Separation.agency_id, actor, permission))
    )
    return list(session.scalars(query.order_by(ExitInterview.answered_at)))


def regime_of(session: Session, agency_id: str) -> Regime:
    """Give the rule by which people leave an agency."""
    name = session.scalar(select(SeparationRegime.name).where(SeparationRegime.agency_id == agency_id))
    return REGIMES[name or USUAL]


def map_systems(session: Session) -> Callable[[str], System]:
    """Give what tells the retirement system of an agency by its id."""
    chosen = {row.agency_id: row.name for row in session.scalars(select(SeparationRegime))}
    return lambda agency_id: REGIMES[chosen.get(agency_id, USUAL)].system


def find_held_position(session: Session, employee_id: str) -> Position | None:
    """Find the post that somebody holds."""
    return session.scalar(select(Position).where(Position.incumbent_id == employee_id))


def find_appointment(session: Session, employee_id: str) -> Appointment | None:
    """Find the appointment of somebody that is in force."""
    return session.scalar(
        select(Appointment).where(Appointment.employee_id == employee_id, Appointment.ended_on.is_(None))
    )


def _with() -> Select[Separation]:
    return select(Separation).options(
        joinedload(Separation.employee),
        joinedload(Separation.agency),
        joinedload(Separation.position),
        joinedload(Separation.requester),
        joinedload(Separation.decider),
        selectinload(Separation.items).options(
            joinedload(ClearanceItem.settler), joinedload(ClearanceItem.named)
        ),
    )


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> Separation:
    query = _with().where(condition)
    if lock:
        query = query.with_for_update(of=Separation).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such separation.")
    return found
