"""What a browser may send about a plan."""

from __future__ import annotations

from app.personnel.performance.rules import FULL_WEIGHT, Element
from app.web.forms import (
    CheckboxField,
    DateField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    SubmitField,
    TextAreaField,
    TextField,
)

LONGEST = 4000


class ElementForm(MeritumForm):
    """An element to add; the weight is asked for where the rule weighs."""

    idempotency_key = IdempotencyKeyField()
    title = TextField("Element", max_length=200, hint="A part of the work, in a few words.")
    standard = TextAreaField(
        "Standard",
        max_length=2000,
        rows=4,
        hint="What fully successful work is: how much, how well, by when, as far as it can be measured.",
        missing="Enter the standard of this element",
    )
    is_critical = CheckboxField("Critical: unacceptable work here makes the whole unacceptable")
    weight = IntegerField("Weight", minimum=1, maximum=FULL_WEIGHT, required=False, suffix="of 100")
    submit = SubmitField("Add the element")

    def element(self) -> Element:
        """Give what was entered."""
        return Element(self.title.data, self.standard.data, bool(self.is_critical.data), self.weight.data)


class ProgressForm(MeritumForm):
    """A talk about the work so far."""

    idempotency_key = IdempotencyKeyField()
    held_on = DateField("Day of the talk", missing="Enter the day of the talk")
    narrative = TextAreaField(
        "What was said",
        max_length=LONGEST,
        rows=8,
        hint="How the work stands in each element, and what was agreed. The employee reads it.",
        missing="Write down what was said",
    )
    submit = SubmitField("Keep the progress review")


class SelfForm(MeritumForm):
    """What the employee says about the own work."""

    narrative = TextAreaField(
        "Your work in this period",
        max_length=LONGEST,
        rows=12,
        hint="Element by element: what you did, with examples and figures.",
        missing="Say what you did, element by element",
    )
    submit = SubmitField("Keep my self-assessment")


class VoidForm(MeritumForm):
    """Why a plan will not be rated."""

    reason = TextAreaField("Reason", max_length=1000, rows=4, missing="Enter why this plan is void")
    submit = SubmitField("Void the plan", kind="warning")
