"""What a browser may send about the papers of a personnel file."""

from __future__ import annotations

import dataclasses
from typing import Any

from wtforms.validators import ValidationError

from app.personnel.documents.services import Paper
from app.personnel.documents.states import APART, DocumentKind
from app.platform import antivirus, uploads
from app.platform.errors import Invalid
from app.platform.filecheck.files import ALLOWED, MAX_BYTES, CheckedFile, check_file
from app.web.file_fields import UploadField
from app.web.forms import IdempotencyKeyField, MeritumForm, RadiosField, SubmitField, TextAreaField, TextField

HINT = "PDF, Word (DOCX) or a picture, 5 MB at most."


class PaperForm(MeritumForm):
    """A form that takes a paper, looked into as all files are."""

    file = UploadField("Paper", allowed=ALLOWED, max_bytes=MAX_BYTES, required=False, hint=HINT)
    checked: CheckedFile | None = None

    def validate_file(self, field: Any) -> None:
        """Refuse a file that is not what its name says, that acts by itself, or in which a virus is found."""
        if field.data is None:
            return
        try:
            checked = check_file(field.data.stream.read(), str(field.data.filename))
        except Invalid as error:
            raise ValidationError(error.fields["file"]) from error
        verdict = antivirus.scan(checked.content)
        if verdict is antivirus.Verdict.INFECTED:
            raise ValidationError("A virus was found in this file, so it was not kept. Choose another one.")
        self.checked = dataclasses.replace(checked, virus_check=verdict)

    def keep(self, kind: DocumentKind, title: str) -> list[Paper]:
        """Store the paper of a form that was right, before anything names it; empty where none came."""
        checked = self.checked
        if checked is None:
            return []
        digest = uploads.keep(checked.content)
        return [Paper(kind, title, checked.filename, checked.media_type, len(checked.content), digest)]


class AddForm(PaperForm):
    """A paper for the file, with what it is."""

    idempotency_key = IdempotencyKeyField()
    kind = RadiosField("What is it?", choices=[], missing="Select what the paper is")
    title = TextField("Title", max_length=200, hint="Such as Commercial driver's licence, 2026.")
    file = UploadField("File", allowed=ALLOWED, max_bytes=MAX_BYTES, hint=HINT)
    submit = SubmitField("Put it on the file")

    def __init__(self, *, with_apart: bool) -> None:
        super().__init__()
        self.kind.choices = [
            (kind.value, kind.title, "Stands apart from the file." if kind in APART else "")
            for kind in DocumentKind
            if with_apart or kind not in APART
        ]


class RemoveForm(MeritumForm):
    """Why a paper is taken out."""

    reason = TextAreaField("Reason", max_length=2000, rows=3, missing="Enter the reason for taking it out")
    submit = SubmitField("Take the paper out", kind="warning")
