"""What a browser may send about considerations."""

from __future__ import annotations

from app.exams.considerations.states import ConsiderationState
from app.web.forms import (
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class ProposeForm(MeritumForm):
    """How the person lost consideration."""

    idempotency_key = IdempotencyKeyField()
    reason = TextAreaField(
        "How consideration was lost",
        max_length=4000,
        rows=5,
        hint="Which vacancy, what went wrong, and what would have happened without it.",
        missing="Enter how consideration was lost",
    )
    submit = SubmitField("Propose a priority consideration")


class DecideForm(MeritumForm):
    """Whether the consideration is owed."""

    decision = RadiosField(
        "Decision",
        choices=[
            ("grant", "Grant it", "The person comes first for the next vacancy."),
            ("refuse", "Refuse it"),
        ],
        missing="Select a decision",
    )
    reason = TextAreaField("Reason", max_length=2000, rows=3, missing="Enter the reason")
    submit = SubmitField("Record the decision")


class ConsiderationFilter(FilterForm):
    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.value.capitalize()) for state in ConsiderationState],
    )
