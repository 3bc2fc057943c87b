"""The form field for an uploaded file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from flask_wtf.file import FileField as _StorageField
from wtforms.validators import StopValidation

from app.web.amounts import format_size
from app.web.fields import BAD_CHARACTERS, MeritumField, clean_text

LONGEST_NAME = 200


class UploadField(MeritumField, _StorageField):  # type: ignore[misc]
    """A file of one of the `allowed` endings, at most `max_bytes` long; its data is a FileStorage or None.

    Only name and size are looked at here; what stands inside is for the service that keeps the file.
    """

    component = "file-upload"
    verb = "Choose"

    def __init__(self, label: str, *, allowed: Sequence[str], max_bytes: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.allowed = tuple(ending.lower().lstrip(".") for ending in allowed)
        self.max_bytes = max_bytes

    def missing_message(self) -> str:
        return self.missing or f"Choose a file for {self.subject[:1].lower()}{self.subject[1:]}"

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        try:
            name = clean_text(self.data.filename)
        except ValueError:
            raise StopValidation(f"The file's name {BAD_CHARACTERS}") from None
        self.data.filename = PurePath(name.replace("\\", "/")).name
        if len(name) > LONGEST_NAME:
            raise StopValidation(f"The file's name must be {LONGEST_NAME} characters or fewer")
        if PurePath(name).suffix.lower().lstrip(".") not in self.allowed:
            endings = ", ".join(ending.upper() for ending in self.allowed)
            raise StopValidation(f"The file must be one of these kinds: {endings}")
        size = self.data.stream.seek(0, 2)
        self.data.stream.seek(0)
        if size == 0:
            raise StopValidation("The file is empty")
        if size > self.max_bytes:
            raise StopValidation(f"The file must be {format_size(self.max_bytes)} or smaller")

    def parameters(self) -> dict[str, Any]:
        accepted = ",".join(f".{ending}" for ending in self.allowed)
        return super().parameters() | {"attributes": {"accept": accepted}}
