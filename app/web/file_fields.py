"""The form field for an uploaded file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from flask_wtf.file import FileField as _StorageField
from werkzeug.datastructures import FileStorage
from wtforms.validators import StopValidation

from app.platform.sentences import FieldName, say
from app.web.amounts import format_size
from app.web.fields import MeritumField, clean_text, too_long, unsavable

LONGEST_NAME = 200
NAME = FieldName(say("The file's name"))


class UploadField(MeritumField, _StorageField):  # type: ignore[misc]
    """A file of one of the `allowed` endings, at most `max_bytes` long; its data is a FileStorage or None.

    Only name and size are looked at here; what stands inside is for the service that keeps the file.
    """

    component = "file-upload"

    def __init__(self, label: str, *, allowed: Sequence[str], max_bytes: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.allowed = tuple(ending.lower().lstrip(".") for ending in allowed)
        self.max_bytes = max_bytes

    def missing_message(self) -> str:
        return self.missing or say("Choose a file for %(field)s", field=self.subject.lowered())

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        try:
            name = clean_text(self.data.filename)
        except ValueError:
            raise StopValidation(unsavable(NAME)) from None
        self.data.filename = PurePath(name.replace("\\", "/")).name
        if len(name) > LONGEST_NAME:
            raise StopValidation(too_long(NAME, LONGEST_NAME))
        if PurePath(name).suffix.lower().lstrip(".") not in self.allowed:
            endings = ", ".join(ending.upper() for ending in self.allowed)
            raise StopValidation(say("The file must be one of these kinds: %(kinds)s", kinds=endings))
        size = self.data.stream.seek(0, 2)
        self.data.stream.seek(0)
        if size == 0:
            raise StopValidation(say("The file is empty"))
        if size > self.max_bytes:
            raise StopValidation(
                say("The file must be %(size)s or smaller", size=format_size(self.max_bytes))
            )

    def parameters(self) -> dict[str, Any]:
        accepted = ",".join(f".{ending}" for ending in self.allowed)
        return super().parameters() | {"attributes": {"accept": accepted}}


class UploadsField(UploadField):
    """One file or several, each looked at alike; its data is a list of FileStorage, empty where none came."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [value for value in valuelist if isinstance(value, FileStorage) and value.filename]
        self.raw_data = ()

    def pre_validate(self, form: Any) -> None:
        files: list[FileStorage] = self.data or []
        if not files:
            MeritumField.pre_validate(self, form)
        try:
            for self.data in files:
                super().pre_validate(form)
        finally:
            self.data = files

    def parameters(self) -> dict[str, Any]:
        return super().parameters() | {"multiple": True}
