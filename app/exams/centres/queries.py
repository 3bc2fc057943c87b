"""Reading centres and rooms."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import Agency
from app.exams.centres.models import Centre, PostcodePlace, Room
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "exams.centres.list_staff"
MOST = 500


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition that keeps centres to the agencies in which the actor may read them."""
    return scope.within(Centre.agency_id, actor, permission)


def list_centres(session: Session, actor: Actor, *, agency_id: str = "") -> list[Centre]:
    """List centres with agency and rooms, by agency and code."""
    query = (
        select(Centre)
        .where(visible_to(actor))
        .options(joinedload(Centre.agency), selectinload(Centre.rooms))
        .order_by(Centre.agency_id, Centre.code)
        .limit(MOST)
    )
    if agency_id:
        query = query.where(Centre.agency_id == agency_id)
    return list(session.scalars(query))


def list_agencies(session: Session, actor: Actor, permission: str) -> list[Agency]:
    """List the agencies in which the actor holds a permission, by name."""
    query = select(Agency).where(scope.within(Agency.id, actor, permission)).order_by(Agency.name)
    return list(session.scalars(query))


def get_centre(session: Session, centre_id: str, actor: Actor, *, permission: str = READ) -> Centre:
    """Give a centre with agency and rooms, or raise NotFound."""
    query = (
        select(Centre)
        .where(Centre.id == centre_id, visible_to(actor, permission))
        .options(joinedload(Centre.agency), selectinload(Centre.rooms))
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such centre.")
    return found


def get_room(session: Session, room_id: str, actor: Actor, *, permission: str, lock: bool = False) -> Room:
    """Give a room with its centre, or raise NotFound."""
    query = (
        select(Room)
        .join(Room.centre)
        .where(Room.id == room_id, visible_to(actor, permission))
        .options(joinedload(Room.centre).joinedload(Centre.agency))
    )
    found = session.scalar(query.with_for_update(of=Room) if lock else query)
    if found is None:
        raise NotFound("There is no such room.")
    return found


def list_rooms(session: Session, agency_id: str) -> list[Room]:
    """List the rooms in use of an agency with their centres, by code of centre and room."""
    query = (
        select(Room)
        .join(Room.centre)
        .where(Centre.agency_id == agency_id, Centre.is_active, Room.is_active)
        .options(joinedload(Room.centre))
        .order_by(Centre.code, Room.code)
    )
    return list(session.scalars(query))


def load_centres_by_code(session: Session, agency_id: str) -> dict[str, Centre]:
    """Load an agency's centres with their rooms, by code."""
    query = select(Centre).where(Centre.agency_id == agency_id).options(selectinload(Centre.rooms))
    return {centre.code: centre for centre in session.scalars(query)}


def load_postcodes(session: Session, agency_id: str) -> dict[str, tuple[int, int]]:
    """Load where an agency's postcodes lie."""
    query = select(PostcodePlace.postcode, PostcodePlace.latitude, PostcodePlace.longitude).where(
        PostcodePlace.agency_id == agency_id
    )
    return {postcode: (latitude, longitude) for postcode, latitude, longitude in session.execute(query)}


def count_postcodes(session: Session, actor: Actor) -> dict[str, int]:
    """Count the known postcodes by agency."""
    query = (
        select(PostcodePlace.agency_id, func.count())
        .where(scope.within(PostcodePlace.agency_id, actor, READ))
        .group_by(PostcodePlace.agency_id)
    )
    return dict(session.execute(query).all())
