"""What an officer may send about an interruption."""

from __future__ import annotations

from typing import Any

from app.web.forms import DateTimeField, MeritumForm, SelectField, SubmitField, TextAreaField


class InterruptionForm(MeritumForm):
    agency_id = SelectField("Agency", choices=[])
    starts_at = DateTimeField(
        "It began",
        missing="Enter when applications could not come in any more",
        hint="By your agency’s clock.",
    )
    ends_at = DateTimeField("It ended", missing="Enter when applications could come in again")
    reason = TextAreaField(
        "What happened, and how it is known",
        max_length=2000,
        rows=4,
        hint="The public may read this. Name the fault and its source, such as a network operator’s notice.",
    )
    submit = SubmitField("Declare the interruption")

    def values(self) -> dict[str, Any]:
        """Give what the services take; the moments are aware and in UTC."""
        return {name: self[name].data for name in ("agency_id", "starts_at", "ends_at", "reason")}
