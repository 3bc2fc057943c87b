"""What a browser may send about enrolments."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.forms import (
    CheckboxesField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
    TextField,
)


class EnrolForm(MeritumForm):
    """Why somebody asks for a seat."""

    idempotency_key = IdempotencyKeyField()
    why = TextAreaField(
        "Why this course",
        max_length=2000,
        rows=3,
        hint="Your supervisor reads it.",
        missing="Say why this course",
    )
    submit = SubmitField("Ask for a seat")


class NominateForm(MeritumForm):
    """For whom an officer asks for a seat."""

    idempotency_key = IdempotencyKeyField()
    number = TextField("Employee number", max_length=20, width="10", hint="Such as E-000123-8.")
    why = TextAreaField("Why this course", max_length=2000, rows=3, missing="Say why this course")
    submit = SubmitField("Ask for a seat")


class DecideForm(MeritumForm):
    """What the supervisor decides."""

    decision = RadiosField(
        "Decision",
        choices=[("approve", "Approve"), ("refuse", "Do not approve")],
        missing="Select a decision",
    )
    reason = TextAreaField(
        "Reason", max_length=2000, rows=3, required=False, hint="Needed when you do not approve."
    )
    submit = SubmitField("Decide")


class WithdrawForm(MeritumForm):
    """Giving up a seat."""

    submit = SubmitField("Withdraw", kind="warning")


class AttendanceForm(MeritumForm):
    """Who came."""

    present = CheckboxesField("Who came", required=False, hint="Who is not ticked is marked as absent.")
    submit = SubmitField("Record the attendance", kind="warning")

    def __init__(self, *, seated: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.present.choices = list(seated)


class ResultForm(MeritumForm):
    """The score of one person."""

    score = IntegerField("Score in percent", minimum=0, maximum=100, width=3)
    submit = SubmitField("Record the result")
