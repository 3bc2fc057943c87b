"""What an officer may send about shifts and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.exams.centres.models import Room
from app.exams.sessions.rules import MOST_CAPACITY
from app.web.forms import (
    CheckboxesField,
    CheckboxField,
    DateTimeField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    SubmitField,
    TextField,
)


class ShiftForm(MeritumForm):
    """A time at which people are examined."""

    name = TextField("Name", max_length=60, width="20", hint="As it stands on cards, such as Morning.")
    doors_open_at = DateTimeField("Doors open", missing="Enter when the doors open")
    doors_close_at = DateTimeField(
        "Doors close", missing="Enter when the doors close", hint="Candidates have to be there before."
    )
    starts_at = DateTimeField("The examination starts", missing="Enter when the examination starts")
    ends_at = DateTimeField("The examination ends", missing="Enter when the examination ends")
    submit = SubmitField("Save the shift")

    def values(self) -> dict[str, Any]:
        """Give what the services take; moments are aware and in UTC."""
        names = ("name", "doors_open_at", "doors_close_at", "starts_at", "ends_at")
        return {name: self[name].data for name in names}


class AddShiftForm(ShiftForm):
    """A new shift."""

    idempotency_key = IdempotencyKeyField()


class RoomsForm(MeritumForm):
    """Rooms to be used in a shift."""

    idempotency_key = IdempotencyKeyField()
    room_ids = CheckboxesField("Rooms", choices=[], missing="Select at least one room")
    capacity = IntegerField(
        "People in each",
        minimum=1,
        maximum=MOST_CAPACITY,
        width=4,
        required=False,
        hint="Leave it empty to use all seats.",
    )
    is_apart = CheckboxField("Keep these rooms for people who need more time or a room of their own")
    submit = SubmitField("Use these rooms")

    def offer(self, rooms: Sequence[Room]) -> None:
        """Offer the rooms that there are."""
        self.room_ids.choices = [
            (room.id, f"{room.centre.code}, room {room.code}", f"{room.centre.name}, {room.capacity} seats")
            for room in rooms
        ]


class SessionForm(MeritumForm):
    """How a session is used."""

    capacity = IntegerField("People", minimum=1, maximum=MOST_CAPACITY, width=4)
    is_apart = CheckboxField("Keep it for people who need more time or a room of their own")
    submit = SubmitField("Save the session")
