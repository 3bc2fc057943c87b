"""What someone types or chooses to have a receipt checked or made again."""

from __future__ import annotations

from app.platform.sentences import say
from app.web.forms import FilterForm, MeritumForm, SubmitField, TextField, UploadField

MOST_RECEIPT = 20_000
MOST_CONTENT = 2_000_000


class TypedForm(FilterForm):
    """The number and fingerprint of a receipt."""

    number = TextField(say("Application number"), max_length=40, width="20", required=False)
    digest = TextField(
        say("Fingerprint (SHA-256)"),
        max_length=100,
        required=False,
        spellcheck=False,
        hint=say("The first 16 characters are enough. Spaces do not matter."),
    )


class FileForm(MeritumForm):
    """A receipt file."""

    file = UploadField(
        say("Receipt file"),
        allowed=["json"],
        max_bytes=MOST_RECEIPT,
        hint=say("The file whose name ends in -receipt.json."),
        missing=say("Choose a receipt file"),
    )
    submit = SubmitField(say("Check the file"))


class ContentForm(MeritumForm):
    """The file of what was received."""

    file = UploadField(
        say("File of what we received"),
        allowed=["json"],
        max_bytes=MOST_CONTENT,
        hint=say("The file named after your application number that you downloaded from your receipt."),
        missing=say("Choose the file of what we received"),
    )
    submit = SubmitField(say("Make the receipt again"))
