"""Days of probation: from when a decision is lawful, until when, and what is due."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.probations import rules
from app.personnel.probations.regimes import REGIMES
from app.personnel.probations.states import Outcome
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

NEW_YORK, RULE_XI, FORMER = (REGIMES[name] for name in ("new-york", "rule-xi", "cfr-315"))
STARTS_ON, ENDS_ON = dt.date(2025, 12, 1), dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("regime", "outcome", "first"),
    [
        (NEW_YORK, Outcome.RETAIN, dt.date(2026, 6, 1)),
        (NEW_YORK, Outcome.END, dt.date(2026, 1, 26)),
        (RULE_XI, Outcome.RETAIN, dt.date(2026, 10, 31)),
        (RULE_XI, Outcome.END, STARTS_ON),
    ],
)
def test_a_decision_is_lawful_from_its_first_day_to_the_last_of_the_probation(regime, outcome, first):
    assert rules.first_day(regime, outcome, STARTS_ON, ENDS_ON) == first
    days = {"starts_on": STARTS_ON, "ends_on": ENDS_ON}
    rules.check_decision(regime, outcome, **days, today=first)
    rules.check_decision(regime, outcome, **days, today=ENDS_ON)
    with pytest.raises(Conflict, match=write_date(first)):
        rules.check_decision(regime, outcome, **days, today=first - dt.timedelta(days=1))
    with pytest.raises(Conflict, match="nothing can be decided"):
        rules.check_decision(regime, outcome, **days, today=ENDS_ON + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("left", "due"),
    [(61, None), (60, 60), (59, 60), (31, 60), (30, 30), (15, 30), (14, 14), (7, 7), (2, 7), (1, 1), (0, 1)],
)
def test_the_reminder_that_is_due_is_the_last_one_whose_day_has_come(left, due):
    assert rules.reminder_due(ENDS_ON, ENDS_ON - dt.timedelta(days=left)) == due


def test_nobody_is_reminded_of_what_is_over():
    assert rules.reminder_due(ENDS_ON, ENDS_ON + dt.timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("regime", "first", "rule"),
    [(NEW_YORK, 27, "4 NYCRR 4.5(b)(5)(iii)"), (RULE_XI, 21, "Larkhaven"), (FORMER, 21, "5 CFR 315.804(a)")],
)
def test_an_ending_comes_after_the_notice_that_the_rule_asks_for(regime, first, rule):
    days = {"today": dt.date(2026, 11, 20), "ends_on": ENDS_ON}
    earliest = dt.date(2026, 11, first)
    assert rules.check_last_day(regime, Outcome.RETAIN, None, **days) == ENDS_ON
    for lawful in (earliest, ENDS_ON):
        assert rules.check_last_day(regime, Outcome.END, lawful, **days) == lawful
    with pytest.raises(Invalid) as shortcut:
        rules.check_last_day(regime, Outcome.END, earliest - dt.timedelta(days=1), **days)
    sentence = shortcut.value.fields["last_day"]
    assert sentence.startswith(f"The last day can be {first} November 2026 at the earliest (")
    assert rule in sentence
    for wrong in (None, ENDS_ON + dt.timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            rules.check_last_day(regime, Outcome.END, wrong, **days)
        assert list(refused.value.fields) == ["last_day"]


def test_notice_that_comes_too_late_ends_nothing():
    assert rules.decide_by(NEW_YORK, ENDS_ON) == dt.date(2026, 11, 23)
    in_time = {"today": dt.date(2026, 11, 23), "ends_on": ENDS_ON}
    assert rules.check_last_day(NEW_YORK, Outcome.END, ENDS_ON, **in_time) == ENDS_ON
    with pytest.raises(Conflict, match="a decision up to 23 November 2026"):
        rules.check_last_day(NEW_YORK, Outcome.END, ENDS_ON, today=dt.date(2026, 11, 24), ends_on=ENDS_ON)


def test_two_people_and_never_oneself():
    for decider in ("acc_one", None):
        with pytest.raises(Conflict):
            rules.demand_second_person(decider, "acc_one")
    rules.demand_second_person("acc_two", "acc_one")
    with pytest.raises(Conflict):
        rules.demand_not_own("acc_one", "acc_one")
    rules.demand_not_own("acc_one", None)
