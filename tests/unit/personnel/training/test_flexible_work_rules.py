"""A pattern of work keeps to the law of its kind, and a decision to its criteria."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.flexible_work import rules
from app.personnel.flexible_work.rules import FULL_WEEK, RULEBOOKS, Pattern, make_pattern
from app.personnel.flexible_work.states import Kind, WorkState, move
from app.platform.errors import Conflict, Forbidden, Invalid

BOOK = RULEBOOKS["federal"]
EIGHT = [480] * 5
TODAY = dt.date(2026, 11, 22)


def refused(act, *args, **kwargs):
    with pytest.raises(Invalid) as found:
        act(*args, **kwargs)
    return found.value.fields


def test_telework_keeps_the_hours_and_names_a_day_of_work_away():
    law = BOOK.laws[Kind.TELEWORK]
    rules.check_pattern(law, make_pattern(EIGHT, [], ["Monday"]), FULL_WEEK)
    assert list(refused(rules.check_pattern, law, make_pattern(EIGHT, [], []), FULL_WEEK)) == ["away"]
    short = make_pattern([0, 480, 480, 480, 480], [], ["Monday"])
    assert "40 hours a week" in refused(rules.check_pattern, law, short, FULL_WEEK)["hours"]
    away_when_free = make_pattern([0, 600, 600, 600, 600], [], ["Monday"])
    assert list(refused(rules.check_pattern, law, away_when_free, FULL_WEEK)) == ["away"]


@pytest.mark.parametrize(
    ("first", "second"),
    [([600, 600, 600, 600, 0], []), ([540] * 4 + [480], [540] * 4 + [0])],
    ids=["4/10", "5/4/9"],
)
def test_a_compressed_schedule_has_fewer_than_ten_days(first, second):
    law = BOOK.laws[Kind.COMPRESSED]
    rules.check_pattern(law, make_pattern(first, second, []), FULL_WEEK)
    told = refused(rules.check_pattern, law, make_pattern(EIGHT, [], []), FULL_WEEK)
    assert "fewer than ten days" in told["hours"]


@pytest.mark.parametrize(("hours", "is_lawful"), [(15, False), (16, True), (32, True), (33, False)])
def test_part_time_is_sixteen_to_thirty_two_hours(hours, is_lawful):
    law = BOOK.laws[Kind.PART_TIME]
    pattern = make_pattern([hours * 12] * 5, [], [])
    if is_lawful:
        rules.check_pattern(law, pattern, FULL_WEEK)
    else:
        assert "16 hours to 32 hours a week" in refused(rules.check_pattern, law, pattern, FULL_WEEK)["hours"]


def test_hours_that_cannot_be():
    law = BOOK.laws[Kind.PART_TIME]
    for minutes in ([721, 239, 0, 0, 0], [0] * 5, [-60, 600, 600, 0, 0]):
        assert list(refused(rules.check_pattern, law, make_pattern(minutes, [], []), FULL_WEEK)) == ["hours"]
    same = make_pattern([360] * 5, [], [])
    assert list(refused(rules.check_pattern, law, same, 1800)) == ["hours"]


def test_a_pattern_comes_back_from_what_is_kept():
    pattern = make_pattern([480, None, 480, None, 0], [240, 0, 0, 0, 0], ["Friday", "Monday", "Nonday"])
    assert Pattern.of(pattern.plain()) == pattern
    assert pattern.away == ("Monday", "Friday")
    assert pattern.lines()[0] == ("Monday, first week", 480, True)
    assert pattern.lines()[4] == ("Friday, first week", 0, False)
    assert pattern.weekly == 600


def test_it_is_agreed_only_with_every_criterion_and_refused_only_without_one():
    law = BOOK.laws[Kind.COMPRESSED]
    every = set(law.criteria)
    found = rules.check_decision(law, every, grants=True, reason="Fits.")
    assert found == {"productivity": True, "service": True, "cost": True}
    assert list(refused(rules.check_decision, law, {"cost"}, grants=True, reason="Fits.")) == ["met"]
    assert list(refused(rules.check_decision, law, every, grants=False, reason="No.")) == ["met"]
    assert list(refused(rules.check_decision, law, set(), grants=False, reason=" ")) == ["reason"]


def test_days_of_a_request_a_review_and_an_end():
    rules.check_dates(BOOK, TODAY, TODAY, TODAY)
    assert list(refused(rules.check_dates, BOOK, dt.date(2026, 11, 21), None, TODAY)) == ["starts_on"]
    assert list(refused(rules.check_dates, BOOK, dt.date(2027, 11, 23), None, TODAY)) == ["starts_on"]
    assert list(refused(rules.check_dates, BOOK, TODAY, dt.date(2026, 11, 21), TODAY)) == ["ends_on"]
    rules.check_review(BOOK, dt.date(2027, 11, 22), TODAY)
    for day in (TODAY, dt.date(2027, 11, 23)):
        assert list(refused(rules.check_review, BOOK, day, TODAY)) == ["review_on"]
    rules.check_end(TODAY, TODAY, TODAY)
    assert list(refused(rules.check_end, dt.date(2026, 11, 21), TODAY, TODAY)) == ["ended_on"]
    with pytest.raises(Conflict):
        rules.check_end(TODAY, dt.date(2026, 12, 1), TODAY)
    agreed = dt.date(2027, 3, 31)
    rules.check_end(agreed, TODAY, TODAY, agreed)
    assert list(refused(rules.check_end, dt.date(2027, 4, 1), TODAY, TODAY, agreed)) == ["ended_on"]
    rules.check_end(dt.date(2027, 11, 22), TODAY, TODAY)
    assert list(refused(rules.check_end, dt.date(2027, 11, 23), TODAY, TODAY)) == ["ended_on"]
    assert [rules.reminder(BOOK, dt.date(2026, 12, day), TODAY) for day in (7, 6, 1)] == [None, 14, 14]
    assert rules.reminder(BOOK, TODAY, TODAY) == 0


def test_who_asked_does_not_decide():
    for actor in (None, "acc_a", "acc_b"):
        with pytest.raises(Forbidden):
            rules.demand_other(actor, "acc_a", "acc_b")
    rules.demand_other("acc_c", "acc_a", None)
    with pytest.raises(Conflict, match="refused"):
        move(WorkState.REFUSED, WorkState.GRANTED)


def test_working_time_in_words():
    assert [rules.told(minutes) for minutes in (0, 60, 510, 30)] == [
        "0 hours",
        "1 hour",
        "8 hours 30 minutes",
        "30 minutes",
    ]
