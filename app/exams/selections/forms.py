"""What a browser may send about a name on a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.exams.certificates.forms import PositionForm
from app.exams.certificates.rules import DECLINES, PASS_OVERS, Code
from app.recruitment.documents.forms import UploadForm
from app.web.forms import MeritumForm, RadiosField, SubmitField, TextAreaField


def _choices(codes: Mapping[str, Code]) -> list[tuple[str, str, str]]:
    return [(code, entry.title, f"Evidence: {entry.evidence}") for code, entry in codes.items()]


class AppointForm(PositionForm):
    """To which position, and from when."""

    submit = SubmitField("Appoint")


class EvidenceForm(UploadForm):
    """A decision with the evidence that it rests on; a paper may be added."""

    code: RadiosField
    reason: TextAreaField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file.required = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a paper is welcome, not needed."""
        if self.file.data or self.held.data:
            return bool(super().validate(extra_validators))
        self.file.required = False
        return bool(MeritumForm.validate(self, extra_validators))


class DeclineForm(EvidenceForm):
    """Why a person does not take the post."""

    code = RadiosField("Why the person declined", choices=_choices(DECLINES), missing="Select the reason")
    reason = TextAreaField("Evidence", max_length=2000, rows=4, missing="Enter the evidence")
    submit = SubmitField("Record the decline", kind="warning")


class PassOverForm(EvidenceForm):
    """Why a name is passed over."""

    code = RadiosField("Reason", choices=_choices(PASS_OVERS), missing="Select the reason")
    reason = TextAreaField("Reasons in full", max_length=4000, rows=6, missing="Enter the reasons")
    submit = SubmitField("Record the pass-over")


class ConsiderForm(MeritumForm):
    """What came of a priority consideration."""

    reason = TextAreaField(
        "What came of it",
        max_length=4000,
        rows=4,
        hint="Who considered the person, when, and why not chosen.",
    )
    submit = SubmitField("Record the consideration")


class DecideForm(MeritumForm):
    """Whether a proposed pass-over takes effect."""

    decision = RadiosField(
        "Decision", choices=[("approve", "Approve"), ("refuse", "Refuse")], missing="Select a decision"
    )
    reason = TextAreaField("Reason", max_length=2000, rows=3)
    submit = SubmitField("Record the decision")
