"""A form that takes a file, looked into while the form is checked."""

from __future__ import annotations

import dataclasses

from wtforms.validators import ValidationError

from app.platform import antivirus, uploads
from app.platform.errors import Invalid
from app.platform.filecheck.files import ALLOWED, FILE_HINT, MAX_PHOTO_BYTES, VIRUS, CheckedFile, check_files
from app.platform.filecheck.kept import KeptFile
from app.platform.sentences import say
from app.web.file_fields import UploadsField
from app.web.forms import MeritumForm

__all__ = ["FileForm", "KeptFile"]

# Pages of people in service are in English.
UNSCANNED = "The virus check does not answer just now. Try again in a few minutes."


class FileForm(MeritumForm):
    """A form with one file (several pictures become one), which a subclass may let be left out.

    `checked` holds what may be kept of it, None where none came. `may_wait`: it may be kept before the virus
    check has answered, and is then not opened by anybody until it has.
    """

    may_wait = False

    file = UploadsField(
        say("File"), allowed=ALLOWED, max_bytes=MAX_PHOTO_BYTES, hint=FILE_HINT, missing=say("Choose a file")
    )
    checked: CheckedFile | None = None

    def validate_file(self, field: UploadsField) -> None:
        """Refuse a file that is not what it must be, or in which a virus is found."""
        if not field.data:
            return
        try:
            checked = check_files([(file.stream.read(), str(file.filename)) for file in field.data])
        except Invalid as error:
            raise ValidationError(error.fields["file"]) from error
        verdict = antivirus.scan(checked.content)
        if verdict is antivirus.Verdict.INFECTED:
            raise ValidationError(VIRUS)
        if verdict is antivirus.Verdict.WAITING and not self.may_wait:
            raise ValidationError(UNSCANNED)
        self.checked = dataclasses.replace(checked, virus_check=verdict)

    def keep(self) -> KeptFile | None:
        """Put the checked file into the store, before the transaction that names it; None where none came."""
        if self.checked is None:
            return None
        digest = uploads.keep(self.checked.content)
        return KeptFile(self.checked.filename, self.checked.media_type, len(self.checked.content), digest)
