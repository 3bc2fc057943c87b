"""Days of probation: from when a decision is lawful, until when, and what is due."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.probations import rules
from app.personnel.probations.rules import NEW_YORK, RULE_XI
from app.personnel.probations.states import Outcome
from app.platform.errors import Conflict, Invalid

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
    with pytest.raises(Conflict, match=first.isoformat()):
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


def test_an_ending_names_its_last_day_and_a_keeping_none():
    today = dt.date(2026, 11, 20)
    assert rules.check_last_day(Outcome.RETAIN, None, today, ENDS_ON) == ENDS_ON
    assert rules.check_last_day(Outcome.END, ENDS_ON, today, ENDS_ON) == ENDS_ON
    for wrong in (None, today - dt.timedelta(days=1), ENDS_ON + dt.timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            rules.check_last_day(Outcome.END, wrong, today, ENDS_ON)
        assert list(refused.value.fields) == ["last_day"]


def test_two_people_and_never_oneself():
    for decider in ("acc_one", None):
        with pytest.raises(Conflict):
            rules.demand_second_person(decider, "acc_one")
    rules.demand_second_person("acc_two", "acc_one")
    with pytest.raises(Conflict):
        rules.demand_not_own("acc_one", "acc_one")
    rules.demand_not_own("acc_one", None)
