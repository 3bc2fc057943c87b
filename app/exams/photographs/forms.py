"""What a person may send as a photograph."""

from __future__ import annotations

from wtforms.validators import ValidationError

from app.exams.photographs import rules
from app.platform.errors import Invalid
from app.platform.sentences import say
from app.recruitment.documents.forms import UploadForm
from app.recruitment.documents.rules import MAX_PHOTO_BYTES
from app.web.file_fields import UploadsField
from app.web.forms import SubmitField


class PhotographForm(UploadForm):
    """One photograph; `cropped` is what is kept of it."""

    file = UploadsField(
        say("Photograph"),
        allowed=["jpg", "jpeg", "png", "webp"],
        max_bytes=MAX_PHOTO_BYTES,
        missing=say("Choose a photograph"),
        hint=say("Your face from the front, in good light, nothing else. JPEG, PNG or WebP, 20 MB at most."),
    )
    submit = SubmitField(say("Save the photograph"))
    cropped: bytes = b""

    def validate_file(self, field: UploadsField) -> None:
        """Refuse what is no picture, or too small to be printed."""
        super().validate_file(field)
        if self.checked is None:
            return
        try:
            self.cropped = rules.crop(self.checked.content, self.checked.media_type)
        except Invalid as error:
            self.checked = None
            raise ValidationError(error.fields["file"]) from error
