"""What an officer may send about times of interviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.exams.interviews.models import InterviewSlot
from app.exams.interviews.rules import MOST_AT_ONCE
from app.web.dates import format_moment
from app.web.forms import (
    CheckboxField,
    DateTimeField,
    IntegerField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class TimesForm(MeritumForm):
    starts_at = DateTimeField("First interview", missing="Enter when the first interview begins")
    minutes = IntegerField("Minutes each", minimum=5, maximum=480, width=4, default=30)
    pause = IntegerField("Minutes between two", minimum=0, maximum=240, width=4, default=10)
    count = IntegerField("How many", minimum=1, maximum=MOST_AT_ONCE, width=4)
    place = TextField("Place", max_length=300, hint="Building, room and address, as candidates read it.")
    submit = SubmitField("Add these times")

    def values(self) -> dict[str, Any]:
        """Give what the service takes."""
        return {name: self[name].data for name in ("starts_at", "minutes", "pause", "count", "place")}


class TermsForm(MeritumForm):
    bring = TextAreaField(
        "What to bring",
        max_length=4000,
        rows=4,
        required=False,
        hint="A thing a line. Left empty, the letter asks for an identity paper with a photograph.",
    )
    shows_subjects = CheckboxField(
        "Tell candidates what they will be asked about",
        hint="The letter then lists what is rated, by its title.",
    )
    submit = SubmitField("Save")


class ChangeTimeForm(MeritumForm):
    to = SelectField("New time")
    reason = TextAreaField("Why?", max_length=1000, rows=3, missing="Enter why")
    submit = SubmitField("Change the time")

    def offer(self, slots: Sequence[InterviewSlot], zone: str) -> None:
        """Offer the free times."""
        self.to.choices = [
            (slot.id, f"{format_moment(slot.starts_at, zone)}, {slot.place}") for slot in slots
        ]
