"""What a browser may send to the pages about notices."""

from __future__ import annotations

from app.platform.sentences import say
from app.web import forms


class CheckForm(forms.MeritumForm):
    """Asks whether a letter is genuine, by its number and the code in its check address."""

    number = forms.TextField(
        say("Letter number"),
        max_length=40,
        hint=say("For example, %(number)s", number="N-2026-000123-1"),
        width="20",
    )
    code = forms.TextField(
        say("Check code"),
        max_length=60,
        hint=say("The 26 letters and digits at the end of the check address"),
        width="30",
    )
    submit = forms.SubmitField(say("Check this letter"))


class CompareForm(forms.MeritumForm):
    """Compares a PDF that someone holds with the one that was issued."""

    file = forms.UploadField(say("The PDF you were given"), allowed=("pdf",), max_bytes=5 * 1024 * 1024)
    submit = forms.SubmitField(say("Compare"), kind="secondary")
