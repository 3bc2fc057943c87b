"""The clock-stop rule: which interruptions of intake move a closing, and to when.

The thresholds are the office's own and are published in docs/operating.md, so that no one decides on a
deadline night who gets more time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.platform import clock
from app.platform.calendars import next_business_day
from app.platform.errors import Invalid
from app.recruitment.interruptions.states import Cause

LAST_DAY = dt.timedelta(days=1)
LAST_HOUR = dt.timedelta(hours=1)
# How long intake may be down in all in the last day before the closing moves.
TOLERATED = dt.timedelta(minutes=15)
# Intake is proved every half minute; two proofs missed and the wait for the next make an interruption.
PROOF_EVERY = dt.timedelta(seconds=30)
LONGEST_GAP = dt.timedelta(seconds=75)
# What lies further back was answered by people: no clock moves a closing that is a week old.
LOOK_BACK = dt.timedelta(days=7)
LONGEST_DECLARED = dt.timedelta(days=7)


class Span(NamedTuple):
    """A time in which intake was down: from its last proof to the next one."""

    start: dt.datetime
    end: dt.datetime


def find_gap(last_proof: dt.datetime | None, at: dt.datetime) -> Span | None:
    """Give the interruption that a late proof shows; None when proofs follow each other closely."""
    if last_proof is None or at - last_proof <= LONGEST_GAP:
        return None
    return Span(last_proof, at)


def downtime(spans: Sequence[Span], start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Add up how long intake was down between two moments; spans that overlap count once."""
    total, reached = dt.timedelta(), start
    for span in sorted(spans):
        begins, ends = max(span.start, reached), min(span.end, end)
        if begins < ends:
            total, reached = total + (ends - begins), ends
    return total


def cause_to_move(
    closes_at: dt.datetime, spans: Sequence[Span], faults: Sequence[dt.datetime]
) -> Cause | None:
    """Say why a closing moves: 15 minutes down in its last day, or any failure in its last hour."""
    hour = closes_at - LAST_HOUR
    if downtime(spans, hour, closes_at):
        return Cause.DOWN_IN_LAST_HOUR
    if any(hour <= fault < closes_at for fault in faults):
        return Cause.FAULT_IN_LAST_HOUR
    if downtime(spans, closes_at - LAST_DAY, closes_at) >= TOLERATED:
        return Cause.DOWN_IN_LAST_DAY
    return None


def moved_closing(closes_at: dt.datetime, zone: str, holidays: Collection[dt.date]) -> dt.datetime:
    """Give the end of the working day after the day of a closing, on the zone's calendar.

    A closing at midnight belongs to the day that ends with it. The end of a day is its last midnight; where
    the zone skips that midnight, the first moment after it.
    """
    last_day = (closes_at - dt.timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()
    working = next_business_day(last_day + dt.timedelta(days=1), holidays)
    morrow = working + dt.timedelta(days=1)
    try:
        return clock.zoned_moment(morrow, dt.time(0), zone)
    except ValueError:
        return dt.datetime.combine(morrow, dt.time(0), ZoneInfo(zone)).astimezone(dt.UTC)


def check_declared(starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime) -> None:
    """Refuse an interruption that ends before it begins, lies in the future, or is very long."""
    if ends_at > at:
        raise Invalid(ends_at="The end must lie in the past: declare an interruption once it is over.")
    if starts_at >= ends_at:
        raise Invalid(ends_at="The end must come after the start.")
    if ends_at - starts_at > LONGEST_DECLARED:
        raise Invalid(starts_at="An interruption may be a week long at most.")
