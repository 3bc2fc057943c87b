"""What an officer decides about what a correction touches."""

from __future__ import annotations

from app.exams.corrections.states import Consequence
from app.web.forms import MeritumForm, RadiosField, SubmitField, TextAreaField


class DecideForm(MeritumForm):
    consequence = RadiosField(
        "What follows?",
        choices=[(one.value, one.title) for one in Consequence],
        missing="Select what follows",
    )
    reason = TextAreaField("Reason", max_length=4000, rows=4, hint="With the law or the ruling it rests on.")
    submit = SubmitField("Record what follows")
