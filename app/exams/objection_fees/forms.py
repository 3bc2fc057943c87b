"""What an officer records of the fee of an objection."""

from __future__ import annotations

from app.web.forms import MeritumForm, RadiosField, SubmitField, TextAreaField, TextField


class ReferenceForm(MeritumForm):
    """Where the cash book says that money came in or went back."""

    reference = TextField("Number in the cash book", max_length=120, width="20")
    submit = SubmitField("Record it")


class WaiverForm(MeritumForm):
    decision = RadiosField(
        "Is the fee waived?",
        choices=[("grant", "Yes, it is waived"), ("refuse", "No, it is due")],
        missing="Select whether the fee is waived",
    )
    reason = TextAreaField("Reason", max_length=1000, rows=3)
    submit = SubmitField("Record the decision")
