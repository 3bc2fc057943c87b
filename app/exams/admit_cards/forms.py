"""What an officer may send about the arrangements of an examination."""

from __future__ import annotations

from typing import Any

from app.exams.admit_cards.rules import LEAST_MINUTES, MOST_MINUTES
from app.exams.admit_cards.services import FIELDS
from app.web.forms import DateTimeField, IntegerField, MeritumForm, SubmitField, TextAreaField, TextField


class ArrangementForm(MeritumForm):
    venue = TextField("Place", max_length=200, hint="The building and the room.")
    address = TextAreaField("Address", max_length=500, rows=3)
    doors_open_at = DateTimeField("Doors open", missing="Enter when the doors open")
    doors_close_at = DateTimeField(
        "Doors close", missing="Enter when the doors close", hint="Nobody is let in afterwards."
    )
    starts_at = DateTimeField("The examination starts", missing="Enter when the examination starts")
    minutes = IntegerField("Minutes", minimum=LEAST_MINUTES, maximum=MOST_MINUTES, width=4)
    bring = TextAreaField(
        "What to bring, and what to leave at home",
        max_length=2000,
        rows=5,
        hint="One thing a line. It is printed on the admit card as you write it.",
    )
    submit = SubmitField("Save")

    def values(self) -> dict[str, Any]:
        """Give what the services take; moments are aware and in UTC."""
        return {name: self[name].data for name in FIELDS}
