"""What an officer may send about incidents."""

from __future__ import annotations

from collections.abc import Sequence

from app.exams.incidents.rules import MOST_MINUTES
from app.exams.incidents.states import IncidentKind, Remedy
from app.exams.seating.forms import name_session
from app.exams.sessions.models import ExamSession
from app.web.forms import (
    CheckboxField,
    DateTimeField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class ReportForm(MeritumForm):
    """What happened, where, when and to whom."""

    idempotency_key = IdempotencyKeyField()
    kind = RadiosField(
        "What happened?",
        choices=[(kind.value, kind.title) for kind in IncidentKind],
        missing="Select what happened",
    )
    session_id = SelectField("Session", choices=[], required=False, prompt="The whole examination")
    happened_at = DateTimeField("When did it happen?", missing="Enter when it happened")
    description = TextAreaField(
        "What you saw", max_length=4000, rows=6, missing="Enter what you saw", hint="Facts, without guesses."
    )
    is_everyone = CheckboxField("It touched everyone in this session")
    numbers = TextAreaField(
        "Or whom it touched",
        max_length=20_000,
        rows=4,
        required=False,
        hint="Candidate numbers, one a line or with spaces between.",
    )
    submit = SubmitField("Report the incident")

    def offer(self, sessions: Sequence[ExamSession]) -> None:
        """Offer the sessions that there are."""
        self.session_id.choices = [(row.id, name_session(row)) for row in sessions]


class ProposeForm(MeritumForm):
    """How it is made good."""

    remedy = RadiosField(
        "Remedy", choices=[(remedy.value, remedy.title) for remedy in Remedy], missing="Select a remedy"
    )
    minutes = IntegerField(
        "Minutes more", minimum=1, maximum=MOST_MINUTES, width=3, required=False, hint="Only for more time."
    )
    proposal = TextAreaField("Reasons", max_length=4000, rows=4, missing="Enter the reasons")
    submit = SubmitField("Propose the remedy")


class DecideForm(MeritumForm):
    """A decision on a proposal."""

    answer = RadiosField(
        "Decision",
        choices=[("confirm", "Confirm the remedy"), ("back", "Send it back")],
        missing="Select a decision",
    )
    decision = TextAreaField("Reason", max_length=4000, rows=4, missing="Enter the reason")
    submit = SubmitField("Decide")
