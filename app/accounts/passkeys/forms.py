"""What a browser may send about passkeys."""

from __future__ import annotations

from app.accounts.forms import TriedForm
from app.platform.sentences import say
from app.web.forms import HiddenTextField, MeritumForm, SubmitField, TextField

# Public keys of 4,096 bits and a chain of certificates fit into it.
LONGEST = 20_000


class PasskeyForm(TriedForm):
    """A passkey's answer, put into the hidden field by our script."""

    credential = HiddenTextField(max_length=LONGEST, required=False)


class AddPasskeyForm(MeritumForm):
    name = TextField(
        say("Name of the passkey"),
        max_length=80,
        width="20",
        hint=say("So that you recognise it in the list, for example “My phone”."),
        missing=say("Enter a name for the passkey"),
    )
    credential = HiddenTextField(max_length=LONGEST, required=False)


class RenamePasskeyForm(MeritumForm):
    name = TextField(
        say("Name of the passkey"), max_length=80, width="20", missing=say("Enter a name for the passkey")
    )
    submit = SubmitField(say("Save the name"))


class RemovePasskeyForm(MeritumForm):
    submit = SubmitField(say("Remove the passkey"), kind="warning")
