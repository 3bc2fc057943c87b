"""What pay periods earn, by the rules of two laws."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.accruals import courses, periods, regimes, rules
from app.personnel.accruals.expiry import Dated, Move, credits, lost_by_day
from app.personnel.accruals.final import final_lines
from app.personnel.accruals.rules import Service, Stretch
from app.personnel.leave.states import EntrySort, LeaveKind

D = dt.date
FEDERAL, NEW_YORK = regimes.load("title-5"), regimes.load("new-york")
YEAR_2026 = [D(2026, 1, 11) + periods.PERIOD * n for n in range(26)]


def serves(began, week=2400, until=None, unpaid=None):
    return Service(began, (Stretch(began, until, week),), unpaid or {})


def earned(service, starts, *, regime=FEDERAL, held=None, holidays=(), ceiling="usual"):
    course = courses.Course(starts[0] - rules.DAY, held or {})
    return list(courses.run(regime, ceiling, service, starts, holidays, course))


def minutes(credits, kind=LeaveKind.ANNUAL, sort=EntrySort.ACCRUAL):
    return [credit.minutes for credit in credits if credit.kind is kind and credit.sort is sort]


@pytest.mark.parametrize(
    ("began", "total", "last"),
    [
        (D(2024, 6, 3), 26 * 240, 240),
        (D(2020, 6, 1), 25 * 360 + 600, 360),
        (D(2001, 2, 1), 26 * 480, 480),
    ],
    ids=["under three years", "three to fifteen", "fifteen and more"],
)
def test_a_leave_year_earns_13_20_or_26_days(began, total, last):
    found = minutes(earned(serves(began), YEAR_2026))
    assert (sum(found), found[-1], len(found)) == (total, last, 26)


def test_the_ten_hours_come_with_the_last_full_pay_period_of_the_calendar_year():
    found = [credit.on for credit in earned(serves(D(2020, 6, 1)), YEAR_2026) if credit.minutes == 600]
    assert found == [D(2026, 12, 26)]


def test_a_rate_changes_with_the_pay_period_after_the_years_are_completed():
    # Three years are completed on the evening of 24 January 2026, the last day of a pay period.
    on_the_edge, a_day_later = serves(D(2023, 1, 25)), serves(D(2023, 1, 26))
    assert minutes(earned(on_the_edge, YEAR_2026[:3])) == [240, 360, 360]
    assert minutes(earned(a_day_later, YEAR_2026[:3])) == [240, 240, 360]


def test_who_began_on_29_february_completes_years_on_the_28th():
    assert rules.completed_years(D(2024, 2, 29), D(2027, 2, 27)) == 2
    assert rules.completed_years(D(2024, 2, 29), D(2027, 2, 28)) == 3
    assert rules.completed_years(D(2024, 2, 29), D(2028, 2, 28)) == 3
    assert rules.completed_years(D(2024, 2, 29), D(2028, 2, 29)) == 4


@pytest.mark.parametrize(
    ("began", "annual"),
    [(D(2025, 1, 2), 120), (D(2020, 1, 2), 184), (D(2001, 1, 2), 240)],
)
def test_half_a_week_earns_an_hour_for_20_13_or_10_hours(began, annual):
    found = earned(serves(began, week=1200), YEAR_2026[:1])
    assert (minutes(found), minutes(found, LeaveKind.SICK)) == ([annual], [120])


def test_a_change_of_hours_counts_as_of_the_last_day_of_the_pay_period():
    service = Service(
        D(2025, 1, 2),
        (Stretch(D(2025, 1, 2), D(2026, 1, 15), 2400), Stretch(D(2026, 1, 16), None, 1200)),
        {},
    )
    assert minutes(earned(service, YEAR_2026[:2])) == [120, 120]


def test_a_period_counts_when_all_its_working_days_are_served_but_for_holidays():
    king = D(2026, 1, 19)
    hired = serves(D(2026, 1, 12))  # Sunday the 11th is a day off
    late = serves(D(2026, 1, 13))
    assert minutes(earned(hired, YEAR_2026[:1], holidays={king})) == [240]
    assert minutes(earned(late, YEAR_2026[:1], holidays={king})) == []
    assert minutes(earned(late, YEAR_2026[:1], holidays={king, D(2026, 1, 12)})) == [240]


def test_eighty_hours_without_pay_cost_what_a_pay_period_earns():
    days = [D(2026, 1, 12) + rules.DAY * n for n in (0, 1, 2, 3, 4, 7, 8, 9, 10)]
    nine = serves(D(2025, 1, 2), unpaid=dict.fromkeys(days, 480))
    ten = serves(D(2025, 1, 2), unpaid=dict.fromkeys([*days, D(2026, 2, 2)], 480))
    assert minutes(earned(nine, YEAR_2026[:3])) == [240, 240, 240]
    assert minutes(earned(ten, YEAR_2026[:3])) == [240, 240]  # the second is lost
    assert [credit.on for credit in earned(ten, YEAR_2026[:3]) if credit.kind is LeaveKind.SICK] == [
        D(2026, 1, 24),
        D(2026, 2, 21),
    ]


@pytest.mark.parametrize(
    ("held", "ceiling", "lost"), [(14400 - 6240, "usual", []), (14400, "usual", [-6240])]
)
def test_what_is_over_the_ceiling_is_forfeited_when_the_leave_year_begins(held, ceiling, lost):
    found = earned(serves(D(2024, 6, 3)), YEAR_2026, held={LeaveKind.ANNUAL: held}, ceiling=ceiling)
    assert minutes(found, sort=EntrySort.FORFEITED) == lost
    assert [credit.on for credit in found if credit.minutes < 0] == [D(2027, 1, 10)] * len(lost)


def test_abroad_360_hours_are_carried_over_and_sick_leave_has_no_ceiling():
    held = {LeaveKind.ANNUAL: 21600, LeaveKind.SICK: 10**6}
    found = earned(serves(D(2024, 6, 3)), YEAR_2026, held=held, ceiling="abroad")
    assert [(credit.kind, credit.minutes) for credit in found if credit.minutes < 0] == [
        (LeaveKind.ANNUAL, -6240)
    ]


def test_new_york_gives_six_and_a_half_days_after_thirteen_periods_then_half_a_day():
    began = D(2026, 1, 1)
    starts = [D(2026, 1, 1) + periods.PERIOD * n for n in range(15)]
    assert starts[0] == periods.period_of(NEW_YORK.first_period_on, starts[0])
    found = earned(serves(began), starts, regime=NEW_YORK)
    assert minutes(found) == [13 * 240, 240, 240]
    assert minutes(found, LeaveKind.SICK) == [240] * 15


def test_new_york_adds_days_on_anniversaries_and_stops_at_thirty():
    starts = [D(2026, 1, 1) + periods.PERIOD * n for n in range(26)]
    third = earned(serves(D(2023, 3, 15)), starts, regime=NEW_YORK)
    assert [credit.minutes for credit in third if credit.key == "annual:years:3"] == [3 * 480]
    assert [credit.on for credit in third if credit.key == "annual:years:3"] == [D(2026, 3, 15)]
    # the anniversary's own day is that of its days alone
    ends = [periods.last_day(start) for start in starts]
    assert [credit.on for credit in third if credit.kind is LeaveKind.SICK] == ends
    full = earned(serves(D(2023, 3, 15)), starts, regime=NEW_YORK, held={LeaveKind.ANNUAL: 14300})
    assert minutes(full) == [100]
    assert sum(minutes(earned(serves(D(2010, 3, 15)), starts, regime=NEW_YORK))) == 20 * 480


def test_new_york_asks_for_seven_paid_days():
    days = [D(2026, 1, 1) + rules.DAY * n for n in (0, 1, 4, 5)]
    three, four = (serves(D(2025, 1, 2), unpaid=dict.fromkeys(days[:n], 480)) for n in (3, 4))
    starts = [D(2026, 1, 1)]
    assert minutes(earned(three, starts, regime=NEW_YORK), LeaveKind.SICK) == [240]
    assert minutes(earned(four, starts, regime=NEW_YORK), LeaveKind.SICK) == []


def test_leave_years_begin_with_the_first_full_pay_period():
    first = FEDERAL.first_period_on
    begins = [periods.year_begins(first, year) for year in range(2024, 2030)]
    assert begins == [
        D(2024, 1, 14), D(2025, 1, 12), D(2026, 1, 11), D(2027, 1, 10), D(2028, 1, 9), D(2029, 1, 7),
    ]  # fmt: skip
    assert periods.leave_year(first, D(2026, 1, 10)) == (D(2025, 1, 12), D(2026, 1, 10))
    assert periods.leave_year(first, D(2026, 1, 11)) == (D(2026, 1, 11), D(2027, 1, 9))


def test_restored_leave_holds_to_the_end_of_the_leave_year_two_years_on():
    assert rules.restored_until(FEDERAL, D(2026, 2, 28)) == D(2029, 1, 6)
    assert rules.restored_until(NEW_YORK, D(2026, 2, 28)) is None


def test_what_expires_is_what_was_not_taken_first():
    first, second = D(2026, 1, 10), D(2027, 1, 9)
    grants = [Move(D(2024, 2, 1), 600, first), Move(D(2025, 2, 1), 300, second)]
    assert lost_by_day([*grants, Move(D(2025, 6, 2), -200)]) == {first: 400, second: 300}
    assert lost_by_day([*grants, Move(D(2025, 6, 2), -700)]) == {second: 200}


def test_a_grant_that_comes_after_a_last_day_saves_nothing_of_what_ended():
    """A balance less all grants that end later would forfeit 500 of 600 here, and keep 100 for ever."""
    first, second = D(2026, 1, 10), D(2028, 1, 8)
    moves = [Move(D(2024, 2, 1), 600, first), Move(D(2026, 2, 2), 100, second)]
    assert lost_by_day(moves) == {first: 600, second: 100}


def test_what_was_entered_as_lost_is_put_right_when_the_ledger_changes():
    day, law = D(2026, 1, 10), "law"
    dated = Dated([Move(D(2024, 2, 1), 600, day), Move(D(2025, 6, 2), -200)], {day: 600}, {day: 0})
    (back,) = credits(LeaveKind.RESTORED, dated, D(2026, 3, 1), None, law)
    assert (back.sort, back.minutes, back.key) == (EntrySort.CORRECTED, 200, "restored:expired:2026-01-10~0")
    dated = Dated([Move(D(2024, 2, 1), 600, day)], {}, {})
    (lost,) = credits(LeaveKind.RESTORED, dated, D(2026, 3, 1), None, law)
    assert (lost.sort, lost.minutes, lost.on) == (EntrySort.FORFEITED, -600, D(2026, 1, 11))
    assert credits(LeaveKind.RESTORED, dated, day, None, law) == []
    assert credits(LeaveKind.RESTORED, dated, D(2026, 3, 1), day, law) == []  # left that day: it is paid out
    assert len(credits(LeaveKind.RESTORED, dated, D(2026, 3, 1), day + rules.DAY, law)) == 1


def left(regime, balances, week=2400, **values):
    lines = final_lines(regime, balances, week, **({"is_removal": False, "is_death": False} | values))
    return {line.kind: (line.left, line.paid, line.owed) for line in lines}


def test_what_is_left_at_the_end_is_paid_kept_or_repaid_by_the_rule():
    held = {
        LeaveKind.ANNUAL: 20000,
        LeaveKind.SICK: 9000,
        LeaveKind.RESTORED: 600,
        LeaveKind.COMPENSATORY: 0,
        LeaveKind.FAMILY: -4800,
    }
    assert left(FEDERAL, held) == {
        LeaveKind.ANNUAL: (20000, 20000, 0),
        LeaveKind.SICK: (9000, 0, 0),
        LeaveKind.RESTORED: (600, 600, 0),
    }
    assert left(NEW_YORK, held)[LeaveKind.ANNUAL] == (20000, 14400, 0)
    assert left(NEW_YORK, held, week=1200)[LeaveKind.ANNUAL] == (20000, 7200, 0)
    assert left(NEW_YORK, held, is_removal=True)[LeaveKind.ANNUAL] == (20000, 0, 0)
    assert left(FEDERAL, held, is_removal=True)[LeaveKind.ANNUAL] == (20000, 20000, 0)


def test_leave_taken_in_advance_is_repaid_but_not_after_a_death():
    assert left(FEDERAL, {LeaveKind.ANNUAL: -480}) == {LeaveKind.ANNUAL: (-480, 0, 480)}
    assert left(FEDERAL, {LeaveKind.SICK: -480}, is_death=True) == {LeaveKind.SICK: (-480, 0, 0)}


def test_reminders_fall_due_before_the_leave_year_ends():
    due = {days: rules.warning_due(FEDERAL, D(2027, 1, 9) - rules.DAY * days) for days in (91, 90, 45, 14, 0)}
    assert due == {91: None, 90: 90, 45: 60, 14: 14, 0: 14}
    assert rules.warning_due(NEW_YORK, D(2026, 12, 31)) is None


@pytest.mark.parametrize("regime", regimes.load_all(), ids=lambda regime: regime.name)
def test_each_figure_of_a_rulebook_has_its_citation(regime):
    assert (regime.read, bool(regime.law)) == (D(2026, 11, 22), True)
    for rule in regime.kinds.values():
        cited = {
            "advance": "advance_law", "is_reduced": "reduction_law", "ceilings": "ceiling_law",
            "waits_periods": "waits_law", "most_minutes": "most_law", "bonuses": "bonus_law",
            "year_minutes": "year_law", "unit_minutes": "unit_law", "restored_years": "restored_law",
            "at_end": "end_law",
        }  # fmt: skip
        missing = [name for name, law in cited.items() if getattr(rule, name) and not getattr(rule, law)]
        assert missing == []
        assert all(band.law for band in rule.bands)
