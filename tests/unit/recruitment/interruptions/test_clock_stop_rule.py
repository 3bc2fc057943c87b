"""The clock-stop rule at its edges: what counts, what moves, and to when."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.errors import Conflict, Invalid
from app.recruitment.interruptions import rules
from app.recruitment.interruptions.rules import Span
from app.recruitment.interruptions.states import Cause, InterruptionState, move

CLOSES = dt.datetime(2026, 12, 11, 22, 0, tzinfo=dt.UTC)  # Friday, 17:00 in New York
MINUTE = dt.timedelta(minutes=1)
NEW_YORK = "America/New_York"


def span(before_start: float, before_end: float) -> Span:
    """Give an interruption by the minutes before the closing at which it began and ended."""
    return Span(CLOSES - before_start * MINUTE, CLOSES - before_end * MINUTE)


@pytest.mark.parametrize(
    ("spans", "faults", "says"),
    [
        ([], [], None),
        ([span(24 * 60, 24 * 60 - 15)], [], Cause.DOWN_IN_LAST_DAY),
        ([span(24 * 60, 24 * 60 - 14.9)], [], None),
        ([span(24 * 60 + 600, 24 * 60 - 14)], [], None),  # what lies before the last day does not count
        ([span(600, 592), span(300, 293)], [], Cause.DOWN_IN_LAST_DAY),
        ([span(600, 590), span(595, 586)], [], None),  # 14 minutes together: the overlap counts once
        ([span(60.5, 60)], [], None),  # ended as the last hour began
        ([span(61, 59.9)], [], Cause.DOWN_IN_LAST_HOUR),
        ([span(1, -5)], [], Cause.DOWN_IN_LAST_HOUR),
        ([span(-1, -50)], [], None),  # after the closing nobody could apply anyway
        ([], [CLOSES - 60 * MINUTE], Cause.FAULT_IN_LAST_HOUR),
        ([], [CLOSES - 61 * MINUTE], None),
        ([], [CLOSES], None),
    ],
)
def test_what_moves_a_closing(spans, faults, says):
    assert rules.cause_to_move(CLOSES, spans, faults) is says


@pytest.mark.parametrize(
    ("closes", "zone", "holidays", "moved"),
    [
        ("2026-12-11T22:00", NEW_YORK, (), "2026-12-15T05:00"),  # Friday to Monday's midnight
        ("2026-12-10T22:00", NEW_YORK, (), "2026-12-12T05:00"),  # Thursday to Friday's midnight
        ("2026-12-11T05:00", NEW_YORK, (), "2026-12-12T05:00"),  # midnight ends Thursday
        ("2026-12-10T22:00", NEW_YORK, (dt.date(2026, 12, 11),), "2026-12-15T05:00"),
        ("2026-12-10T18:29", "Asia/Kolkata", (), "2026-12-11T18:30"),
    ],
)
def test_to_when_a_closing_moves(closes, zone, holidays, moved):
    at = dt.datetime.fromisoformat(closes).replace(tzinfo=dt.UTC)
    assert rules.moved_closing(at, zone, holidays).isoformat(timespec="minutes")[:16] == moved


@pytest.mark.parametrize(
    ("closes", "zone", "moved"),
    [
        # Santiago's Sunday begins at 1:00: Saturday ends at the first moment after the midnight it skips
        ("2026-09-04T20:00", "America/Santiago", "2026-09-06T04:00"),
        # Havana's clocks go from 1:00 back to 0:00: of the two midnights the later ends the Saturday
        ("2026-10-30T20:00", "America/Havana", "2026-11-01T05:00"),
    ],
)
def test_a_midnight_that_is_skipped_or_comes_twice(monkeypatch, closes, zone, moved):
    monkeypatch.setattr(rules, "next_business_day", lambda day, _holidays: day)  # as if Saturdays were worked
    at = dt.datetime.fromisoformat(closes).replace(tzinfo=dt.UTC)
    assert rules.moved_closing(at, zone, ()).isoformat(timespec="minutes")[:16] == moved


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 400)), max_size=6),
    st.integers(0, 3000),
    st.integers(1, 1500),
)
def test_downtime_is_the_count_of_minutes_that_any_span_covers(raw, start, length):
    """The fast sum against the slow sentence: a minute is down when some span covers it."""
    zero = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    spans = [Span(zero + begin * MINUTE, zero + (begin + minutes) * MINUTE) for begin, minutes in raw]
    slow = sum(
        any(begin <= minute < begin + minutes for begin, minutes in raw)
        for minute in range(start, start + length)
    )
    fast = rules.downtime(spans, zero + start * MINUTE, zero + (start + length) * MINUTE)
    assert fast == slow * MINUTE


def test_a_late_proof_shows_a_gap():
    assert rules.find_gap(None, CLOSES) is None
    assert rules.find_gap(CLOSES - dt.timedelta(seconds=75), CLOSES) is None
    late = CLOSES - dt.timedelta(seconds=76)
    assert rules.find_gap(late, CLOSES) == Span(late, CLOSES)


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [(-60, 1, "ends_at"), (-60, -60, "starts_at_or_end"), (-8 * 24 * 60, -1, "starts_at")],
)
def test_a_declared_interruption_must_be_possible(starts, ends, field):
    with pytest.raises(Invalid) as refused:
        rules.check_declared(CLOSES + starts * MINUTE, CLOSES + ends * MINUTE, CLOSES)
    expected = "ends_at" if field == "starts_at_or_end" else field
    assert list(refused.value.fields) == [expected]


def test_a_decided_interruption_stays_decided():
    assert move(InterruptionState.PROPOSED, InterruptionState.CONFIRMED) is InterruptionState.CONFIRMED
    with pytest.raises(Conflict):
        move(InterruptionState.REFUSED, InterruptionState.CONFIRMED)
