"""When a session may be planned, asked for and changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.platform.errors import Conflict, Invalid

MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class SessionValues:
    """A session as an officer plans it."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    enrol_until: dt.datetime
    is_online: bool
    place: str
    trainer: str
    seats: int


def check(values: SessionValues, at: dt.datetime) -> None:
    """Raise Invalid for moments out of order, in the past, or further apart than a course can be."""
    if values.starts_at <= at:
        raise Invalid(starts_at="The session must begin in the future.")
    if values.ends_at <= values.starts_at:
        raise Invalid(ends_at="The session must end after it begins.")
    if values.ends_at - values.starts_at > dt.timedelta(days=MOST_DAYS):
        raise Invalid(ends_at="A session is not longer than a year.")
    if values.enrol_until > values.starts_at:
        raise Invalid(enrol_until="The last moment to enrol must not be after the beginning.")
    if not values.place.strip():
        raise Invalid(place="Enter where it is held, or how to join.")


def check_open(is_planned: bool, enrol_until: dt.datetime, at: dt.datetime) -> None:
    """Raise Conflict when nobody can ask for the session any more."""
    if not is_planned:
        raise Conflict("This session was held or cancelled already.")
    if at > enrol_until:
        raise Conflict("The time to enrol in this session is over.")


def check_seats(wanted: int, highest_taken: int) -> None:
    """Raise Invalid when somebody has a seat that would go."""
    if wanted < highest_taken:
        raise Invalid(seats=f"People have seats up to number {highest_taken}: there cannot be fewer.")
