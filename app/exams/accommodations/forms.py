"""What candidates and officers may send about accommodations."""

from __future__ import annotations

from typing import Any

from app.exams.accommodations.rules import LEAST_MINUTES, MOST_MINUTES
from app.exams.accommodations.states import Need
from app.platform.sentences import say
from app.recruitment.documents.forms import UploadForm
from app.web.forms import (
    CharacterCountField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
)


class RequestForm(UploadForm):
    """What is needed and why; a paper may prove it."""

    need = RadiosField(
        say("What do you need?"),
        choices=[(need.value, need.title) for need in Need],
        missing=say("Select what you need"),
    )
    grounds = CharacterCountField(
        say("Why do you need it?"),
        max_length=2000,
        rows=5,
        missing=say("Enter why you need it."),
        hint=say("Say how much time you were given at school or at work, if you were."),
    )
    submit = SubmitField(say("Send the request"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a paper is welcome, not needed."""
        if self.file.data or self.held.data:
            return bool(super().validate(extra_validators))
        self.file.required = False
        return bool(MeritumForm.validate(self, extra_validators))


class DecideForm(MeritumForm):
    """A decision with its reason."""

    decision = RadiosField(
        "Decision",
        choices=[("grant", "Grant it"), ("refuse", "Refuse it")],
        missing="Select a decision",
    )
    extra_minutes = IntegerField(
        "Minutes more",
        minimum=LEAST_MINUTES,
        maximum=MOST_MINUTES,
        width=3,
        required=False,
        hint="Only for more time.",
    )
    reason = TextAreaField(
        "Reason", max_length=1000, rows=4, missing="Enter the reason", hint="The candidate reads it."
    )
    submit = SubmitField("Decide")
