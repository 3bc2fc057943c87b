"""How long a file must be kept, and what follows for a request to delete.

What was never received belongs to its author and goes when they ask. What was received is a record of the
office and is kept for the periods below; a legal hold keeps everything, for as long as it stands.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say

# 29 CFR 1602.31: a state or local government keeps application forms and other personnel records for two
# years from the record or the personnel action, whichever is later. EEOC's summary, read 2026-11-22.
APPLICATION_YEARS = 2
APPLICATION_LAW = "29 CFR 1602.31"
# After a list's last day an appeal may still come; results letters give thirty days at most.
APPEAL = dt.timedelta(days=30)
SHORTEST_REASON = 10

HELD = say("There is an order to keep everything of this person. Nothing is deleted while it stands.")
OWN = say("You cannot decide on a request of your own.")


@dataclass(frozen=True, slots=True)
class Received:
    """A received application as retention sees it; `list_until` is the last day of a list it stands on."""

    number: str
    title: str
    received_on: dt.date
    acted_on: dt.date | None
    list_until: dt.date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept: what it is, until when (None: while its reason lasts) and why."""

    title: str
    until: dt.date | None
    why: str


def keep_until(application: Received) -> dt.date:
    """Give the last day on which a received application must be kept."""
    last = max(filter(None, (application.received_on, application.acted_on)))
    until = add_years(last, APPLICATION_YEARS)
    return until if application.list_until is None else max(until, application.list_until + APPEAL)


def add_years(day: dt.date, years: int) -> dt.date:
    """Give the same day some years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def kept_application(application: Received) -> Kept:
    """Say until when a received application is kept, and why."""
    why: Sentence = say(
        "What was received for a vacancy is kept for two years after the last decision on it (%(law)s).",
        law=APPLICATION_LAW,
    )
    if application.list_until is not None:
        why = say(
            "You stand on a list. It is kept for two years after the last decision (%(law)s), and as long as "
            "the list may be used and appealed.",
            law=APPLICATION_LAW,
        )
    title = say("Application %(number)s, %(title)s", number=application.number, title=application.title)
    return Kept(title, keep_until(application), why)


def check_no_hold(is_held: bool) -> None:
    """Raise Conflict while a legal hold stands."""
    if is_held:
        raise Conflict(HELD)


def check_not_own(actor_id: str | None, account_id: str) -> None:
    """Raise Conflict when somebody would decide on their own request."""
    if actor_id == account_id:
        raise Conflict(OWN)
