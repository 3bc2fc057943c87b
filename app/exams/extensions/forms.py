"""What a browser may send about extensions."""

from __future__ import annotations

from app.web.forms import DateField, IdempotencyKeyField, MeritumForm, RadiosField, SubmitField, TextAreaField


class ProposeForm(MeritumForm):
    """Until when, and why."""

    idempotency_key = IdempotencyKeyField()
    ends_on = DateField("New last day", missing="Enter the new last day")
    reason = TextAreaField("Reason", max_length=2000, rows=3, missing="Enter the reason")
    submit = SubmitField("Propose the extension")


class DecideForm(MeritumForm):
    """Whether the certificate lives longer."""

    decision = RadiosField(
        "Decision", choices=[("grant", "Grant it"), ("refuse", "Refuse it")], missing="Select a decision"
    )
    reason = TextAreaField("Reason", max_length=2000, rows=3, missing="Enter the reason")
    submit = SubmitField("Record the decision")
