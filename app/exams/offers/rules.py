"""How long an offer stands, and what an applicant may say against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.exams.deadlines import ends_at
from app.exams.offers.states import OfferState
from app.platform.errors import Conflict, Invalid
from app.platform.sentences import Sentence, say

# How long a person has to answer at least; offices' own rules run from three to ten days.
LEAST_DAYS, MOST_DAYS, USUAL_DAYS = 3, 30, 7
# What a person may say, by the code that the certificate keeps for it.
REASONS: Mapping[str, Sentence] = {
    "pay": say("The pay"),
    "location": say("The place of work"),
    "hours": say("The hours or the kind of appointment"),
    "unavailable": say("I am not available now"),
    "leaves_list": say("I want no position from this list any more"),
}


def reply_by(at: dt.datetime, days: int, zone: str) -> dt.datetime:
    """Give the first moment that is too late to answer: 17:00 after so many days, on the agency's clock."""
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Invalid(days=f"Give between {LEAST_DAYS} and {MOST_DAYS} days to answer.")
    return ends_at(at, days, zone)


def demand_answerable(state: OfferState, reply_by_at: dt.datetime, at: dt.datetime) -> None:
    """Raise Conflict when an offer was answered or ended, or its time is over."""
    if state is not OfferState.MADE:
        raise Conflict(say("This offer was answered or ended before."))
    if at >= reply_by_at:
        raise Conflict(say("The time to answer this offer is over. Write to the office at once."))


def check_reason(code: str) -> str:
    """Give the code, or raise Invalid when it is none of those offered."""
    if code not in REASONS:
        raise Invalid(code=say("Select why you decline"))
    return code


def demand_not_own(actor_id: str | None, applicant_id: str) -> None:
    """Raise Conflict when an officer would offer a position to themselves."""
    if actor_id == applicant_id:
        raise Conflict("You cannot offer a position to yourself. Another appointing authority decides.")
