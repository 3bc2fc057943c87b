"""What an employee may send about contacts."""

from __future__ import annotations

from app.personnel.contacts.queries import FIELDS
from app.personnel.contacts.rules import Contacts
from app.web.forms import MeritumForm, SubmitField, TextAreaField, TextField


class ContactsForm(MeritumForm):
    """The own telephone and address, and two people to tell."""

    telephone = TextField(
        "Your telephone number", max_length=40, required=False, width="20", autocomplete="tel"
    )
    address = TextAreaField("Your postal address", max_length=600, rows=4, required=False)
    first_name = TextField("Name", max_length=200, required=False)
    first_relation = TextField(
        "Who this is to you",
        max_length=100,
        required=False,
        width="20",
        hint="Such as wife, son, neighbor.",
    )
    first_telephone = TextField("Telephone number", max_length=40, required=False, width="20")
    second_name = TextField("Name", max_length=200, required=False)
    second_relation = TextField("Who this is to you", max_length=100, required=False, width="20")
    second_telephone = TextField("Telephone number", max_length=40, required=False, width="20")
    submit = SubmitField("Save")

    def values(self) -> Contacts:
        """Give what was entered."""
        return Contacts(**{name: self[name].data or "" for name in FIELDS})
