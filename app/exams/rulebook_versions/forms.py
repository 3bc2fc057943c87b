"""What a browser may send about rulebooks."""

from __future__ import annotations

from app.exams.rulebook_versions.rules import MOST_BYTES
from app.exams.rulebook_versions.states import RulebookState
from app.web.forms import (
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    UploadField,
)


class UploadForm(MeritumForm):
    """A rulebook as a file."""

    idempotency_key = IdempotencyKeyField()
    agency_id = SelectField("Agency that uses it", prompt="Choose an agency")
    file = UploadField("Rulebook, a TOML file", allowed=["toml", "txt"], max_bytes=MOST_BYTES)
    submit = SubmitField("Check and upload")


class DecideForm(MeritumForm):
    """A second person's decision."""

    decision = RadiosField(
        "Decision",
        missing="Select whether the rulebook may be used",
        choices=[
            ("approve", "Approve", "It may be chosen for new examinations of the agency."),
            ("refuse", "Refuse", "It is never used. A corrected text comes as the next version."),
        ],
    )
    reason = TextAreaField("What you compared, or what is wrong", max_length=2000, rows=4)
    submit = SubmitField("Save the decision")


class WithdrawForm(MeritumForm):
    """Why a rulebook is offered no longer."""

    reason = TextAreaField("Why it is withdrawn", max_length=2000, rows=4)
    submit = SubmitField("Withdraw the rulebook", kind="warning")


class RulebookFilterForm(FilterForm):
    """What the list of rulebooks is narrowed to."""

    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.value.capitalize()) for state in RulebookState],
    )
