"""What may be uploaded, and the confirmation that it is taken out again."""

from __future__ import annotations

from wtforms.validators import ValidationError

from app.platform.errors import Invalid
from app.recruitment.applications.kinds import DOCUMENTS
from app.recruitment.documents.rules import ALLOWED, MAX_BYTES, CheckedFile, check_file
from app.web.forms import MeritumForm, RadiosField, SubmitField, UploadField

FILE_HINT = "PDF, PNG or JPEG, 5 MB at most."


class UploadForm(MeritumForm):
    """A file, looked into while the form is checked; `checked` holds what may be kept of it."""

    file = UploadField("File", allowed=ALLOWED, max_bytes=MAX_BYTES, hint=FILE_HINT, missing="Choose a file")
    submit = SubmitField("Upload")
    checked: CheckedFile

    def validate_file(self, field: UploadField) -> None:
        """Refuse a file that is not what it must be."""
        try:
            self.checked = check_file(field.data.stream.read(), field.data.filename)
        except Invalid as error:
            raise ValidationError(error.fields["file"]) from error


class DocumentForm(UploadForm):
    """A document of a kind; evidence is added at the claim it proves."""

    kind = RadiosField(
        "What is it?",
        choices=[(kind, title) for kind, title in DOCUMENTS.items() if kind != "evidence"],
        missing="Select what the document is",
    )


class RemoveForm(MeritumForm):
    """Confirms that a document is taken out."""

    submit = SubmitField("Remove it", kind="warning")
