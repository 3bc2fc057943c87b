"""What a browser may send about training records."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.forms import (
    DateField,
    IdempotencyKeyField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
)


class RecordForm(MeritumForm):
    """A course that somebody completed elsewhere."""

    idempotency_key = IdempotencyKeyField()
    course = SelectField("Course of the catalogue that it equals", missing="Select a course")
    completed_on = DateField("Completed on", missing="Enter the day on which it was completed")
    evidence = TextAreaField(
        "What shows it", max_length=2000, rows=3, hint="Such as a certificate: who gave it, and its number."
    )
    submit = SubmitField("Put it on record")

    def __init__(self, *, courses: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.course.choices = list(courses)
