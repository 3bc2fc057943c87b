"""What a person and the two officers write on a request for deletion."""

from __future__ import annotations

from app.platform.sentences import say
from app.web.forms import CheckboxField, FilterForm, MeritumForm, SelectField, SubmitField, TextAreaField


class AskForm(MeritumForm):
    """Asks for deletion, after what goes and what stays was shown."""

    understood = CheckboxField(
        say("I have read what is deleted and what is kept. What is deleted cannot be brought back."),
        required=True,
        missing=say("Tick the box to say that you have read what is deleted"),
    )
    reason = TextAreaField(say("Anything we should know"), max_length=1000, rows=3, required=False)
    submit = SubmitField(say("Ask for deletion"), kind="warning")


class ReasonForm(MeritumForm):
    """A reason for an act, which stays in the request's history."""

    reason = TextAreaField("Reason", max_length=1000, min_length=10, rows=3, missing="Give the reason")
    submit = SubmitField("Confirm")


class ListFilter(FilterForm):
    """Which requests are listed."""

    state = SelectField("State", choices=[("over", "Dealt with")], prompt="To be dealt with", required=False)
