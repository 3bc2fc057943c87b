"""What an applicant may claim, and what an officer may decide of it."""

from __future__ import annotations

from typing import Any

from wtforms.validators import ValidationError

from app.platform.errors import Invalid
from app.recruitment.applications.kinds import CLAIMS
from app.recruitment.claims.rules import NONE, check_kinds
from app.recruitment.drafts.forms import StepForm
from app.web.forms import CheckboxesField, MeritumForm, RadiosField, SubmitField, TextAreaField

CHOICES = [(kind, claim.title, claim.meaning) for kind, claim in CLAIMS.items()]


class ClaimsForm(StepForm):
    """Which preference the person claims; "none" stands apart and alone."""

    kinds = CheckboxesField(
        "Which preference do you claim?",
        choices=[*CHOICES, (NONE, "I claim none of these")],
        hint="Select all that apply.",
        missing="Select the preference you claim, or that you claim none",
    )

    def validate_kinds(self, field: CheckboxesField) -> None:
        """Refuse "none" beside a claim."""
        try:
            check_kinds(field.data)
        except Invalid as error:
            raise ValidationError(error.fields["kinds"]) from error

    def items(self) -> list[dict[str, Any]]:
        """Give the choices for the page, "none" apart: with a script, it unticks the others."""
        *claims, none = self.kinds.items()
        return [*claims, {"divider": "or"}, none | {"behaviour": "exclusive"}]


class DecideForm(MeritumForm):
    """An officer's decision on a claim; points follow from it by the rulebook."""

    state = RadiosField(
        "Does the evidence prove the claim?",
        choices=[("verified", "Yes, the claim is verified"), ("refused", "No, the claim is refused")],
        missing="Select whether the evidence proves the claim",
    )
    reason = TextAreaField(
        "Reason",
        max_length=1000,
        rows=4,
        hint="Say what the evidence shows. The applicant can read this.",
    )
    submit = SubmitField("Save the decision")
