"""Reading separations: one's own, those of the office, what is to be cleared, what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.personnel.positions.models import Position
from app.personnel.retirements.regimes import System
from app.personnel.separations.models import (
    ClearanceItem,
    ClearanceStandard,
    ExitInterview,
    Separation,
    SeparationRegime,
)
from app.personnel.separations.regimes import REGIMES, STANDARDS, USUAL, Regime, Standard
from app.personnel.separations.states import LIVE, SeparationState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.separations.list_staff"
MOST_AT_ONCE = 200


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


def list_to_effect(session: Session, until: dt.date) -> list[str]:
    """List the accepted separations whose last day lies before a day, by id, the earliest first."""
    query = (
        select(Separation.id)
        .where(Separation.state == SeparationState.ACCEPTED, Separation.last_day < until)
        .order_by(Separation.last_day, Separation.id)
        .limit(MOST_AT_ONCE)
    )
    return list(session.scalars(query))


def list_to_remind(session: Session, since: dt.date, until: dt.date) -> list[Separation]:
    """List every separation with a last day between two days and something open, with their people.

    The days keep the list short; a limit would let old ones stand before those that come.
    """
    query = (
        _with()
        .where(
            Separation.state.in_((SeparationState.ACCEPTED, SeparationState.EFFECTED)),
            Separation.last_day.between(since, until),
            Separation.items.any(ClearanceItem.state == "open"),
        )
        .order_by(Separation.last_day, Separation.id)
    )
    return list(session.scalars(query))


def list_standards(session: Session, agency_id: str) -> list[ClearanceStandard]:
    """List what an agency has laid down to be cleared, in order."""
    query = select(ClearanceStandard).where(
        ClearanceStandard.agency_id == agency_id, ClearanceStandard.removed_at.is_(None)
    )
    return list(session.scalars(query.order_by(ClearanceStandard.added_at, ClearanceStandard.id)))


def standards_of(session: Session, agency_id: str) -> list[Standard]:
    """List what is cleared with whoever leaves an agency; the usual steps where it has laid down none."""
    own = list_standards(session, agency_id)
    return [Standard(row.title, row.owner, row.days_before) for row in own] or list(STANDARDS)


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


def _with() -> Select[Separation]:
    return select(Separation).options(
        joinedload(Separation.employee),
        joinedload(Separation.agency),
        joinedload(Separation.position),
        joinedload(Separation.requester),
        joinedload(Separation.decider),
        selectinload(Separation.items).joinedload(ClearanceItem.settler),
    )


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> Separation:
    query = _with().where(condition)
    if lock:
        query = query.with_for_update(of=Separation).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such separation.")
    return found
