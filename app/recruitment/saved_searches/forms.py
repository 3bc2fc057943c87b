"""What a browser may send about a saved search."""

from __future__ import annotations

from app.platform.sentences import say
from app.recruitment.saved_searches.states import Frequency
from app.web.forms import IdempotencyKeyField, MeritumForm, RadiosField, SubmitField, TextField


class SavedSearchForm(MeritumForm):
    """A name and how often to mail."""

    idempotency_key = IdempotencyKeyField()
    name = TextField(
        say("Name of the search"),
        max_length=100,
        hint=say("It stands in the subject of the mail."),
        missing=say("Enter a name for the search"),
    )
    frequency = RadiosField(
        say("When to mail you about new vacancies"),
        choices=[(frequency.value, frequency.title) for frequency in Frequency],
        missing=say("Select when to mail you"),
        default=Frequency.DAILY.value,
    )
    submit = SubmitField(say("Save the search"))


class EditSearchForm(MeritumForm):
    """Another name or frequency."""

    name = TextField(say("Name of the search"), max_length=100, missing=say("Enter a name for the search"))
    frequency = RadiosField(
        say("When to mail you about new vacancies"),
        choices=[(frequency.value, frequency.title) for frequency in Frequency],
        missing=say("Select when to mail you"),
    )
    submit = SubmitField(say("Save the changes"))
