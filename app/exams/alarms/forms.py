"""What a browser may send about alarms."""

from __future__ import annotations

from app.web.forms import MeritumForm, SubmitField, TextAreaField


class ClearForm(MeritumForm):
    """Why an alarm is none."""

    reason = TextAreaField(
        "What you found",
        max_length=2000,
        rows=4,
        hint="What you looked at, and why the list may go on. It stands in the record with your name.",
        missing="Enter what you found",
    )
    submit = SubmitField("Clear the alarm")
