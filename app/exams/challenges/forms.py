"""What an officer may send about a contested item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.exams.challenges.models import Challenge
from app.exams.challenges.rules import DECISIONS, in_words
from app.web.forms import (
    CheckboxesField,
    FilterForm,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    as_choices,
)


class ProposeForm(MeritumForm):
    """What becomes of an item; one button works out what that moves, the other proposes it."""

    decision = RadiosField(
        "What becomes of the question?",
        choices=list(DECISIONS.items()),
        missing="Select what becomes of the question.",
    )
    accepted = CheckboxesField(
        "Right answers",
        choices=[],
        required=False,
        hint="Needed where another answer, or several, are right.",
    )
    reason = TextAreaField(
        "Reason",
        max_length=4000,
        rows=5,
        required=False,
        hint="Everyone who objected reads it once a second person confirms it. Needed to propose.",
    )
    origin = TextAreaField(
        "What led to it, where nobody objected",
        max_length=1000,
        rows=2,
        required=False,
        hint="For example, a judgment with its date and number.",
    )
    try_out = SubmitField("Work out what it moves", kind="secondary")
    submit = SubmitField("Propose this decision")
    tried: Any = None

    @property
    def asked(self) -> dict[str, Any]:
        """Give the decision with its right answers."""
        return {"decision": self.decision.data, "accepted": self.accepted.data or []}

    def offer(self, options: list[str]) -> None:
        """Offer the answers that a sheet may hold."""
        self.accepted.choices = as_choices(options)


class ItemFilter(FilterForm):
    """The item that an officer goes to."""

    item = SelectField("Question", prompt="Choose", required=False)


class SendBackForm(MeritumForm):
    note = TextAreaField("Why does it go back?", max_length=2000, rows=3)
    submit = SubmitField("Send it back", kind="warning")


class ConfirmForm(MeritumForm):
    """Which proposed decisions take effect together."""

    chosen = CheckboxesField("Decisions to confirm", choices=[], missing="Select a decision")
    submit = SubmitField("Confirm and carry out", kind="warning")

    def offer(self, proposed: Sequence[Challenge]) -> None:
        """Offer the decisions that wait, each in words."""
        self.chosen.choices = [(row.id, _words(row)) for row in proposed]


def _words(row: Challenge) -> str:
    place = f"Question {row.item}, {row.series}" if row.series else f"Question {row.item}"
    return f"{place}. {in_words(row.before, row.after)}"
