"""Ledgers balance, whatever happens: sums against a replay, postings done twice, dates at their ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.personnel.accruals import courses, leaving, periods, regimes, rules
from app.personnel.accruals.expiry import Move, lost_by_day
from app.personnel.accruals.queries import Posted
from app.personnel.accruals.rules import Service, Stretch
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests import rules as request_rules
from app.platform.calendars import add_months

DAYS = st.dates(dt.date(2024, 1, 14), dt.date(2029, 12, 31))
HIRES = st.dates(dt.date(1985, 1, 1), dt.date(2027, 12, 31)) | st.sampled_from(
    [dt.date(2024, 2, 29), dt.date(2020, 2, 29), dt.date(2023, 12, 31), dt.date(2025, 1, 1)]
)
REGIMES = st.sampled_from(regimes.load_all())
WEEKS = st.sampled_from([2400, 2250, 1920, 1200, 480, 0])
TAKEN = st.dictionaries(DAYS, st.integers(15, 480), max_size=40)
HOLIDAYS = st.frozensets(DAYS, max_size=12)


@st.composite
def services(draw):
    began = draw(HIRES)
    changes = sorted(draw(st.sets(st.dates(began, dt.date(2030, 1, 1)), max_size=4)) - {began})
    edges = [began, *changes]
    weeks = [draw(WEEKS) for _ in edges]
    stretches = tuple(
        Stretch(first, edges[place + 1] - rules.DAY if place + 1 < len(edges) else None, week)
        for place, (first, week) in enumerate(zip(edges, weeks, strict=True))
        if week
    )
    return Service(began, stretches, draw(TAKEN))


@given(REGIMES, DAYS)
def test_each_day_lies_in_one_period_and_one_leave_year(regime, day):
    start = periods.period_of(regime.first_period_on, day)
    assert start <= day <= periods.last_day(start)
    begins, ends = periods.leave_year(regime.first_period_on, day)
    assert begins <= day <= ends
    assert (ends + rules.DAY - begins).days in (26 * 14, 27 * 14)
    assert periods.leave_year(regime.first_period_on, ends + rules.DAY)[0] == ends + rules.DAY
    assert begins.year == (begins + rules.DAY * 13).year
    assert periods.begins_year(begins)
    assert (begins - periods.PERIOD).year == begins.year - 1


@given(REGIMES, st.integers(2024, 2060))
def test_a_year_has_one_last_full_period(regime, year):
    start, last = periods.year_begins(regime.first_period_on, year), []
    while start.year == year:
        last += [start] if periods.is_last_full(start) else []
        start += periods.PERIOD
    assert len(last) == 1
    assert dt.date(year, 12, 31) - periods.last_day(last[0]) < periods.PERIOD


@given(HIRES, DAYS)
def test_completed_years_are_counted_as_the_calendar_does(began, day):
    years = rules.completed_years(began, max(began, day))
    assert years == sum(1 for n in range(1, 60) if add_months(began, 12 * n) <= max(began, day))


@given(REGIMES, services(), HOLIDAYS, TAKEN, st.integers(0, 20000), DAYS)
def test_a_balance_is_the_sum_of_what_came_and_went(regime, service, holidays, taken, held, day):
    """As-of balances agree with a replay of every entry, and nothing is forfeited below the ceiling."""
    starts = list(periods.list_ended(regime.first_period_on, dt.date(2030, 1, 1)))[:80]
    course = courses.Course(regime.first_period_on - rules.DAY, {LeaveKind.ANNUAL: held})
    for on, minutes in taken.items():
        course.add(LeaveKind.ANNUAL, on, -minutes)
    credits = list(courses.run(regime, "usual", service, starts, holidays, course))
    replayed = held
    moves = [(on, -minutes) for on, minutes in taken.items()]
    moves += [(credit.on, credit.minutes) for credit in credits if credit.kind is LeaveKind.ANNUAL]
    for on, minutes in sorted(moves):
        replayed += minutes if on <= day else 0
    assert course.at(LeaveKind.ANNUAL, day) == replayed
    assert len({credit.key for credit in credits}) == len(credits)
    rule = regime.kinds[LeaveKind.ANNUAL]
    for credit in credits:
        if credit.kind is LeaveKind.ANNUAL and credit.minutes < 0:
            assert (
                course.at(LeaveKind.ANNUAL, credit.on - rules.DAY) + credit.minutes == rule.ceilings["usual"]
            )
        elif credit.minutes > 0:
            assert any(one.covers(credit.on, credit.on) for one in service.stretches) or rule.least_workdays


@given(REGIMES, services(), HOLIDAYS, st.integers(0, 20000), st.integers(1, 60), st.integers(1, 30))
def test_posting_in_parts_or_twice_is_posting_once(regime, service, holidays, held, whole, part):
    starts = [regime.first_period_on + periods.PERIOD * n for n in range(whole)]
    since = regime.first_period_on - rules.DAY
    once = courses.Course(since, {LeaveKind.ANNUAL: held})
    expected = list(courses.run(regime, "usual", service, starts, holidays, once))
    parts = courses.Course(since, {LeaveKind.ANNUAL: held})
    found = list(courses.run(regime, "usual", service, starts[:part], holidays, parts))
    found += list(courses.run(regime, "usual", service, starts[part:], holidays, parts))
    assert found == expected
    done = {credit.key for credit in found}
    assert list(courses.run(regime, "usual", service, starts, holidays, parts, done)) == []
    assert parts == once


@given(services(), HOLIDAYS, DAYS, st.integers(0, 40), st.none() | st.integers(15, 600))
def test_leave_takes_working_days_alone(service, holidays, first, length, part):
    last = first + rules.DAY * length
    try:
        charged = request_rules.charge(first, last, part, service, holidays)
    except request_rules.Invalid:
        charged = {}
    for day in (first + rules.DAY * n for n in range(length + 1)):
        works = day.weekday() < 5 and day not in holidays and service.weekly_on(day) > 0
        whole = service.weekly_on(day) // 5
        assert charged.get(day, 0) == (min(part or whole, whole) if works else 0)


MOVES = st.tuples(st.integers(0, 40), st.integers(-6, 6), st.none() | st.integers(1, 25)).map(
    lambda drawn: Move(
        dt.date(2026, 1, 1) + rules.DAY * drawn[0],
        drawn[1],
        dt.date(2026, 1, 1) + rules.DAY * (drawn[0] + drawn[2]) if drawn[2] and drawn[1] > 0 else None,
    )
)


def spoilt_one_by_one(moves):
    """Keep every minute as a thing of its own with its last day; each one taken is that which ends first."""
    minutes, owed, lost = [], 0, {}
    for number in range(70):
        day = dt.date(2026, 1, 1) + rules.DAY * number
        today = [move for move in moves if move.on == day]
        plain = sum(move.minutes for move in today if move.expires_on is None)
        for move in today:
            minutes += [move.expires_on] * move.minutes if move.expires_on else []
        minutes += [dt.date.max] * max(plain, 0)
        owed += max(-plain, 0)
        while owed and minutes:
            minutes.remove(min(minutes))
            owed -= 1
        spoilt = [last for last in minutes if last == day]
        minutes = [last for last in minutes if last != day]
        if spoilt:
            lost[day] = len(spoilt)
    return lost


@given(st.lists(MOVES, max_size=14))
def test_what_runs_out_is_what_a_minute_by_minute_count_finds(moves):
    assert lost_by_day(moves) == spoilt_one_by_one(moves)


@given(REGIMES, services(), HOLIDAYS, TAKEN, st.integers(0, 20000), st.integers(2, 60), st.data())
def test_a_last_day_that_is_known_late_leaves_what_an_early_one_would_have(
    regime, service, holidays, taken, held, whole, data
):
    """Posted in ignorance and then corrected, a ledger says on each day what it would have said anyway.

    Where the last day turns out to be wrong, a second correction brings back what the first took out.
    """
    first_on = regime.first_period_on
    starts = [first_on + periods.PERIOD * n for n in range(whole)]
    earliest = max(first_on, service.began_on)
    last = data.draw(st.dates(earliest, max(earliest, dt.date(2027, 12, 1))), "last day")
    held = held if service.began_on <= first_on else 0  # nobody holds leave before service began
    left = replace(service, ended_on=last, stretches=_until(service.stretches, last))

    def run(of):
        course = courses.Course(first_on - rules.DAY, {LeaveKind.ANNUAL: held})
        for on, minutes in taken.items():
            if on <= last:
                course.add(LeaveKind.ANNUAL, on, -minutes)
        return [
            Posted(one.key, one.kind, one.on, one.minutes)
            for one in courses.run(regime, "usual", of, starts, holidays, course)
        ]

    ignorant, model = run(service), run(left)
    begun = periods.period_of(first_on, last)
    before = courses.Course(begun - rules.DAY, {})
    sums = _sums([row for row in ignorant if row.on < begun])
    sums[LeaveKind.ANNUAL] = sums.get(LeaveKind.ANNUAL, 0) + held
    sums[LeaveKind.ANNUAL] -= sum(minutes for on, minutes in taken.items() if on < begun)
    before.balances = sums
    for on, minutes in taken.items():
        if begun <= on <= last:
            before.add(LeaveKind.ANNUAL, on, -minutes)
    wanted = leaving.part_served(regime, "usual", left, last, holidays, before)
    spans = [(service.began_on, last)]
    corrected = ignorant + _entered(leaving.differences(ignorant, spans, wanted))
    for kind in LeaveKind:
        ends = {row.on for row in [*corrected, *model] if row.kind is kind} | {last}
        for day in ends:
            assert _balance(corrected, kind, day) == _balance(model, kind, day), (kind, day)
    assert leaving.differences(corrected, spans, wanted) == []
    again = corrected + _entered(leaving.differences(corrected, [(service.began_on, None)], {}))
    for row in ignorant:
        assert _balance(again, row.kind, row.on) == _balance(ignorant, row.kind, row.on)


def _until(stretches, last):
    return tuple(
        replace(one, last=last if one.last is None else min(one.last, last))
        for one in stretches
        if one.first <= last
    )


def _entered(found):
    return [Posted(f"{one.key}~0", one.kind, one.on, one.minutes) for one in found]


def _sums(rows):
    found = {}
    for row in rows:
        found[row.kind] = found.get(row.kind, 0) + row.minutes
    return found


def _balance(rows, kind, day):
    return sum(row.minutes for row in rows if row.kind is kind and row.on <= day)
