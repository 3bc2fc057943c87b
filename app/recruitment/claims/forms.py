"""What an applicant may claim, and what an officer may decide of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from app.platform.errors import Invalid
from app.platform.sentences import say
from app.recruitment.applications.kinds import CLAIMS
from app.recruitment.claims.rules import NONE, check_kinds
from app.recruitment.documents.forms import UploadForm
from app.recruitment.drafts.forms import DraftForm
from app.web.forms import (
    CharacterCountField,
    CheckboxesField,
    DateField,
    DateTimeField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
)


class ClaimsForm(DraftForm):
    """What the person claims of what the vacancy honours; "none" stands apart and alone."""

    kinds = CheckboxesField(
        say("What do you claim?"),
        choices=[],
        hint=say("Select all that apply."),
        missing=say("Select what you claim, or that you claim none of these"),
    )

    def offer(self, kinds: Sequence[str]) -> None:
        """Offer the kinds that the vacancy's rulebook honours."""
        self.kinds.choices = [(kind, CLAIMS[kind].title, CLAIMS[kind].meaning) for kind in kinds]
        self.kinds.choices.append((NONE, say("I claim none of these")))
        self.honoured = kinds

    def validate_kinds(self, field: CheckboxesField) -> None:
        """Refuse "none" beside a claim."""
        try:
            check_kinds(field.data, self.honoured)
        except Invalid as error:
            raise ValidationError(error.fields["kinds"]) from error

    def titles_of(self, kinds: Sequence[str]) -> list[str]:
        """Give the words of what was chosen elsewhere meanwhile."""
        return [text for kind, text, *_ in self.kinds.choices if kind in kinds]

    def items(self) -> list[dict[str, Any]]:
        """Give the choices for the page, "none" apart: with a script, it unticks the others."""
        *claims, none = self.kinds.items()
        return [*claims, {"divider": say("or")}, none | {"behaviour": "exclusive"}]


class EvidenceForm(UploadForm):
    """A paper that proves a claim, and the day on which it expires if it does."""

    expires_on = DateField(
        say("Date it expires"), required=False, hint=say("Leave empty if it does not expire.")
    )


class AppealForm(MeritumForm):
    """What the applicant writes against a refusal."""

    text = CharacterCountField(
        say("Why is the decision wrong?"),
        max_length=4000,
        rows=8,
        hint=say("Say what the officer missed or misread. Another officer reads this and decides."),
        missing=say("Say why the decision is wrong"),
    )
    submit = SubmitField(say("Send the appeal"))


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
    valid_until = DateField(
        "Last day on which it holds",
        required=False,
        hint="Only where the claim is verified for a time: it then counts in examinations held on that day "
        "or before it. Leave empty if it holds without end.",
    )
    submit = SubmitField("Save the decision")


class ManyForm(MeritumForm):
    """Claims to be verified on the ground of earlier decisions, each ticked by the officer."""

    claims = CheckboxesField("Verify again", choices=[], missing="Tick the claims that you verify again")
    submit = SubmitField("Verify the ticked claims again")


class ClosingForm(MeritumForm):
    """Until when evidence for claims is taken for a vacancy."""

    closes_at = DateTimeField("Evidence is taken until", missing="Enter the day and time")
    submit = SubmitField("Save")
