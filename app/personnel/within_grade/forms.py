"""What a browser may send about increases within the grade."""

from __future__ import annotations

from app.personnel.within_grade.states import IncreaseState
from app.web.forms import FilterForm, MeritumForm, RadiosField, SelectField, SubmitField, TextAreaField


class DetermineForm(MeritumForm):
    """Whether the work is at an acceptable level of competence."""

    verdict = RadiosField(
        "The work is",
        choices=[
            ("acceptable", "At an acceptable level of competence"),
            ("not", "Not at an acceptable level of competence"),
        ],
        missing="Select how the work is",
    )
    grounds = TextAreaField(
        "What it rests on",
        max_length=4000,
        rows=5,
        required=False,
        hint="Needed where the work is not acceptable: in which elements, and why. The employee reads it.",
    )
    submit = SubmitField("Hand in")


class DecideForm(MeritumForm):
    """Whether what the supervisor found stands."""

    verdict = RadiosField(
        "Your decision",
        choices=[
            ("approve", "Approve what the supervisor found"),
            ("return", "Give it back to the supervisor"),
        ],
        missing="Select a decision",
    )
    submit = SubmitField("Decide", kind="warning")


class AskForm(MeritumForm):
    """Why a denial should be looked at again."""

    request = TextAreaField(
        "Why the denial is wrong",
        max_length=4000,
        rows=8,
        missing="Say why you believe that the denial is wrong",
    )
    submit = SubmitField("Ask for reconsideration")


class ReconsiderForm(MeritumForm):
    """The answer to a request."""

    verdict = RadiosField(
        "Your answer",
        choices=[("grant", "Grant the increase from the day it was due"), ("uphold", "The denial stands")],
        missing="Select an answer",
    )
    answer = TextAreaField("Reasons", max_length=4000, rows=5, missing="Enter the reasons of the answer")
    submit = SubmitField("Answer", kind="warning")


class IncreasesFilterForm(FilterForm):
    """To what the list is narrowed."""

    state = SelectField(
        "State",
        choices=[(state.value, state.title) for state in IncreaseState],
        prompt="All that wait",
        required=False,
    )
