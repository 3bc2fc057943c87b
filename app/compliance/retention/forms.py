"""What officers write about a purge."""

from __future__ import annotations

from app.web.forms import MeritumForm, SubmitField, TextAreaField


class ReasonForm(MeritumForm):
    """A reason for an act, which stays with the purge."""

    reason = TextAreaField("Reason", max_length=1000, min_length=10, rows=3, missing="Give the reason")
    submit = SubmitField("Confirm")
