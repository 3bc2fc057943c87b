"""What a browser may send about ratings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.personnel.performance.models import PlanElement
from app.personnel.performance.regimes import Regime
from app.personnel.ratings.states import RatingState
from app.web.forms import (
    FilterForm,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)

LONGEST = 4000


def rating_form(elements: Sequence[PlanElement], regime: Regime) -> type[MeritumForm]:
    """Make the form of a rating: for each element a level and what it rests on."""
    levels = [(str(level), f"{level}, {title}") for level, title in sorted(regime.levels.items())]
    fields: dict[str, Any] = {}
    for element in elements:
        fields[f"level_{element.id}"] = RadiosField(
            f"Level: {element.title}", choices=levels, missing=f"Select a level for {element.title}"
        )
        fields[f"narrative_{element.id}"] = TextAreaField(
            f"What it rests on: {element.title}",
            max_length=LONGEST,
            rows=3,
            required=False,
            hint=f"Needed unless the level is {regime.acceptable}, {regime.levels[regime.acceptable]}.",
        )
    fields["narrative"] = TextAreaField(
        "The period as a whole", max_length=LONGEST, rows=5, missing="Say how the year went as a whole"
    )
    fields["submit"] = SubmitField("Hand in the rating")
    return type("RatingForm", (MeritumForm,), fields)


def given(form: MeritumForm, elements: Sequence[PlanElement]) -> dict[str, tuple[int, str]]:
    """Give level and reasons by element as they were entered."""
    return {one.id: (int(form[f"level_{one.id}"].data), form[f"narrative_{one.id}"].data) for one in elements}


class ReviewForm(MeritumForm):
    """What the reviewer says to a rating."""

    verdict = RadiosField(
        "Your decision",
        choices=[
            ("approve", "Approve", "It becomes the rating of record, and the employee gets it as a letter."),
            ("return", "Return to the supervisor", "Say what has to be looked at again."),
        ],
        missing="Select a decision",
    )
    reason = TextAreaField("Reason", max_length=2000, rows=4, required=False)
    submit = SubmitField("Decide")


class CommentForm(MeritumForm):
    """What the employee says to a rating of record."""

    comment = TextAreaField(
        "Comment",
        max_length=LONGEST,
        rows=6,
        required=False,
        hint="It is kept with your rating. You can leave it empty.",
    )
    submit = SubmitField("I have read my rating")


class RatingsFilterForm(FilterForm):
    """To what the list of ratings is narrowed."""

    state = SelectField(
        "State", choices=[(state.value, state.title) for state in RatingState], prompt="All", required=False
    )


class CalibrationForm(FilterForm):
    """Which period, and by what its ratings are grouped."""

    cycle = SelectField("Period", required=False, prompt="The latest")
    by = SelectField(
        "Grouped by",
        choices=[("unit", "Unit"), ("supervisor", "Supervisor")],
        required=False,
        prompt="Unit",
    )
