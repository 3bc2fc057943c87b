"""Who may write to whom about an application, and how long a message may be."""

from __future__ import annotations

import datetime as dt
import hashlib

from app.platform.errors import Conflict
from app.platform.sentences import say

LONGEST = 5000
# An office that answers a person within two working days is seen as one that answers.
OVERDUE = dt.timedelta(days=3)
NOT_RECEIVED = say("You can write to the office about an application once you have submitted it.")


def check_may_write(number: str | None) -> None:
    """Raise Conflict when the application was never received, so that no office knows of it."""
    if number is None:
        raise Conflict(NOT_RECEIVED)


def seal(salt: str, body: str) -> str:
    """Give what the ledger holds of a message: without the salt, which goes with it, it tells nothing."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def is_overdue(waiting_since: dt.datetime | None, at: dt.datetime) -> bool:
    """Tell whether somebody has waited for an answer for longer than they should."""
    return waiting_since is not None and at - waiting_since >= OVERDUE
