"""What a browser may send about the files of a case."""

from __future__ import annotations

from app.web.checked_files import FileForm
from app.web.forms import MeritumForm, SubmitField, TextField


class EvidenceForm(FileForm):
    """A file on which the proposal relies."""

    title = TextField(
        "What it is", max_length=200, hint="It stands in the notice, for example: Door log of May."
    )
    submit = SubmitField("Add the file")


class RemoveFileForm(MeritumForm):
    """That a file shall go."""

    submit = SubmitField("Remove the file", kind="warning")
