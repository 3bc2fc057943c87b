"""What an officer may send about people on preferred lists."""

from __future__ import annotations

from collections.abc import Sequence

from app.exams.preferred_lists.states import ANSWERS, PreferredState
from app.personnel.positions.models import Position
from app.web.forms import (
    DateField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)

WORDS = {
    PreferredState.REINSTATED: ("Accepted", "The person comes back into service on the first day."),
    PreferredState.DECLINED: ("Declined", "The person goes off the list."),
    PreferredState.NO_REPLY: ("Did not reply in time", "The person goes off the list."),
}


class PreferredFilterForm(FilterForm):
    """Which entries a page shows."""

    state = SelectField(
        "Stands as",
        required=False,
        prompt="Any",
        choices=[(state.value, state.title) for state in PreferredState],
    )


class OfferForm(MeritumForm):
    """Which position is offered, and from when."""

    idempotency_key = IdempotencyKeyField()
    position_id = SelectField("Position", prompt="Choose a vacant position")
    starts_on = DateField("First day", missing="Enter the first day")
    submit = SubmitField("Record the offer")

    def offer(self, positions: Sequence[Position]) -> None:
        """Offer the vacant positions."""
        self.position_id.choices = [
            (row.id, f"{row.number}: {row.title}, {row.duty_station}") for row in positions
        ]


class AnswerForm(MeritumForm):
    """What came of an offer."""

    idempotency_key = IdempotencyKeyField()
    answer = RadiosField(
        "What came of it",
        choices=[(state.value, *WORDS[state]) for state in ANSWERS],
        missing="Select what came of it",
    )
    reason = TextAreaField(
        "What shows it",
        max_length=2000,
        rows=4,
        hint="How the offer was sent, what was answered, and when.",
        missing="Enter what shows it",
    )
    submit = SubmitField("Record the answer", kind="warning")
