"""Making and changing centres and rooms, one by one or from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.exams.centres import queries, rules
from app.exams.centres.models import Centre, PostcodePlace, Room
from app.exams.centres.rules import CentreRow
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file of centres brought."""

    centres: int
    rooms: int
    changed: int


def create_centre(
    session: Session, *, agency_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Centre:
    """Enter a centre; it has no rooms yet."""
    actor.demand("exams.centres.create", agency_id)
    centre = Centre(id=new_id("ctr"), agency_id=agency_id, **values)
    session.add(centre)
    session.flush()
    _record(session, "create", centre, actor, at, code=centre.code)
    return centre


def edit_centre(
    session: Session, *, centre_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Centre:
    """Change a centre."""
    centre = queries.get_centre(session, centre_id, actor, permission="exams.centres.edit")
    for name, value in values.items():
        setattr(centre, name, value)
    session.flush()
    _record(session, "edit", centre, actor, at, code=centre.code)
    return centre


def add_room(
    session: Session, *, centre_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Room:
    """Add a room to a centre."""
    centre = queries.get_centre(session, centre_id, actor, permission="exams.centres.add_room")
    check_room(values)
    room = Room(id=new_id("rom"), centre_id=centre.id, **values)
    session.add(room)
    session.flush()
    _record(session, "add_room", centre, actor, at, room=room.code, capacity=room.capacity)
    return room


def edit_room(
    session: Session, *, room_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Room:
    """Change a room; sessions that are planned in it keep their own capacity."""
    room = queries.get_room(session, room_id, actor, permission="exams.centres.edit_room", lock=True)
    check_room(values)
    for name, value in values.items():
        setattr(room, name, value)
    session.flush()
    _record(session, "edit_room", room.centre, actor, at, room=room.code, capacity=room.capacity)
    return room


def check_room(values: Mapping[str, Any]) -> None:
    """Refuse more accessible seats than seats."""
    if values["accessible_seats"] > values["capacity"]:
        raise Invalid(accessible_seats="There cannot be more accessible seats than seats.")


def import_rooms(
    session: Session, *, agency_id: str, content: bytes, actor: Actor, at: dt.datetime
) -> Brought:
    """Store the centres and rooms of a file: new ones are made, known ones changed, others left alone."""
    actor.demand("exams.centres.import_rooms", agency_id)
    rows, found = rules.read_rooms(content)
    if found.problem_count:
        raise Invalid(file=_first(found.problems[0]))
    known = queries.load_centres_by_code(session, agency_id)
    made = rooms = changed = 0
    for code, row in rows.items():
        centre = known.get(code)
        if centre is None:
            centre = Centre(id=new_id("ctr"), agency_id=agency_id, code=code, is_active=True, rooms=[])
            session.add(centre)
            made += 1
        _set_centre(centre, row)
        by_code = {room.code: room for room in centre.rooms}
        for room_code, told in row.rooms.items():
            room = by_code.get(room_code)
            if room is None:
                room = Room(id=new_id("rom"), centre_id=centre.id, code=room_code, is_active=True)
                centre.rooms.append(room)
                rooms += 1
            for name in told.__slots__:
                setattr(room, name, getattr(told, name))
            changed += session.is_modified(room) and room not in session.new
    session.flush()
    brought = Brought(made, rooms, changed)
    details = {"centres": made, "rooms": rooms, "changed": changed}
    audit.record(
        session, "exams.centres.import_rooms", actor=actor, at=at, subject=agency_id, agency_id=agency_id,
        **details,
    )  # fmt: skip
    return brought


def import_postcodes(
    session: Session, *, agency_id: str, content: bytes, actor: Actor, at: dt.datetime
) -> int:
    """Store where postcodes lie, in the place of what was known of the agency's; give how many there are."""
    actor.demand("exams.centres.import_postcodes", agency_id)
    places, found = rules.read_postcodes(content)
    if found.problem_count:
        raise Invalid(file=_first(found.problems[0]))
    session.execute(delete(PostcodePlace).where(PostcodePlace.agency_id == agency_id))
    rows = [
        {"agency_id": agency_id, "postcode": postcode, "latitude": place[0], "longitude": place[1]}
        for postcode, place in places.items()
    ]
    session.execute(insert(PostcodePlace), rows)
    audit.record(
        session, "exams.centres.import_postcodes", actor=actor, at=at, subject=agency_id,
        agency_id=agency_id, postcodes=len(rows),
    )  # fmt: skip
    return len(rows)


def _set_centre(centre: Centre, row: CentreRow) -> None:
    centre.name, centre.address = row.name, row.address
    if row.place is not None:
        centre.latitude, centre.longitude = row.place


def _first(problem: Any) -> str:
    return f"Line {problem.line}, {problem.column or 'the whole line'}: {problem.reason}"


def _record(
    session: Session, act: str, centre: Centre, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.centres.{act}",
        actor=actor,
        at=at,
        subject=centre.id,
        agency_id=centre.agency_id,
        **details,
    )
