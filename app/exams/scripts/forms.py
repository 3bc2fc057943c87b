"""What an officer may send about scripts."""

from __future__ import annotations

import dataclasses
from typing import Any

from wtforms.validators import ValidationError

from app.exams.scripts.rules import number_in, without_names
from app.exams.scripts.states import ScriptState
from app.platform import antivirus
from app.platform.errors import Invalid
from app.recruitment.documents.rules import MAX_PHOTO_BYTES, CheckedFile, check_file
from app.web.file_fields import UploadsField
from app.web.forms import FilterForm, MeritumForm, SelectField, SubmitField, TextAreaField, TextField

ALLOWED = ("pdf", "png", "jpg", "jpeg", "webp")
MOST = 50


class ScriptFilterForm(FilterForm):
    q = TextField("Blind code or candidate number", max_length=40)
    state = SelectField(
        "State", choices=[(state.value, state.title) for state in ScriptState], prompt="Any state"
    )


class ScriptUploadForm(MeritumForm):
    """Scanned scripts, each file named by its candidate's number; `checked` holds number and file."""

    files = UploadsField(
        "Scanned scripts",
        allowed=ALLOWED,
        max_bytes=MAX_PHOTO_BYTES,
        missing="Choose the files",
        hint="PDF or pictures, up to 50. Name each file by the candidate's number, such as C-00017.pdf.",
    )
    submit = SubmitField("Upload")

    def __init__(self, *args: Any, numbers: list[str], **kwargs: Any) -> None:
        self.numbers = numbers
        self.checked: list[tuple[str, CheckedFile]] = []
        super().__init__(*args, **kwargs)

    def validate_files(self, field: UploadsField) -> None:
        """Look into each file; one that is wrong is named, and none is kept."""
        if len(field.data or ()) > MOST:
            raise ValidationError(f"Choose {MOST} files at most at once.")
        self.checked = [self._look_into(str(file.filename), file.stream.read()) for file in field.data or ()]

    def _look_into(self, name: str, content: bytes) -> tuple[str, CheckedFile]:
        number = number_in(name, self.numbers)
        if not number:
            raise ValidationError(f"{name}: no candidate of this panel has this number.")
        try:
            checked = check_file(content, name)
        except Invalid as error:
            raise ValidationError(f"{name}: {error.message}") from error
        verdict = antivirus.scan(checked.content)
        if verdict is antivirus.Verdict.INFECTED:
            raise ValidationError(f"{name}: a virus was found in this file.")
        clean = without_names(checked.content, checked.media_type)
        return number, dataclasses.replace(checked, content=clean, virus_check=verdict)


class AbsenceForm(MeritumForm):
    reason = TextAreaField(
        "What happened?",
        max_length=500,
        rows=3,
        missing="Enter what happened",
        hint="For example, did not come, and had not written. It is kept with the examination.",
    )
    submit = SubmitField("Record as not there")
