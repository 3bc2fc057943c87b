"""What a browser may send about notes."""

from __future__ import annotations

from app.exams.list_notes.models import Audience
from app.web.forms import IdempotencyKeyField, MeritumForm, RadiosField, SubmitField, TextAreaField

AUDIENCES = {
    Audience.READERS: "Everyone who reads this list",
    Audience.APPROVERS: "Those who approve lists",
    Audience.WRITER: "Me",
}


class NoteForm(MeritumForm):
    """A note on a candidate, and for whom."""

    idempotency_key = IdempotencyKeyField()
    text = TextAreaField(
        "Note",
        max_length=2000,
        rows=3,
        missing="Enter the note",
        hint="It cannot be changed later. The candidate can read it on request.",
    )
    audience = RadiosField(
        "Who may read it besides the auditor",
        choices=[(audience.value, text) for audience, text in AUDIENCES.items()],
        missing="Select who may read it",
    )
    submit = SubmitField("Save the note")
