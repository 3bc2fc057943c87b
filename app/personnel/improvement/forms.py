"""What a browser may send about improvement plans."""

from __future__ import annotations

import datetime as dt
from typing import cast

from app.personnel.improvement.services import Opening
from app.personnel.improvement.states import ImprovementState, Outcome
from app.web.forms import (
    CheckboxesField,
    DateField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)

LONGEST = 4000


class OpenForm(MeritumForm):
    """An opportunity to improve."""

    idempotency_key = IdempotencyKeyField()
    elements = CheckboxesField(
        "Critical elements in which the work is unacceptable", choices=[], missing="Select the elements"
    )
    instances = TextAreaField(
        "What was unacceptable",
        max_length=LONGEST,
        rows=5,
        hint="What happened and on which days, a line each.",
        missing="Enter what was unacceptable",
    )
    requirement = TextAreaField(
        "What is needed",
        max_length=LONGEST,
        rows=4,
        hint="What acceptable work in these elements is, as it will be measured.",
        missing="Enter what is needed",
    )
    assistance = TextAreaField(
        "Help offered",
        max_length=LONGEST,
        rows=4,
        hint="A line each: talks, training, somebody beside the person.",
        missing="Enter which help is offered",
    )
    delivered_on = DateField(
        "Day on which it is handed over",
        missing="Enter the day on which it is handed over",
        hint="Not counted.",
    )
    ends_on = DateField("Last day of the opportunity", missing="Enter the last day of the opportunity")
    submit = SubmitField("Open the improvement plan", kind="warning")

    def opening(self) -> Opening:
        """Give what was entered."""
        return Opening(
            tuple(self.elements.data),
            self.instances.data,
            self.requirement.data,
            self.assistance.data,
            cast(dt.date, self.delivered_on.data),
            cast(dt.date, self.ends_on.data),
        )


class CheckInForm(MeritumForm):
    """A talk in the opportunity period."""

    idempotency_key = IdempotencyKeyField()
    held_on = DateField("Day of the talk", missing="Enter the day of the talk")
    progress = TextAreaField(
        "How the work stands", max_length=LONGEST, rows=5, missing="Enter how the work stands"
    )
    help_given = TextAreaField(
        "Help given since the last talk", max_length=LONGEST, rows=4, missing="Enter which help was given"
    )
    submit = SubmitField("Keep the check-in")


class AssessForm(MeritumForm):
    """What came of the opportunity."""

    outcome = RadiosField(
        "The work became",
        choices=[(outcome.value, outcome.title) for outcome in Outcome],
        missing="Select what the work became",
    )
    findings = TextAreaField(
        "What it rests on",
        max_length=LONGEST,
        rows=6,
        hint="Element by element, with days and figures.",
        missing="Enter what it rests on",
    )
    submit = SubmitField("Hand in the outcome")


class ConcludeForm(MeritumForm):
    """Whether the outcome stands."""

    verdict = RadiosField(
        "Your decision",
        choices=[
            ("confirm", "Confirm the outcome", "The employee is told."),
            ("return", "Give it back", "The plan runs on, and the supervisor says it anew."),
        ],
        missing="Select a decision",
    )
    submit = SubmitField("Decide", kind="warning")


class CancelForm(MeritumForm):
    """Why a plan does not go on."""

    reason = TextAreaField("Reason", max_length=1000, rows=4, missing="Enter why the plan is cancelled")
    submit = SubmitField("Cancel the improvement plan", kind="warning")


class ImprovementsFilterForm(FilterForm):
    """To what the list is narrowed."""

    state = SelectField(
        "State",
        choices=[(state.value, state.title) for state in ImprovementState],
        prompt="All",
        required=False,
    )
