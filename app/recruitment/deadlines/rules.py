"""What a deadline decides: all of it on moments, so that zones and changes of clocks cannot touch it.

A closing is set on a wall clock and turned into a moment once (`clock.zoned_moment`); from then on only
moments are compared. What counts is when the server received what was sent.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import NamedTuple

from app.recruitment.postings.states import PostingState

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
MOST_GRACE_MINUTES = 120


class Reminder(enum.Enum):
    """When a draft's owner is told that it is not submitted."""

    DAY = "day"
    HOUR = "hour"


class Verdict(enum.Enum):
    """What the deadline says to a submission."""

    IN_TIME = "in_time"
    IN_GRACE = "in_grace"
    EARLY = "early"
    LATE = "late"
    NOT_TAKEN = "not_taken"

    @property
    def is_taken(self) -> bool:
        """Tell whether the submission is received."""
        return self in (Verdict.IN_TIME, Verdict.IN_GRACE)


class Window(NamedTuple):
    """When a posting takes applications; `closed_at` is when the clock, or the office, closed it."""

    state: PostingState
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    closed_at: dt.datetime | None = None
    grace: dt.timedelta = dt.timedelta()


def judge(window: Window, received_at: dt.datetime, form_opened_at: dt.datetime | None = None) -> Verdict:
    """Decide whether what was received at a moment is in time.

    `form_opened_at` is when the form that was sent was opened: opened before the closing, it may come in
    until the grace is over. A submission that came in before the clock closed the posting counts, even when
    it had to wait for the database until after that.
    """
    state, opens_at, closes_at, closed_at, grace = window
    if opens_at is None or closes_at is None:
        return Verdict.NOT_TAKEN
    end = closes_at
    if state is PostingState.CLOSED and closed_at is not None:
        end = min(closes_at, closed_at)
    elif state is not PostingState.PUBLISHED:
        return Verdict.NOT_TAKEN
    if received_at < opens_at:
        return Verdict.EARLY
    if received_at < end:
        return Verdict.IN_TIME
    was_open = form_opened_at is not None and opens_at <= form_opened_at < end
    # closed by hand before its time, a posting gives no grace: the office said that nothing is taken
    if was_open and end == closes_at and received_at < closes_at + grace:
        return Verdict.IN_GRACE
    return Verdict.NOT_TAKEN if end < closes_at and received_at < closes_at else Verdict.LATE


def due_reminder(
    closes_at: dt.datetime, at: dt.datetime, sent: frozenset[Reminder] = frozenset()
) -> Reminder | None:
    """Give the reminder that is due at a moment, or None; in the last hour it is never the day's."""
    if not closes_at - DAY <= at < closes_at:
        return None
    kind = Reminder.HOUR if at >= closes_at - HOUR else Reminder.DAY
    return None if kind in sent else kind


def due_between(kind: Reminder, at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Give the closings that a kind of reminder is due for at a moment: after the first, to the second."""
    return (at, at + HOUR) if kind is Reminder.HOUR else (at + HOUR, at + DAY)
