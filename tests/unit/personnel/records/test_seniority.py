"""How long somebody has served, over breaks, leave, leap years and the turn of a year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.personnel.actions.states import Standing
from app.personnel.service_records.rules import Stretch, cut, load, seniority

FEDERAL, NEW_YORK, STATE = load()["federal"], load()["new-york"], load()["new-york-state"]
DAY = dt.timedelta(days=1)


def stretch(first, last, standing=Standing.IN_SERVICE):
    return Stretch(dt.date.fromisoformat(first), dt.date.fromisoformat(last), standing)


def test_both_ends_of_a_service_count():
    served = seniority([stretch("2024-02-29", "9999-12-30")], dt.date(2025, 2, 28), FEDERAL)
    assert (served.days, served.since, served.text) == (366, dt.date(2024, 2, 29), "1 year, 0 months")


def test_the_day_before_the_anniversary_is_no_year_yet():
    served = seniority([stretch("2020-03-31", "9999-12-30")], dt.date(2026, 3, 29), FEDERAL)
    assert served.text == "5 years, 11 months"


def test_time_out_of_service_does_not_count_but_loses_nothing():
    life = [
        stretch("2020-01-01", "2020-12-31"),
        stretch("2021-01-01", "2022-12-31", Standing.SEPARATED),
        stretch("2023-01-01", "9999-12-30"),
    ]
    assert seniority(life, dt.date(2023, 12, 31), FEDERAL).days == 366 + 365


def test_a_break_of_more_than_a_year_begins_anew_in_new_york():
    begun, back = stretch("2020-01-01", "2020-12-31"), dt.date(2021, 1, 1)
    for away, days in ((365, 366 + 1), (366, 1)):
        again = back + away * DAY
        life = [
            begun,
            Stretch(back, again - DAY, Standing.SEPARATED),
            Stretch(again, dt.date(9999, 12, 30), Standing.IN_SERVICE),
        ]
        assert seniority(life, again, NEW_YORK).days == days


@pytest.mark.parametrize(
    ("away", "kept"), [(366, 2555), (1095, 2555), (1096, 2554), (1643, 2007), (3650, 0), (9000, 0)]
)
def test_the_state_of_new_york_takes_what_a_break_has_beyond_three_years(away: int, kept: int):
    """Bulletin 85-03: after 7 years of service and 4 1/2 away, 5 1/2 years count."""
    begun = dt.date(2000, 1, 1)
    left = begun + 7 * 365 * DAY
    again = left + away * DAY
    life = [
        Stretch(begun, left - DAY, Standing.IN_SERVICE),
        Stretch(left, again - DAY, Standing.SEPARATED),
        Stretch(again, dt.date(9999, 12, 30), Standing.IN_SERVICE),
    ]
    assert seniority(life, again, STATE).days == kept + 1


def test_half_a_year_of_leave_counts_in_each_calendar_year():
    leave = [stretch("2024-07-01", "2025-12-31", Standing.ON_LEAVE_WITHOUT_PAY)]
    assert seniority(leave, dt.date(2025, 12, 31), FEDERAL).days == 180 + 180
    assert seniority(leave, dt.date(2025, 12, 31), NEW_YORK).days == 184 + 365


def test_two_leaves_of_one_year_share_what_counts():
    leave = Standing.ON_LEAVE_WITHOUT_PAY
    life = [
        stretch("2025-01-01", "2025-04-30", leave),
        stretch("2025-05-01", "2025-05-31"),
        stretch("2025-06-01", "2025-12-31", leave),
    ]
    assert seniority(life, dt.date(2025, 12, 31), FEDERAL).days == 180 + 31


@given(
    st.lists(st.tuples(st.integers(1, 900), st.sampled_from(list(Standing))), min_size=1, max_size=8),
    st.integers(0, 3000),
)
def test_what_counts_is_never_more_than_what_was_served(parts, after):
    first = at = dt.date(2011, 12, 30)
    life = []
    for days, standing in parts:
        life.append(Stretch(at, at + (days - 1) * DAY, standing))
        at += days * DAY
    on = first + after * DAY
    slow = sum(
        one.standing is not Standing.SEPARATED
        for one in life
        for day in range(one.days)
        if one.starts_on + day * DAY <= on
    )
    assert seniority(life, on, FEDERAL).days <= slow
    assert seniority(life, on, NEW_YORK).days <= slow
    assert seniority(life, on, STATE).days <= slow


def test_provisional_time_before_permanent_service_does_not_count_in_new_york():
    held = [stretch("2020-01-01", "9999-12-30")]
    provisional = [(dt.date(2020, 1, 1), dt.date(2020, 9, 30))]
    life = list(cut(held, provisional))
    assert [(one.starts_on.isoformat(), one.ends_on.isoformat(), one.is_permanent) for one in life] == [
        ("2020-01-01", "2020-09-30", False),
        ("2020-10-01", "9999-12-30", True),
    ]
    on = dt.date(2020, 12, 31)
    assert {rule.title: seniority(life, on, rule).days for rule in (FEDERAL, NEW_YORK, STATE)} == {
        FEDERAL.title: 366,
        NEW_YORK.title: 92,
        STATE.title: 92,
    }
    assert seniority(life, dt.date(2020, 9, 30), NEW_YORK).days == 0


def test_provisional_time_between_permanent_service_is_no_interruption():
    held = [stretch("2020-01-01", "9999-12-30")]
    between = list(cut(held, [(dt.date(2021, 1, 1), dt.date(2021, 6, 30))]))
    assert seniority(between, dt.date(2021, 6, 30), NEW_YORK).days == 366
    assert seniority(between, dt.date(2021, 12, 31), NEW_YORK).days == 366 + 365


def test_provisional_time_before_a_break_is_not_carried_over():
    life = cut(
        [
            stretch("2020-01-01", "2020-12-31"),
            stretch("2021-01-01", "2021-01-31", Standing.SEPARATED),
            stretch("2021-02-01", "9999-12-30"),
        ],
        [(dt.date(2020, 7, 1), dt.date(2020, 12, 31))],
    )
    assert seniority(life, dt.date(2021, 2, 28), NEW_YORK).days == 182 + 28
