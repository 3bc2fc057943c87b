"""What is written, and what narrows the office's list of threads."""

from __future__ import annotations

import dataclasses

from wtforms.validators import ValidationError

from app.platform import antivirus
from app.platform.errors import Invalid
from app.platform.filecheck.files import FILE_HINT, VIRUS
from app.platform.sentences import say
from app.recruitment.documents.rules import ALLOWED, MAX_BYTES, CheckedFile, check_file
from app.recruitment.messages.rules import LONGEST
from app.web.forms import (
    CharacterCountField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextField,
    UploadField,
)

WAITING, ANSWERED = "waiting", "answered"


class MessageForm(MeritumForm):
    """A message, with one file if wanted; `checked` holds what may be kept of it."""

    idempotency_key = IdempotencyKeyField()
    body = CharacterCountField(
        say("Your message"), max_length=LONGEST, rows=6, missing=say("Write your message")
    )
    file = UploadField(
        say("A file, if you want to add one"),
        allowed=ALLOWED,
        max_bytes=MAX_BYTES,
        required=False,
        hint=FILE_HINT,
    )
    submit = SubmitField(say("Send the message"))
    checked: CheckedFile | None = None

    def validate_file(self, field: UploadField) -> None:
        """Refuse a file that is not what it must be, or in which a virus is found."""
        if not field.data:
            return
        try:
            checked = check_file(field.data.stream.read(), str(field.data.filename))
        except Invalid as error:
            raise ValidationError(error.fields["file"]) from error
        verdict = antivirus.scan(checked.content)
        if verdict is antivirus.Verdict.INFECTED:
            raise ValidationError(VIRUS)
        self.checked = dataclasses.replace(checked, virus_check=verdict)


class ThreadsFilter(FilterForm):
    """What the office's list of threads is narrowed to."""

    state = SelectField(
        "State",
        choices=[(ANSWERED, "Answered")],
        prompt="Waiting for an answer",
        required=False,
    )
    text = TextField("Name or application number", max_length=80, required=False)
