"""What a person may choose to be told by mail."""

from __future__ import annotations

from app.accounts.preferences.kinds import MailKind
from app.platform.sentences import say
from app.web.forms import CheckboxesField, MeritumForm, SubmitField

CHOICES = [
    (
        MailKind.REMINDERS.value,
        say("Reminders"),
        say("Before a vacancy closes for which you have a draft that is not submitted."),
    ),
    (
        MailKind.ALERTS.value,
        say("New vacancies"),
        say("When a vacancy appears that fits a search you saved."),
    ),
    (
        MailKind.MESSAGES.value,
        say("Messages"),
        say("When an office writes to you about an application. The mail does not hold the message itself."),
    ),
]


class PreferencesForm(MeritumForm):
    """The kinds of mail that are wanted."""

    wanted = CheckboxesField(say("Send me email about"), choices=CHOICES, required=False)
    submit = SubmitField(say("Save my choices"))
