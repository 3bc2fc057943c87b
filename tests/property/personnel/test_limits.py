"""Limits of grievances against the law written as a slow sentence: over holidays, month ends, leap years."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.personnel.grievances.rules import Limit, Unit, ends_on

DAYS = st.dates(dt.date(2023, 12, 1), dt.date(2029, 3, 31))
HOLIDAYS = st.frozensets(DAYS, max_size=40)
COUNTS = st.integers(1, 60)
ONE = dt.timedelta(days=1)


def works(day: dt.date, holidays: frozenset[dt.date]) -> bool:
    return day.isoweekday() not in (6, 7) and day not in holidays


@given(DAYS, COUNTS, HOLIDAYS)
def test_business_days_are_the_days_on_which_the_office_works(day, count, holidays):
    last = ends_on(day, Limit(count, Unit.BUSINESS), holidays)
    after = [day + ONE * number for number in range(1, (last - day).days + 1)]
    assert sum(works(one, holidays) for one in after) == count
    assert works(last, holidays)


@given(DAYS, COUNTS, HOLIDAYS)
def test_calendar_days_end_on_their_day_or_the_next_on_which_the_office_works(day, count, holidays):
    last = ends_on(day, Limit(count, Unit.CALENDAR), holidays)
    counted = dt.date.fromordinal(day.toordinal() + count)
    assert last >= counted
    assert works(last, holidays)
    assert not any(
        works(dt.date.fromordinal(one), holidays) for one in range(counted.toordinal(), last.toordinal())
    )


@given(DAYS, COUNTS, HOLIDAYS)
def test_a_later_event_never_ends_earlier_and_a_holiday_never_shortens(day, count, holidays):
    for unit in Unit:
        limit = Limit(count, unit)
        assert ends_on(day, limit, holidays) <= ends_on(day + ONE, limit, holidays)
        assert ends_on(day, limit, frozenset()) <= ends_on(day, limit, holidays)


@given(DAYS, COUNTS, HOLIDAYS)
def test_the_day_of_the_event_is_not_counted(day, count, holidays):
    for unit in Unit:
        assert ends_on(day, Limit(count, unit), holidays) > day
