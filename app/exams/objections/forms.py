"""What a candidate and an officer may send about a released key."""

from __future__ import annotations

from typing import Any

from app.exams.objections.rules import LEAST_DAYS, MOST_DAYS, MOST_GROUNDS, USUAL_DAYS
from app.exams.objections.states import Claim
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


class ReleaseForm(MeritumForm):
    days = IntegerField(
        "Days to object",
        minimum=LEAST_DAYS,
        maximum=MOST_DAYS,
        default=USUAL_DAYS,
        width=2,
        hint="Objections are taken until 5 pm of the last day.",
    )
    submit = SubmitField("Show the key to the candidates")


class ObjectionForm(UploadForm):
    """Why an item of the key is wrong; a paper may prove it."""

    claim = RadiosField(
        say("What is wrong?"),
        choices=[(claim.value, claim.title) for claim in Claim],
        missing=say("Select what is wrong"),
    )
    grounds = CharacterCountField(
        say("Why? Name your source"),
        max_length=MOST_GROUNDS,
        rows=6,
        missing=say("Enter why the key is wrong, with your source."),
        hint=say("A book with its page, a law with its section, or a calculation."),
    )
    submit = SubmitField(say("Send the objection"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a paper is welcome, not needed."""
        if self.file.data or self.held.data:
            return bool(super().validate(extra_validators))
        self.file.required = False
        return bool(MeritumForm.validate(self, extra_validators))


class RuleForm(MeritumForm):
    founded = RadiosField(
        "Is the objection well founded?",
        choices=[
            ("yes", "Yes", "Propose a new version of the key besides: the ruling alone changes no mark."),
            ("no", "No", "The key stays as it is."),
        ],
        inline=False,
        missing="Select whether the objection is well founded",
    )
    ruling = TextAreaField(
        "Ruling and reasons",
        max_length=4000,
        rows=6,
        missing="Enter the ruling and its reasons.",
        hint="The candidate reads it once a second person confirms it.",
    )
    submit = SubmitField("Propose the ruling")
