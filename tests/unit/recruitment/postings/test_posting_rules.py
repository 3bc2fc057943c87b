"""The window of applications, what a posting must say, and pay brought to a year."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from app.personnel.positions.states import PayPeriod
from app.platform.errors import Conflict, Invalid
from app.recruitment.postings import rules
from app.recruitment.postings.states import PostingState

NEW_YORK = "America/New_York"
AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def local(*parts: int, zone: str = NEW_YORK) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def refusal(opens_at: dt.datetime, closes_at: dt.datetime, at: dt.datetime = AT) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        rules.check_window(opens_at, closes_at, NEW_YORK, at)
    return refused.value.fields


TOO_SHORT = {
    "closes_at": "The deadline must be at least 10 days after the opening,"
    " so that everyone has time to apply."
}


def test_ten_days_on_the_calendar_are_enough_and_a_minute_less_is_not():
    opens = local(2026, 12, 1, 9, 0)
    rules.check_window(opens, local(2026, 12, 11, 9, 0), NEW_YORK, AT)
    assert refusal(opens, local(2026, 12, 11, 8, 59)) == TOO_SHORT


def test_days_are_counted_on_the_clock_of_the_wall():
    # the clocks go forward on 8 March 2026: these ten days hold only 239 hours
    at = local(2026, 3, 1, 8, 0)
    opens, closes = local(2026, 3, 1, 9, 0), local(2026, 3, 11, 9, 0)
    assert closes - opens == dt.timedelta(hours=239)
    rules.check_window(opens, closes, NEW_YORK, at)
    # and back on 1 November: 241 hours, of which one minute is missing
    at = local(2026, 10, 25, 8, 0)
    opens, closes = local(2026, 10, 25, 9, 0), local(2026, 11, 4, 8, 59)
    assert closes - opens > dt.timedelta(days=10)
    assert refusal(opens, closes, at) == TOO_SHORT


def test_an_opening_in_the_past_counts_from_now():
    opens = AT - dt.timedelta(hours=20)
    assert refusal(opens, AT + dt.timedelta(days=9, hours=23)) == TOO_SHORT
    rules.check_window(opens, AT + dt.timedelta(days=10), NEW_YORK, AT)


def test_what_else_is_refused():
    assert refusal(AT - dt.timedelta(days=2), AT + dt.timedelta(days=20)) == {
        "opens_at": "The opening must not lie more than a day in the past."
    }
    assert refusal(AT, AT) == {"closes_at": "The deadline must come after the opening."}
    assert refusal(AT, AT - SECOND) == {"closes_at": "The deadline must come after the opening."}
    assert refusal(AT, AT + dt.timedelta(days=367)) == {
        "closes_at": "The deadline must not be more than a year after the opening."
    }


def test_the_window_takes_in_its_first_moment_and_not_its_last():
    opens, closes = AT, AT + dt.timedelta(days=10)

    def is_open(at: dt.datetime, state: PostingState = PostingState.PUBLISHED) -> bool:
        return rules.window_is_open(state, opens, closes, at)

    tried = [is_open(at) for at in (opens - SECOND, opens, closes - SECOND, closes, closes + SECOND)]
    assert tried == [False, True, True, False, False]
    assert {state.value for state in PostingState if is_open(opens, state)} == {"published"}
    assert not rules.window_is_open(PostingState.PUBLISHED, None, None, AT)


def test_only_a_published_posting_is_due_and_not_a_second_early():
    closes = AT
    due = {state.value for state in PostingState if rules.is_due_to_close(state, closes, AT)}
    assert due == {"published"}
    assert not rules.is_due_to_close(PostingState.PUBLISHED, closes, AT - dt.timedelta(microseconds=1))
    assert not rules.is_due_to_close(PostingState.PUBLISHED, None, AT)


@pytest.mark.parametrize("actor", ["acc_writer", "acc_submitter", None])
def test_who_wrote_or_submitted_does_not_approve(actor: str | None):
    with pytest.raises(Conflict, match="second officer"):
        rules.demand_second_person(actor, "acc_writer", "acc_submitter")


def test_a_posting_must_be_complete_before_it_is_submitted():
    whole: dict[str, object] = dict.fromkeys(rules.NEEDED, "written") | {
        "pay_min_minor": 0,
        "pay_max_minor": 0,
    }
    rules.check_complete(whole, 1)
    with pytest.raises(Invalid) as refused:
        rules.check_complete(whole | {"summary": "", "rulebook": None}, 1)
    assert refused.value.fields == {
        "": "Some parts are still empty. Enter a summary. Select how applicants are ranked."
    }
    with pytest.raises(Invalid, match="at least one essential criterion"):
        rules.check_complete(whole, 0)


@pytest.mark.parametrize(
    ("minor", "period", "year"),
    [
        (5_000_000, PayPeriod.YEAR, 5_000_000),
        (500_000, PayPeriod.MONTH, 6_000_000),
        (2_500, PayPeriod.HOUR, 5_217_500),
        (20_000, PayPeriod.DAY, 5_217_500),
        (1, PayPeriod.DAY, 260),
    ],
)
def test_pay_is_brought_to_a_year_of_2087_hours(minor: int, period: PayPeriod, year: int):
    assert rules.yearly(minor, period) == year


def test_the_suggested_deadline_is_five_in_the_afternoon_three_weeks_on():
    assert rules.suggest_deadline(local(2026, 10, 20, 23, 30), NEW_YORK) == local(2026, 11, 10, 17, 0)


def test_search_text_is_folded_with_one_line_a_part():
    assert rules.search_text("Straße  Ä", "", " \n ", "Zweite\nZeile") == "strasse ä\nzweite zeile"
