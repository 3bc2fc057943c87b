"""Who may appeal, until when, and who decides.

Thirty days from the decision, the day itself not counted: the period of 5 CFR 1201.22(b) for appeals to the
Merit Systems Protection Board (read 2026-11-22), taken as the office's own rule for its first instance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from app.exams.appeals.states import AppealState, Subject
from app.exams.results.rules import appeal_deadline
from app.platform import clock
from app.platform.errors import Conflict, Invalid
from app.platform.sentences import say

MOST_GROUNDS = 5000


def demand_in_time(decided_at: dt.datetime, zone: str, at: dt.datetime) -> None:
    """Raise Conflict when the time to appeal is over."""
    closes = appeal_deadline(decided_at, zone)
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


def demand_not_own(actor_id: str | None, applicant_id: str) -> None:
    """Raise Conflict when an officer would decide on an application of their own."""
    if actor_id == applicant_id:
        raise Conflict("This is about your own application. Ask another officer to decide.")


def may_file(
    subject: Subject, decided_at: dt.datetime, filed: Collection[tuple[Subject, AppealState, dt.datetime]]
) -> bool:
    """Tell whether the present decision was not appealed against yet; a withdrawn appeal is none.

    `filed` gives subject, state and moment of each appeal. A decision made anew may be appealed against anew.
    """
    standing = [
        (state, at) for other, state, at in filed if other is subject and state is not AppealState.WITHDRAWN
    ]
    return not any(state is AppealState.FILED or at >= decided_at for state, at in standing)
