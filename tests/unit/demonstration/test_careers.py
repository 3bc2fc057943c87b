"""The careers of the demonstration's register follow the rule of step increases."""

from __future__ import annotations

import datetime as dt
import random

from app.demonstration import careers
from app.personnel.actions.states import ActionKind
from app.personnel.positions.rules import PositionValues
from app.personnel.positions.states import PayPeriod
from app.personnel.within_grade.rules import Served, next_increase

POST = PositionValues(
    "P-1", "Clerk", "C-1", "Clerk", "A-05", "City Hall", 41_250_00, 52_800_00, "USD", PayPeriod.YEAR
)
BEGINS, ENDS = dt.date(2012, 11, 1), dt.date(2026, 11, 1)
AWAY = ActionKind.LEAVE_WITHOUT_PAY


def served(lines, until):
    """Give the stretches of a career before a day, as the rule reads them."""
    found, step = [], 1
    for line in lines:
        if line.effective_on < until and line.kind is not ActionKind.CHANGE_OF_HOURS:
            step = line.step or step
            found.append(Served(line.effective_on, POST.grade, step, line.kind is not AWAY))
    return found


def test_each_step_comes_on_the_day_of_the_rule():
    counted = with_leave = 0
    for seed in range(60):
        lines = list(careers.serve(random.Random(seed), POST, ActionKind.APPOINTMENT, BEGINS, ENDS))
        with_leave += any(line.kind is AWAY for line in lines)
        for line in lines:
            if line.kind is ActionKind.WITHIN_GRADE_INCREASE:
                due = next_increase(careers.RULE, served(lines, line.effective_on), line.effective_on)
                assert (line.step, line.effective_on) == (due.from_step + 1, due.due_on)
                counted += 1
    assert counted > 300
    assert with_leave


def test_nothing_is_granted_to_somebody_who_is_away():
    for seed in range(60):
        away = False
        for line in careers.serve(random.Random(seed), POST, ActionKind.APPOINTMENT, BEGINS, ENDS):
            away = (away or line.kind is AWAY) and line.kind is not ActionKind.RETURN_TO_DUTY
            assert not (away and line.kind is ActionKind.WITHIN_GRADE_INCREASE)
