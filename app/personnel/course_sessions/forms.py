"""What a browser may send about sessions of courses."""

from __future__ import annotations

from typing import Any

from app.personnel.course_sessions.rules import SessionValues
from app.web.forms import (
    DateTimeField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
    TextField,
)


class SessionForm(MeritumForm):
    """A session as an officer plans it; moments on the agency's clock."""

    idempotency_key = IdempotencyKeyField()
    starts_at = DateTimeField("Begins", missing="Enter when the session begins")
    ends_at = DateTimeField("Ends", missing="Enter when the session ends")
    enrol_until = DateTimeField("Last moment to enrol", missing="Enter until when people may enrol")
    held = RadiosField(
        "How it is held",
        choices=[("place", "In a place"), ("online", "Online")],
        missing="Select how it is held",
    )
    place = TextField("Place, or how to join", max_length=300)
    trainer = TextField("Trainer", max_length=200)
    seats = IntegerField("Seats", minimum=1, maximum=5000, width=4)
    submit = SubmitField("Save the session")

    def __init__(self, *, zone: str, obj: Any = None) -> None:
        data = None
        if obj is not None:
            names = ("starts_at", "ends_at", "enrol_until", "place", "trainer", "seats")
            data = {name: getattr(obj, name) for name in names}
            data["held"] = "online" if obj.is_online else "place"
        super().__init__(zone=zone, data=data)

    def values(self) -> SessionValues:
        """Give what was sent."""
        return SessionValues(
            starts_at=self.data["starts_at"],
            ends_at=self.data["ends_at"],
            enrol_until=self.data["enrol_until"],
            is_online=self.held.data == "online",
            place=self.place.data,
            trainer=self.trainer.data,
            seats=self.data["seats"],
        )


class CancelForm(MeritumForm):
    """Why a session is cancelled."""

    reason = TextAreaField("Reason", max_length=2000, hint="Everybody enrolled reads it.")
    submit = SubmitField("Cancel the session", kind="warning")
