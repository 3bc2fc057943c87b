"""Who may appeal, until when, and who decides.

Thirty days from the decision, the day itself not counted: the period of 5 CFR 1201.22(b) for appeals to the
Merit Systems Protection Board (read 2026-11-22), taken as the office's own rule for its first instance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from app.exams.appeals.states import AppealState, Subject
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from app.platform.sentences import say

DAYS = 30
CLOSING = dt.time(17, 0)
MOST_GROUNDS = 5000


def deadline(decided_at: dt.datetime, zone: str) -> dt.datetime:
    """Give the first moment that is too late: 17:00 on the thirtieth day, on the agency's clock."""
    return clock.zoned_moment(clock.local_date(decided_at, zone) + dt.timedelta(days=DAYS), CLOSING, zone)


def demand_in_time(decided_at: dt.datetime | None, zone: str, at: dt.datetime) -> None:
    """Raise Conflict when there is no decision to appeal against, or its time is over."""
    if decided_at is None:
        raise Conflict(say("There is no decision that you could appeal against."))
    closes = deadline(decided_at, zone)
    if at >= closes:
        raise Conflict(say("The time to appeal ended on %(day)s.", day=clock.local_date(closes, zone)))


def check_grounds(grounds: str) -> str:
    """Give the grounds without surrounding space, or raise Invalid when nothing is said."""
    if not grounds.strip():
        raise Invalid(grounds=say("Enter what is wrong with the decision, and why."))
    return grounds.strip()


def demand_other_person(actor_id: str | None, involved: Collection[str | None]) -> None:
    """Raise Conflict when who decides took part in the decision that is appealed against."""
    if actor_id is None or actor_id in involved:
        raise Conflict(
            "You took part in the decision that is appealed against. Ask another officer to decide."
        )


def may_file(subject: Subject, states: Collection[tuple[Subject, AppealState]]) -> bool:
    """Tell whether no appeal on the subject is open, or was decided already; a withdrawn one is none."""
    return all(other is not subject or state is AppealState.WITHDRAWN for other, state in states)
