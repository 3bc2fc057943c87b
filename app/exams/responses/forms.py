"""What a browser may send about answers."""

from __future__ import annotations

from app.exams.responses.rules import MOST_BYTES
from app.web.forms import (
    CheckboxField,
    HiddenTextField,
    IdempotencyKeyField,
    MeritumForm,
    SubmitField,
    TextAreaField,
    UploadField,
)


class UploadForm(MeritumForm):
    """A file to check; nothing of it counts yet."""

    file = UploadField("File of answers", allowed=["csv", "txt"], max_bytes=MOST_BYTES)
    submit = SubmitField("Check the file")


class ConfirmForm(MeritumForm):
    """The checked file, named by a sealed ticket, and what has to be confirmed with it."""

    idempotency_key = IdempotencyKeyField()
    ticket = HiddenTextField(max_length=2000)
    accepts_absent = CheckboxField(
        "The candidates without a sheet were absent",
        missing="Tick the box if they were absent, or choose a file with all sheets",
    )
    reason = TextAreaField(
        "Why this file replaces the earlier one",
        max_length=2000,
        rows=3,
        missing="Enter why this file replaces the earlier one",
    )
    submit = SubmitField("Import the answers")

    def ask(self, *, for_absent: bool, for_reason: bool) -> None:
        """Ask for what this file needs; the page shows nothing else."""
        self.accepts_absent.required, self.reason.required = for_absent, for_reason
