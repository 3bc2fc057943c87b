"""What a browser may send about merit lists."""

from __future__ import annotations

from app.exams.merit_lists.rules import SEED_LENGTHS
from app.exams.merit_lists.states import ListState
from app.platform.sentences import say
from app.web.forms import (
    CheckboxField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class DraftForm(MeritumForm):
    """What a list needs besides the stored answers, key and claims."""

    idempotency_key = IdempotencyKeyField()
    seed = TextField(
        "Public seed of the draw",
        max_length=SEED_LENGTHS[1],
        missing="Enter the seed that was drawn in public",
        hint="Drawn in public after the answers were stored, such as the numbers of a lottery of that day. "
        "It is published with the list, so that anyone can draw the lots again.",
    )
    reason = TextAreaField(
        "Why a new version is made",
        max_length=2000,
        rows=3,
        hint="Published with the list: candidates read it.",
    )
    submit = SubmitField("Draft the list")

    def ask(self, *, for_seed: bool, for_reason: bool) -> None:
        """Ask for what this list needs; the page shows nothing else."""
        self.seed.required, self.reason.required = for_seed, for_reason


class ApproveForm(MeritumForm):
    """That a second person has looked."""

    is_checked = CheckboxField(
        "I have looked at the figures, the ties and the entries", required=True, missing="Tick the box"
    )
    submit = SubmitField("Approve this list")


class PublishForm(MeritumForm):
    """That the list may go out."""

    is_sure = CheckboxField(
        "I understand that this cannot be undone once letters have left",
        required=True,
        missing="Tick the box to publish",
    )
    submit = SubmitField("Publish this list", kind="warning")


class DiscardForm(MeritumForm):
    """Why a list is given up."""

    reason = TextAreaField("Reason", max_length=2000, rows=3)
    submit = SubmitField("Discard this list", kind="warning")


class EntryFilterForm(FilterForm):
    """Which entries a page shows."""

    text = TextField(say("Candidate number"), max_length=40, required=False)
    group = SelectField(
        "Who", required=False, prompt="Everyone", choices=[("passed", "Passed"), ("failed", "Did not pass")]
    )


class CompareForm(FilterForm):
    """Which candidates are set side by side."""

    numbers = TextField(
        "Candidate numbers",
        max_length=200,
        required=False,
        hint="Two to four, with spaces between them.",
        spellcheck=False,
    )


class ListFilterForm(FilterForm):
    """Which lists a page shows."""

    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.value.capitalize()) for state in ListState],
    )
