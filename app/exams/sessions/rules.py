"""What a shift and a session must be, and when two use one room at one time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from app.exams.examinations.states import ExaminationState
from app.platform import clock
from app.platform.errors import Conflict, Invalid

MOST_CAPACITY = 2000
LONGEST_SHIFT = dt.timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Use:
    """A room in use from when its doors open until the end, extra time counted; `by` names the use."""

    begins_at: dt.datetime
    ends_at: dt.datetime
    by: str


def check_times(
    held_on: dt.date,
    zone: str,
    *,
    doors_open_at: dt.datetime,
    doors_close_at: dt.datetime,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
) -> None:
    """Refuse times that are not in order, before the day of the examination, or too long."""
    faults = {}
    if clock.local_date(starts_at, zone) < held_on:
        faults["starts_at"] = f"The examination begins on {held_on:%d %B %Y}. Enter that day or a later one."
    if not doors_open_at < doors_close_at:
        faults["doors_close_at"] = "The doors must close after they open."
    if doors_close_at > starts_at:
        faults["starts_at"] = "The examination must start after the doors close, or as they do."
    if ends_at <= starts_at:
        faults["ends_at"] = "The examination must end after it starts."
    elif ends_at - doors_open_at > LONGEST_SHIFT:
        faults["ends_at"] = "A shift lasts 14 hours at most, from when the doors open."
    if faults:
        raise Invalid(**faults)


def check_open(state: ExaminationState) -> None:
    """Raise Conflict once a list is published: who sat in which shift is part of what it was made of."""
    if state is ExaminationState.CLOSED:
        raise Conflict("The list of this examination is published. Its shifts and seats stay as they were.")


def find_clash(wanted: Use, others: Iterable[Use]) -> Use | None:
    """Find the first use of the same room that overlaps; one may begin as another ends."""
    for other in others:
        if wanted.begins_at < other.ends_at and other.begins_at < wanted.ends_at:
            return other
    return None


def check_capacity(capacity: int, room_capacity: int, taken: int = 0) -> None:
    """Refuse more people than the room has seats, or fewer than the last seat that is given."""
    if capacity > room_capacity:
        raise Invalid(capacity=f"The room has {room_capacity} seats.")
    if capacity < taken:
        raise Invalid(capacity=f"Seat {taken} of this session is given to somebody already.")
