"""Pay periods, ages over leap days, the days of events and openings: by the rules as data."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.personnel.benefit_plans import rules
from app.personnel.benefit_plans.regimes import PAY, REGIMES
from app.personnel.benefit_plans.rules import Rate
from app.personnel.benefit_plans.states import EventKind, Tier
from app.personnel.contributions.rules import NOTHING, Amounts, difference, total
from app.personnel.dependants import rules as dependants
from app.personnel.dependants.states import Relation
from app.personnel.enrolments import rules as enrolments
from app.personnel.enrolments.rules import Opening
from app.personnel.enrolments.states import Phase, Source
from app.personnel.life_events import rules as events
from app.platform.errors import Conflict, Invalid

FEDERAL, SPECIAL = REGIMES["federal"], REGIMES["special-enrolment"]
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31))


@pytest.mark.parametrize(
    ("born_on", "age", "reached_on"),
    [
        (dt.date(2000, 2, 29), 26, dt.date(2026, 2, 28)),
        (dt.date(2000, 2, 29), 28, dt.date(2028, 2, 29)),
        (dt.date(1999, 3, 1), 26, dt.date(2025, 3, 1)),
        (dt.date(2000, 12, 31), 1, dt.date(2001, 12, 31)),
    ],
)
def test_a_birthday_is_the_same_day_or_the_last_of_february(born_on, age, reached_on):
    assert rules.birthday(born_on, age) == reached_on
    assert rules.age_on(born_on, reached_on) == age
    assert rules.age_on(born_on, reached_on - dt.timedelta(days=1)) == age - 1


@given(born_on=DAYS, later=st.integers(0, 45_000))
def test_an_age_is_the_number_of_birthdays_passed(born_on: dt.date, later: int):
    day = born_on + dt.timedelta(days=later)
    passed = sum(rules.birthday(born_on, age) <= day for age in range(1, 130))
    assert rules.age_on(born_on, day) == passed


def test_nobody_has_an_age_before_birth():
    with pytest.raises(ValueError, match="before birth"):
        rules.age_on(dt.date(2026, 1, 2), dt.date(2026, 1, 1))


@given(day=DAYS)
def test_every_day_is_in_one_pay_period(day: dt.date):
    start = rules.period_of(day)
    assert start <= day <= rules.period_ends(start)
    assert (start - PAY.anchor).days % PAY.days == 0
    assert start.weekday() == 6  # a Sunday
    assert rules.period_from(day) in (start, start + dt.timedelta(days=PAY.days))
    assert rules.period_from(start) == start


def test_periods_between_two_days_begin_within_them():
    assert rules.periods_between(dt.date(2026, 11, 16), dt.date(2026, 12, 13)) == [
        dt.date(2026, 11, 29),
        dt.date(2026, 12, 13),
    ]
    assert rules.periods_between(dt.date(2026, 11, 16), dt.date(2026, 11, 28)) == []


@pytest.mark.parametrize(
    ("regime", "asked_on", "expected"),
    [
        (FEDERAL, dt.date(2026, 11, 15), dt.date(2026, 11, 29)),  # the period of the request does not count
        (FEDERAL, dt.date(2026, 11, 28), dt.date(2026, 11, 29)),
        (SPECIAL, dt.date(2026, 11, 1), dt.date(2026, 12, 1)),
        (SPECIAL, dt.date(2026, 12, 31), dt.date(2027, 1, 1)),
    ],
)
def test_a_choice_holds_from_the_next_period_or_month(regime, asked_on, expected):
    assert rules.takes_effect(regime, asked_on) == expected


def test_choices_of_an_open_season_hold_from_the_first_period_of_the_year():
    assert rules.year_begins(FEDERAL, 2027) == dt.date(2027, 1, 10)
    assert rules.year_begins(SPECIAL, 2027) == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("regime", "born_on", "relation", "is_disabled", "last"),
    [
        (FEDERAL, dt.date(2000, 2, 29), Relation.CHILD, False, dt.date(2026, 3, 31)),
        (SPECIAL, dt.date(2000, 2, 29), Relation.STEPCHILD, False, dt.date(2026, 2, 27)),
        (FEDERAL, dt.date(2000, 6, 15), Relation.CHILD, False, dt.date(2026, 7, 16)),
        (FEDERAL, dt.date(2000, 6, 15), Relation.CHILD, True, None),
        (FEDERAL, dt.date(1980, 6, 15), Relation.SPOUSE, False, None),
    ],
)
def test_a_child_is_covered_to_the_age_limit_and_the_extension(regime, born_on, relation, is_disabled, last):
    assert dependants.last_day(regime, relation, born_on, is_disabled=is_disabled) == last


def test_an_event_can_be_reported_from_before_it_to_the_end_of_its_days():
    rule = events.rule_of(FEDERAL, EventKind.BIRTH)
    born = dt.date(2026, 10, 1)
    assert events.elects_until(rule, born) == dt.date(2026, 11, 30)
    events.check_report(FEDERAL, rule, born, dt.date(2026, 8, 31))
    events.check_report(FEDERAL, rule, born, dt.date(2026, 11, 30))
    for today, sentence in (
        (dt.date(2026, 8, 30), "from 31 August 2026 on"),
        (dt.date(2026, 12, 1), "until 30 November 2026, and today is 1 December 2026"),
    ):
        with pytest.raises(Invalid) as refused:
            events.check_report(FEDERAL, rule, born, today)
        assert sentence in refused.value.fields["happened_on"]
    with pytest.raises(Invalid, match=r"45 CFR 146\.117"):
        events.rule_of(SPECIAL, EventKind.MOVE)


def test_nobody_loses_the_days_that_the_office_took():
    rule = events.rule_of(FEDERAL, EventKind.MARRIAGE)
    until = dt.date(2026, 11, 30)
    assert events.until_after_decision(rule, until, until) == until
    assert events.until_after_decision(rule, until, dt.date(2026, 12, 10)) == dt.date(2027, 2, 8)


@pytest.mark.parametrize(
    ("regime", "kind", "happened_on", "expected"),
    [
        (FEDERAL, EventKind.BIRTH, dt.date(2026, 10, 30), dt.date(2026, 10, 18)),
        (SPECIAL, EventKind.BIRTH, dt.date(2026, 10, 30), dt.date(2026, 10, 30)),
        (FEDERAL, EventKind.MARRIAGE, dt.date(2026, 10, 30), dt.date(2026, 11, 29)),
        (FEDERAL, EventKind.MARRIAGE, dt.date(2026, 12, 5), dt.date(2026, 12, 13)),
    ],
)
def test_a_child_counts_from_its_birth_and_other_events_from_the_next_period(
    regime, kind, happened_on, expected
):
    asked_on = dt.date(2026, 11, 20)
    rule = events.rule_of(regime, kind)
    assert enrolments.event_takes_effect(regime, rule, happened_on, asked_on) == expected


def test_a_window_is_closed_at_the_moment_of_its_close():
    opens, closes = dt.datetime(2026, 11, 9, tzinfo=dt.UTC), dt.datetime(2026, 12, 11, tzinfo=dt.UTC)
    tick = dt.timedelta(microseconds=1)
    assert [
        enrolments.phase_at(opens, closes, at) for at in (opens - tick, opens, closes - tick, closes)
    ] == [
        Phase.PLANNED,
        Phase.OPEN,
        Phase.OPEN,
        Phase.CLOSED,
    ]


def test_an_opening_that_is_named_must_be_open():
    until = dt.datetime(2026, 12, 11, tzinfo=dt.UTC)
    season = Opening(Source.WINDOW, "ewn_1", "Open season", until, dt.date(2027, 1, 10))
    event = Opening(Source.LIFE_EVENT, "lev_1", "Birth", until, dt.date(2026, 10, 18), may_waive=False)
    assert enrolments.pick([event, season], "", "closed") is event
    assert enrolments.pick([event, season], "ewn_1", "closed") is season
    for openings, name in (([], ""), ([event], "ewn_1")):
        with pytest.raises(Conflict, match="closed"):
            enrolments.pick(openings, name, "closed")
    waiver = enrolments.Choice(EventKind, None, None)
    assert enrolments.check_choice(waiver, None, 0, season) is None
    with pytest.raises(Invalid):
        enrolments.check_choice(waiver, None, 0, event)


@pytest.mark.parametrize("rates", [{}, {Tier.SELF: Rate(-1, 0)}, {Tier.SELF: Rate(0, rules.MOST_MINOR + 1)}])
def test_rates_that_are_none_are_refused(rates):
    with pytest.raises(Invalid):
        rules.check_rates(rates)


AMOUNTS = st.builds(Amounts, st.integers(0, 10**8), st.integers(0, 10**8))


@given(dues=st.lists(AMOUNTS, min_size=1, max_size=12))
def test_a_ledger_sums_to_what_is_due_after_any_changes(dues: list[Amounts]):
    posted: list[Amounts] = []
    for due in dues:
        entry = difference(due, posted)
        if entry is not None:
            assert entry != NOTHING
            posted.append(entry)
        assert total(posted) == due
        assert difference(due, posted) is None
