"""Reading positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from app.personnel.positions.models import Position
from app.personnel.positions.states import PositionState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import Invalid, NotFound

SHOW = "personnel.positions.show"
MOST_CHOICES = 300
ORDERS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = MappingProxyType(
    {
        "number": (Position.number, Position.id),
        "title": (Position.title, Position.number, Position.id),
        "grade": (Position.grade, Position.number, Position.id),
        "place": (Position.duty_station, Position.number, Position.id),
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; `status` is vacant, filled or abolished; an empty text narrows nothing."""

    agency_id: str = ""
    grade: str = ""
    status: str = ""
    text: str = ""


def visible_to(actor: Actor, permission: str = SHOW) -> ColumnElement[bool]:
    """Give the condition on positions of the agencies in which the actor holds the permission."""
    return scope.within(Position.agency_id, actor, permission)


def get_position(session: Session, position_id: str, actor: Actor, *, lock: bool = False) -> Position:
    """Give a position with its agency and incumbent, locked on demand; NotFound outside one's agencies."""
    return _one(session, visible_to(actor), position_id, lock=lock)


def get_position_to_fill(session: Session, position_id: str) -> Position:
    """Give a position of any agency, locked, to whoever fills or empties it."""
    return _one(session, Position.id.is_not(None), position_id, lock=True)


def list_positions(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    *,
    order: str = "number",
    is_descending: bool = False,
    cursor: str = "",
    size: int = keyset.SIZE,
) -> keyset.Page[Position]:
    """List a page of positions, ordered by one of ORDERS, then by number."""
    found = _matching(actor, wanted).options(joinedload(Position.agency), joinedload(Position.incumbent))
    return keyset.fetch(session, found, ORDERS[order], is_descending=is_descending, cursor=cursor, size=size)


def count_positions(session: Session, actor: Actor, wanted: Wanted) -> int | str:
    """Count the positions of the list, up to a cap."""
    return keyset.count(session, _matching(actor, wanted))


def list_grades(session: Session, actor: Actor, permission: str = SHOW) -> list[str]:
    """List the grades of the positions in the actor's agencies."""
    return _distinct(session, Position.grade, visible_to(actor, permission))


def list_units(session: Session, actor: Actor, permission: str = SHOW) -> list[str]:
    """List the units of the positions in the actor's agencies."""
    return _distinct(session, Position.unit, visible_to(actor, permission) & (Position.unit != ""))


def _distinct(
    session: Session, column: InstrumentedAttribute[str], condition: ColumnElement[bool]
) -> list[str]:
    found = select(column).where(condition).distinct().order_by(column)
    return list(session.scalars(found.limit(MOST_CHOICES)))


def find_by_number(session: Session, number: str, agency_id: str) -> Position | None:
    """Find a position of an agency by its number."""
    return session.scalar(
        select(Position).where(Position.number == number.strip(), Position.agency_id == agency_id)
    )


def find_id_by_number(session: Session, number: str) -> str:
    """Give the id of the position with a number, of any agency; Invalid on `position` when there is none."""
    found = session.scalar(select(Position.id).where(Position.number == number.strip()))
    if found is None:
        raise Invalid(position="There is no position with this number")
    return found


def walk_up(session: Session, position_id: str) -> Iterator[Position]:
    """Walk the reporting line above a position, the nearest post first; it ends where it would come round."""
    seen = {position_id}
    above = session.scalar(select(Position.reports_to_id).where(Position.id == position_id))
    while above is not None and above not in seen:
        seen.add(above)
        post = session.get_one(Position, above)
        yield post
        above = post.reports_to_id


def _matching(actor: Actor, wanted: Wanted) -> Select[Position]:
    found = select(Position).where(visible_to(actor), *keyset.contains(Position.search_text, wanted.text))
    if wanted.agency_id:
        found = found.where(Position.agency_id == wanted.agency_id)
    if wanted.grade:
        found = found.where(Position.grade == wanted.grade)
    if wanted.status == "abolished":
        return found.where(Position.state == PositionState.ABOLISHED)
    if wanted.status == "filled":
        return found.where(Position.incumbent_id.is_not(None))
    if wanted.status == "vacant":
        return found.where(Position.state == PositionState.ACTIVE, Position.incumbent_id.is_(None))
    return found


def _one(session: Session, condition: ColumnElement[bool], position_id: str, *, lock: bool) -> Position:
    found = (
        select(Position)
        .where(Position.id == position_id, condition)
        .options(joinedload(Position.agency), joinedload(Position.incumbent), joinedload(Position.reports_to))
    )
    if lock:
        found = found.with_for_update(of=Position).execution_options(populate_existing=True)
    position = session.scalar(found)
    if position is None:
        raise NotFound("There is no such position.")
    return position
