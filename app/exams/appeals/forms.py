"""What an applicant and an officer may send about an appeal."""

from __future__ import annotations

from app.exams.appeals.rules import MOST_GROUNDS
from app.platform.sentences import say
from app.web.forms import (
    CharacterCountField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class AppealForm(MeritumForm):
    idempotency_key = IdempotencyKeyField()
    grounds = CharacterCountField(
        say("What is wrong with the decision, and why?"),
        max_length=MOST_GROUNDS,
        rows=8,
        missing=say("Enter what is wrong with the decision, and why."),
        hint=say("Name the requirement, or the step of the arithmetic, that you think is wrong."),
    )
    submit = SubmitField(say("Send the appeal"))


class DecideForm(MeritumForm):
    outcome = RadiosField(
        "Decision",
        choices=[
            ("upheld", "Upheld", "Then correct the screening or the key, which sends the new decision."),
            ("dismissed", "Dismissed", "The decision stands."),
        ],
        inline=False,
        missing="Select whether the appeal is upheld",
    )
    decision = TextAreaField(
        "Reasons",
        max_length=5000,
        rows=8,
        missing="Enter the decision and its reasons.",
        hint="The applicant reads them. Answer each of the grounds.",
    )
    submit = SubmitField("Decide the appeal")


class AppealFilter(FilterForm):
    state = SelectField(
        "State",
        choices=[
            ("filed", "Waiting"),
            ("upheld", "Upheld"),
            ("dismissed", "Dismissed"),
            ("withdrawn", "Withdrawn"),
        ],
        prompt="All",
        required=False,
    )
