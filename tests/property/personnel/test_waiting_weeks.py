"""Waiting periods against the law written slowly: weeks from a day, over month ends and leap years."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.personnel.within_grade import regimes
from app.personnel.within_grade.rules import Served, next_increase, pay_period_after

FEDERAL = regimes.find("us-5-cfr-531")
DAYS = st.dates(dt.date(1996, 1, 1), dt.date(2060, 12, 31))


def weeks_to(step: int) -> int:
    """Give the weeks of 5 CFR 531.405(a)(1): before step 4, before step 7, and from it on."""
    return 52 if step <= 4 else 104 if step <= 7 else 156


@given(DAYS, st.integers(1, 9))
def test_a_step_is_due_with_the_first_pay_period_after_the_weeks_were_waited(began, step):
    due = next_increase(FEDERAL, [Served(began, "09", step)], began)
    waited = (due.due_on - began).days - weeks_to(step + 1) * 7
    assert (due.grade, due.from_step, due.waiting_from) == ("09", step, began)
    assert 0 <= waited < 14
    assert due.due_on.weekday() == 6  # pay periods begin on a Sunday
    assert (due.due_on - FEDERAL.pay_period_from).days % 14 == 0


@given(DAYS)
def test_a_pay_period_begins_on_the_day_or_within_two_weeks(day):
    first = pay_period_after(FEDERAL, day)
    assert 0 <= (first - day).days < 14
    assert pay_period_after(FEDERAL, first) == first


@given(DAYS, st.integers(1, 9), st.integers(1, 400))
def test_time_without_pay_moves_the_day_by_what_no_longer_counts(began, step, unpaid):
    left, back = began + dt.timedelta(days=30), began + dt.timedelta(days=30 + unpaid)
    service = [Served(began, "09", step), Served(left, "09", step, is_paid=False), Served(back, "09", step)]
    due = next_increase(FEDERAL, service, back)
    counted = {52: 14, 104: 28, 156: 42}[weeks_to(step + 1)]
    completed = began + dt.timedelta(weeks=weeks_to(step + 1), days=max(unpaid - counted, 0))
    assert due.due_on == pay_period_after(FEDERAL, completed)


@given(DAYS, st.integers(2, 9), st.integers(1, 2000))
def test_the_waiting_begins_anew_with_each_rise(began, step, later):
    risen = began + dt.timedelta(days=later)
    service = [Served(began, "09", step - 1), Served(risen, "09", step)]
    assert next_increase(FEDERAL, service, risen) == next_increase(FEDERAL, service[1:], risen)


@given(DAYS)
def test_nothing_is_due_at_the_last_step(began):
    assert next_increase(FEDERAL, [Served(began, "09", 10)], began) is None
