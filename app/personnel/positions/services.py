"""Changing positions: create, edit, abolish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.accounts.queries import get_agency
from app.personnel.positions import queries, rules
from app.personnel.positions.models import Position
from app.personnel.positions.rules import PositionValues
from app.personnel.positions.states import PositionState
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

# Why a position, by id, must stay, as a sentence; None when nothing holds it.
Hold = Callable[[Session, str], str | None]
_holds: list[Hold] = []


def add_hold(hold: Hold) -> None:
    """Let a later package keep positions from being abolished; the same one added twice is one."""
    if hold not in _holds:
        _holds.append(hold)


def create_position(
    session: Session, *, agency_id: str, values: PositionValues, actor: Actor, at: dt.datetime
) -> Position:
    """Create a vacant position; a used number comes out as Invalid on `number`."""
    actor.demand("personnel.positions.create", agency_id)
    agency = get_agency(session, agency_id)
    rules.check_values(values)
    position = Position(
        id=new_id("pos"),
        agency_id=agency.id,
        state=PositionState.ACTIVE,
        search_text=values.search_text(),
        agency=agency,
        incumbent=None,
        reports_to=_find_superior(session, values, agency.id),
        **_stated(values),
    )
    session.add(position)
    session.flush()
    _record(session, "create", position, actor, at)
    return position


def edit_position(
    session: Session,
    *,
    position_id: str,
    described: Mapping[str, Any],
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Position:
    """Change what describes a position; Conflict once it was abolished.

    Its class, grade and pay are changed by a reclassification alone, which takes two people.
    """
    position = queries.get_position(session, position_id, actor, lock=True)
    actor.demand("personnel.positions.edit", position.agency_id)
    if position.state is PositionState.ABOLISHED:
        raise Conflict("This position was abolished. It can no longer be changed.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason for the change")
    values = replace(stated(position), **described)
    rules.check_values(values)
    wanted = _stated(values) | {"reports_to": _find_superior(session, values, position.agency_id, position)}
    changed = [name for name, value in wanted.items() if getattr(position, name) != value]
    for name in changed:
        setattr(position, name, wanted[name])
    position.search_text = values.search_text()
    session.flush()
    _record(session, "edit", position, actor, at, changed=changed, reason=reason.strip())
    return position


def stated(position: Position) -> PositionValues:
    """Give what is stated of a position, but the post above."""
    names = [field.name for field in fields(PositionValues) if field.name != "superior"]
    return PositionValues(**{name: getattr(position, name) for name in names})


def classify(position: Position, classified: Mapping[str, Any]) -> None:
    """Set class, grade and pay; it belongs to the reclassification that two people decided."""
    for name, value in classified.items():
        setattr(position, name, value)
    position.search_text = stated(position).search_text()


def abolish_position(
    session: Session, *, position_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Position:
    """Abolish a vacant position that nothing asks for; it stays on record and can never be filled."""
    position = queries.get_position(session, position_id, actor, lock=True)
    actor.demand("personnel.positions.abolish", position.agency_id)
    holds = [sentence for hold in _holds if (sentence := hold(session, position.id))]
    state = rules.abolish(
        position.state, is_occupied=position.incumbent_id is not None, reason=reason, holds=holds
    )
    position.state, position.abolished_at, position.abolition_reason = state, at, reason.strip()
    session.flush()
    _record(session, "abolish", position, actor, at)
    return position


def _stated(values: PositionValues) -> dict[str, Any]:
    stated = asdict(values)
    del stated["superior"]
    return stated


def _find_superior(
    session: Session, values: PositionValues, agency_id: str, position: Position | None = None
) -> Position | None:
    """Find the post above; lines are drawn one after another, so that two cannot close a circle at once."""
    if not values.superior.strip():
        return None
    session.get(Agency, agency_id, with_for_update=True)
    superior = queries.find_by_number(session, values.superior, agency_id)
    if superior is None or superior.state is PositionState.ABOLISHED:
        raise Invalid(superior="Enter the number of a position of this agency that is not abolished")
    if position is not None:
        line = [superior, *queries.walk_up(session, superior.id)]
        rules.check_line(position.number, [post.number for post in line])
    return superior


def _record(
    session: Session, act: str, position: Position, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.positions.{act}",
        actor=actor,
        at=at,
        subject=position.id,
        agency_id=position.agency_id,
        number=position.number,
        **details,
    )
