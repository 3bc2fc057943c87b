"""What a browser may send about probations."""

from __future__ import annotations

from app.personnel.probations.regimes import REGIMES
from app.personnel.probations.states import Outcome
from app.web.forms import DateField, MeritumForm, RadiosField, SubmitField, TextAreaField

OUTCOMES = [(outcome.value, outcome.title) for outcome in Outcome]


class ReviewForm(MeritumForm):
    """What somebody who knows the work recommends."""

    recommended = RadiosField("Recommendation", choices=OUTCOMES, missing="Select a recommendation")
    grounds = TextAreaField(
        "What it rests on",
        max_length=4000,
        rows=6,
        hint="Work done and how well, conduct, talks held and when.",
        missing="Enter what the recommendation rests on",
    )
    submit = SubmitField("Hand in the recommendation")


class DecideForm(MeritumForm):
    """What is decided."""

    outcome = RadiosField("Decision", choices=OUTCOMES, missing="Select a decision")
    last_day = DateField(
        "Last day of service",
        required=False,
        hint="Only where the service is ended. Written notice comes before it.",
    )
    reason = TextAreaField("Reasons", max_length=4000, rows=5, missing="Enter the reasons of the decision")
    submit = SubmitField("Decide", kind="warning")


class RegimeForm(MeritumForm):
    """Under which rule probations run."""

    name = RadiosField(
        "Rule",
        choices=[(name, regime.title, regime.citation) for name, regime in REGIMES.items()],
        missing="Select a rule",
    )
    submit = SubmitField("Keep this rule")
