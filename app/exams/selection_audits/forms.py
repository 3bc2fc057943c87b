"""What a browser may send about audits."""

from __future__ import annotations

from app.web.forms import MeritumForm, SubmitField, TextAreaField


class SettleForm(MeritumForm):
    """How findings are put right."""

    settlement = TextAreaField(
        "How each finding is put right",
        max_length=4000,
        rows=6,
        hint="For example: the appointment is ended, or a priority consideration is granted, with its date.",
        missing="Enter how each finding is put right",
    )
    submit = SubmitField("Settle the findings")
