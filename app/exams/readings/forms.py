"""What a browser may send about readings."""

from __future__ import annotations

from app.exams.responses.forms import ENDINGS
from app.web.forms import HiddenTextField, MeritumForm, SubmitField, UploadField

# A page waits for the comparison.
MOST_BYTES = 30_000_000


class CompareForm(MeritumForm):
    """Another reading of the same sheets."""

    file = UploadField("Second reading", allowed=ENDINGS, max_bytes=MOST_BYTES)
    submit = SubmitField("Compare")


class DecideForm(MeritumForm):
    """What a person sees on the sheet; each answer is a button of its own."""

    answer = HiddenTextField(max_length=40)
