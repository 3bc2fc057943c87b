"""What is sent about attendance."""

from __future__ import annotations

from app.exams.csv_files import MOST_BYTES
from app.exams.examinations.states import Attendance
from app.web.forms import (
    HiddenTextField,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
    TextField,
    UploadField,
)


class ScanForm(MeritumForm):
    """A scanned code, or a candidate number typed by hand."""

    code = TextField(
        "Scan the code, or type the candidate number",
        max_length=300,
        missing="Scan a code or type a number",
        spellcheck=False,
    )
    submit = SubmitField("Check in")


class LateForm(MeritumForm):
    """Why somebody is let in after the doors have closed."""

    code = HiddenTextField(max_length=300)
    reason = TextAreaField("Why they are let in late", max_length=500, rows=2, missing="Enter the reason")
    submit = SubmitField("Let in late")


class RollForm(MeritumForm):
    """The reason of what changes on a roll; the marks are read by candidate."""

    idempotency_key = IdempotencyKeyField()
    reason = TextAreaField(
        "Reason",
        max_length=500,
        rows=2,
        required=False,
        hint="Needed where somebody is excused, or a mark is corrected. It is kept with each of them.",
    )
    submit = SubmitField("Save the marks")


class CorrectForm(MeritumForm):
    """One candidate's mark, corrected."""

    attendance = RadiosField(
        "Attendance",
        choices=[
            (state.value, state.value.capitalize()) for state in Attendance if state.value != "expected"
        ],
        missing="Select the attendance",
    )
    reason = TextAreaField("Reason", max_length=500, rows=3, required=False)
    submit = SubmitField("Save")


class DoubtForm(MeritumForm):
    """What speaks against somebody's identity."""

    note = TextAreaField("What you saw", max_length=1000, rows=3, missing="Enter what you saw")
    submit = SubmitField("Note the doubt")


class SettleForm(MeritumForm):
    """What was found."""

    outcome = RadiosField(
        "What was found",
        choices=[("cleared", "It is the candidate"), ("confirmed", "It was somebody else")],
        missing="Select what was found",
    )
    finding = TextAreaField("How it was found out", max_length=1000, rows=3, missing="Enter how")
    submit = SubmitField("Settle the doubt")


class ImportForm(MeritumForm):
    """A file to look at."""

    file = UploadField("File (CSV)", allowed=["csv", "txt"], max_bytes=MOST_BYTES)
    submit = SubmitField("Check the file")


class ConfirmForm(MeritumForm):
    """The checked file, named by a sealed ticket."""

    idempotency_key = IdempotencyKeyField()
    ticket = HiddenTextField(max_length=2000)
    submit = SubmitField("Store it")
