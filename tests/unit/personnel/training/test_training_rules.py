"""When training is due, who gets a seat, what a gap is, what answers are shown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.personnel.competencies.rules import Gap, Seat, Skills, Tally, check_anchors, quarter_ends, tally
from app.personnel.course_enrolments.rules import free_seat, result
from app.personnel.course_enrolments.states import TRANSITIONS, EnrolmentState, Result, move
from app.personnel.course_feedback import rules as feedback
from app.personnel.courses.rules import CourseValues, expires_on, told_hours
from app.personnel.mandatory_training.rules import (
    MANDATES,
    REMINDERS,
    Mandate,
    Standing,
    first_due,
    next_due,
    reminder,
    standing,
)
from app.platform.errors import Conflict, Invalid

TODAY = dt.date(2026, 11, 22)
ANSWER = dict.fromkeys(feedback.QUESTIONS, 4)


@pytest.mark.parametrize(
    ("due_on", "completed_on", "expected"),
    [
        (None, dt.date(2020, 1, 1), Standing.CURRENT),
        (dt.date(2026, 11, 21), None, Standing.OVERDUE),
        (dt.date(2026, 11, 21), dt.date(2025, 11, 21), Standing.OVERDUE),
        (TODAY, None, Standing.DUE),
        (dt.date(2030, 1, 1), None, Standing.DUE),
        (dt.date(2027, 1, 21), dt.date(2026, 1, 21), Standing.DUE),
        (dt.date(2027, 1, 22), dt.date(2026, 1, 22), Standing.CURRENT),
    ],
)
def test_how_somebody_stands(due_on, completed_on, expected):
    assert standing(due_on, completed_on, TODAY) is expected


def test_a_training_is_due_again_by_the_rule_or_when_the_certificate_ends():
    yearly, once = MANDATES["information-security"], MANDATES["initial-ethics"]
    assert next_due(yearly, dt.date(2024, 2, 29), None) == dt.date(2025, 2, 28)
    assert next_due(yearly, dt.date(2026, 1, 31), dt.date(2026, 6, 30)) == dt.date(2026, 6, 30)
    assert next_due(once, dt.date(2026, 1, 31), None) is None
    assert next_due(once, dt.date(2026, 1, 31), dt.date(2028, 1, 31)) == dt.date(2028, 1, 31)
    assert first_due(once, dt.date(2026, 1, 1)) == dt.date(2026, 4, 1)


def test_every_mandate_is_cited_and_counts():
    for mandate in MANDATES.values():
        assert isinstance(mandate, Mandate)
        assert mandate.within_days > 0
        assert mandate.repeat_months >= 0
        assert any(mark in mandate.citation for mark in ("CFR", "U.S.C.", "Law", "Rule"))


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(-400, 400))
def test_a_reminder_changes_only_on_its_days(due_on, offset):
    today = due_on + dt.timedelta(days=offset)
    name = reminder(due_on, today)
    if offset < -max(REMINDERS.before):
        assert name is None
    elif offset <= 0:
        assert name == f"{due_on} before {min(days for days in REMINDERS.before if days >= -offset)}"
    else:
        assert name == f"{due_on} after {(offset - 1) // 30}"


@given(st.integers(1, 40), st.sets(st.integers(1, 40)))
def test_the_lowest_free_seat_is_given_and_never_one_that_is_taken(seats, taken):
    seat = free_seat(seats, taken)
    free = set(range(1, seats + 1)) - taken
    assert seat == min(free, default=None)


def test_what_a_score_means():
    assert result(None, None) == (Result.PASSED, None)
    assert result(70, 70) == (Result.PASSED, 70)
    assert result(70, 69) == (Result.FAILED, 69)
    for score in (None, -1, 101):
        with pytest.raises(Invalid):
            result(70, score)
    with pytest.raises(Invalid):
        result(None, 70)


def test_nothing_leads_out_of_what_is_over():
    over = {state for state, further in TRANSITIONS.items() if not further}
    assert over == {
        EnrolmentState.REFUSED,
        EnrolmentState.WITHDRAWN,
        EnrolmentState.LAPSED,
        EnrolmentState.CANCELLED,
        EnrolmentState.ATTENDED,
    }
    with pytest.raises(Conflict, match="on the waiting list"):
        move(EnrolmentState.WAITING, EnrolmentState.ATTENDED)


def test_hours_and_expiry_of_a_course():
    assert expires_on(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert expires_on(dt.date(2024, 2, 29), None) is None
    assert [told_hours(minutes) for minutes in (60, 90, 1, 480)] == [
        "1 hour",
        "1 hour 30 minutes",
        "1 minute",
        "8 hours",
    ]
    values = {"code": "A", "title": "B", "provider": "C", "summary": "D"}
    assert CourseValues(**values, hours=Decimal("7.75")).minutes == 465
    for hours in ("0", "0.01", "2001"):
        with pytest.raises(Invalid):
            _ = CourseValues(**values, hours=Decimal(hours)).minutes


def test_a_gap_is_what_is_missing_against_the_position():
    gaps = [Gap("a", "A", 3, 1), Gap("b", "B", 2, 3), Gap("c", "C", 2, None), Gap("d", "D", None, 2)]
    assert [(gap.missing, gap.says) for gap in gaps] == [
        (2, "2 levels missing"),
        (0, "Met"),
        (None, "Not assessed yet"),
        (None, "Not asked by the position"),
    ]
    rows = [("B", 2, 2), ("A", 3, 1), ("B", 2, None), ("B", 1, 0)]
    assert tally(rows) == [Tally("A", 1, 0, 1), Tally("B", 3, 1, 1)]
    assert tally(rows)[1].unassessed == 1


def test_gaps_are_looked_at_as_of_a_day():
    day = dt.date(2026, 5, 1)
    skills = Skills(
        [
            Seat("ada", "Water", "T-1", dt.date(2020, 1, 1), dt.date(2026, 5, 1)),
            Seat("ada", "Water", "T-2", day, None),
            Seat("ben", "Parks", "T-1", dt.date(2026, 1, 1), None),
        ],
        {("Water", "T-1"): [("Safety", 3)], ("Water", "T-2"): [("Safety", 4), ("Plans", 1)]},
        {("ada", "Safety"): [(dt.date(2025, 1, 1), 2), (day, 4), (day, 3)]},
    )
    assert skills.on(dt.date(2019, 12, 31)) == []
    assert skills.on(dt.date(2024, 12, 31)) == [("Water", "Safety", 3, None)]
    assert skills.on(dt.date(2026, 4, 30)) == [("Water", "Safety", 3, 2)]
    assert skills.on(day) == [("Water", "Safety", 4, 3), ("Water", "Plans", 1, None)]


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        (dt.date(2026, 1, 1), [dt.date(2025, 9, 30), dt.date(2025, 12, 31), dt.date(2026, 1, 1)]),
        (dt.date(2024, 3, 31), [dt.date(2023, 9, 30), dt.date(2023, 12, 31), dt.date(2024, 3, 31)]),
        (dt.date(2024, 6, 29), [dt.date(2023, 12, 31), dt.date(2024, 3, 31), dt.date(2024, 6, 29)]),
    ],
)
def test_quarters_end_before_the_day_itself(until, ends):
    assert quarter_ends(until, 2) == ends


def test_levels_have_anchors_without_a_hole():
    assert check_anchors({1: " a ", 2: "b", 3: ""}) == {1: "a", 2: "b"}
    with pytest.raises(Invalid) as hole:
        check_anchors({1: "a", 2: "", 3: "c"})
    assert list(hole.value.fields) == ["anchor_2"]
    with pytest.raises(Invalid):
        check_anchors({1: "", 2: " "})


def test_answers_are_shown_from_five_on():
    assert feedback.sum_up([ANSWER] * 4) == []
    summed = feedback.sum_up([ANSWER] * 4 + [ANSWER | {"length": 1}])
    assert [(row.counts, row.mean) for row in summed][2] == ((1, 0, 0, 4, 0), Fraction(17, 5))
    with pytest.raises(Invalid) as missing:
        feedback.check(ANSWER | {"place": 6})
    assert list(missing.value.fields) == ["place"]
