"""What a browser may send to change a mail address."""

from __future__ import annotations

from app.accounts.forms import TriedForm
from app.platform.sentences import say
from app.web.forms import EmailField, MeritumForm, SubmitField


class AddressForm(TriedForm):
    email = EmailField(say("New email address"))
    submit = SubmitField(say("Send the links"))


class ConfirmAddressForm(MeritumForm):
    submit = SubmitField(say("Confirm"))
