"""Centres, their rooms, and where postcodes lie."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.platform import constraints
from app.platform.db import Base

BOTH_OR_NEITHER = "(latitude IS NULL) = (longitude IS NULL)"
ON_EARTH = "latitude BETWEEN -90000000 AND 90000000 AND longitude BETWEEN -180000000 AND 180000000"


class Centre(Base):
    """A building in which examinations are held; latitude and longitude in millionths of a degree."""

    __tablename__ = "centres"
    __table_args__ = (
        UniqueConstraint("agency_id", "code", name="uq_centres_code"),
        CheckConstraint(BOTH_OR_NEITHER, name="whole_place"),
        CheckConstraint(f"latitude IS NULL OR ({ON_EARTH})", name="on_earth"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(500))
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    is_active: Mapped[bool]
    agency: Mapped[Agency] = relationship(lazy="raise")
    rooms: Mapped[list[Room]] = relationship(lazy="raise", order_by="Room.code", back_populates="centre")


class Room(Base):
    """A room of a centre; its first `accessible_seats` places are reached without a step."""

    __tablename__ = "rooms"
    __table_args__ = (
        UniqueConstraint("centre_id", "code", name="uq_rooms_code"),
        CheckConstraint("capacity BETWEEN 1 AND 2000", name="capacity"),
        CheckConstraint("seats_per_row BETWEEN 1 AND 60", name="seats_per_row"),
        CheckConstraint("accessible_seats BETWEEN 0 AND capacity", name="accessible_seats"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    centre_id: Mapped[str] = mapped_column(ForeignKey("centres.id"))
    code: Mapped[str] = mapped_column(String(40))
    directions: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[int]
    seats_per_row: Mapped[int]
    accessible_seats: Mapped[int]
    is_active: Mapped[bool]
    centre: Mapped[Centre] = relationship(lazy="raise", back_populates="rooms")


class PostcodePlace(Base):
    """Where a postcode lies, in millionths of a degree, as an agency entered it."""

    __tablename__ = "postcode_places"
    __table_args__ = (CheckConstraint(ON_EARTH, name="on_earth"),)

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    postcode: Mapped[str] = mapped_column(String(20), primary_key=True)
    latitude: Mapped[int]
    longitude: Mapped[int]


constraints.declare("uq_centres_code", field="code", message="Another centre of this agency has this code.")
constraints.declare("uq_rooms_code", field="code", message="This centre has another room of this name.")
