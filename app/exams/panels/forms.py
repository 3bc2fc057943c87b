"""What an officer may send about a panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.exams.panels.rules import DENOMINATORS, Scale, read_scale, step
from app.exams.panels.states import FORMS
from app.exams.plans.rules import Component
from app.platform.errors import Invalid
from app.web.forms import (
    EmailField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

INSTRUCTIONS_HINT = "Raters read it beside every script: what to look for, what not to count."


class PanelSetupForm(MeritumForm):
    component = SelectField("Which part of the examination?")
    form = RadiosField("What do raters have before them?", choices=[(own.value, FORMS[own]) for own in FORMS])
    denominator = RadiosField(
        "Smallest step of a mark",
        choices=[(str(own), step(own)) for own in DENOMINATORS],
        default="1",
        inline=True,
    )
    seed = TextField(
        "Seed of the draw",
        max_length=100,
        hint="Words or numbers drawn in public. With them anybody can draw again who rates what.",
    )
    instructions = TextAreaField(
        "What raters are told", max_length=4000, rows=5, required=False, hint=INSTRUCTIONS_HINT
    )
    submit = SubmitField("Set the panel up")

    def offer(self, components: Sequence[Component]) -> None:
        """Offer the parts that people rate."""
        self.component.choices = [(part.code, part.title) for part in components]

    def values(self) -> dict[str, Any]:
        """Give what the service takes."""
        given = {name: self[name].data for name in ("component", "form", "seed", "instructions")}
        return given | {"denominator": int(self.denominator.data)}


class InstructionsForm(MeritumForm):
    instructions = TextAreaField(
        "What raters are told", max_length=4000, rows=8, required=False, hint=INSTRUCTIONS_HINT
    )
    submit = SubmitField("Save")


class CriterionForm(MeritumForm):
    """One criterion with its anchors; marks are checked in the panel's steps."""

    scale: Scale
    title = TextField(
        "What is rated?", max_length=300, hint="A part of the script, or the question as asked."
    )
    guidance = TextAreaField("Guidance", max_length=2000, rows=4, required=False)
    maximum = TextField("Highest mark", max_length=8, width="5")
    anchors = TextAreaField(
        "Anchors",
        max_length=8000,
        rows=6,
        required=False,
        hint="One a line: the mark, a colon, and what earns it. Such as 5: Names each step.",
    )
    submit = SubmitField("Save")

    def __init__(self, *args: Any, denominator: int, **kwargs: Any) -> None:
        self.steps = denominator
        super().__init__(*args, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then read the scale."""
        if not super().validate(extra_validators):
            return False
        try:
            self.scale = read_scale(
                self.title.data, self.guidance.data, self.maximum.data, self.anchors.data, self.steps
            )
        except Invalid as error:
            self.add_errors(error)
            return False
        return True


class AddMemberForm(MeritumForm):
    email = EmailField("Email address of the rater", hint="The person must have the role of rater.")
    submit = SubmitField("Add to the panel")


class ReasonForm(MeritumForm):
    reason = TextAreaField("Why?", max_length=1000, rows=4, missing="Enter why")
    submit = SubmitField("Confirm")
