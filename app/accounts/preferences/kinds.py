"""The kinds of mail that a person may do without."""

from __future__ import annotations

import enum


class MailKind(enum.Enum):
    """A kind of mail that is a courtesy: what it says stands in the account as well."""

    REMINDERS = "reminders"
    ALERTS = "alerts"
    MESSAGES = "messages"
