"""The plan of an examination and the numbers of its candidates."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams.examinations import rules
from app.exams.examinations.rules import Plan
from app.exams.examinations.states import ExaminationState, move
from app.platform.errors import Conflict, Invalid

PLAN = Plan("Exam", dt.date(2026, 11, 16), ("1", "2"), ("A", "B"), ("-",), ("*",))


def test_items_are_numbered_or_named():
    assert rules.number_items(3) == ("1", "2", "3")
    assert rules.read_codes("Q 1\n Q-2, Q.3 \n\n") == ("Q 1", "Q-2", "Q.3")


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["1", "=cmd"], "“=cmd” cannot be a code"),
        (["x" * 41], "cannot be a code"),
        (["Candidate"], "names the column of candidate numbers"),
        (["q1", "Q1"], "stands in the list twice"),
        ([str(number) for number in range(rules.MOST_ITEMS + 1)], "up to 500 items"),
    ],
)
def test_codes_that_cannot_be_told_apart_are_refused(codes, told):
    with pytest.raises(Invalid, match=told):
        rules.check_codes(codes)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("A B C", ("A", "B", "C")),
        ("1, 2,3", ("1", "2", "3")),
        ("1-5", ("1", "2", "3", "4", "5")),
        ("a – d", ("a", "b", "c", "d")),
        ("D-A", ("D-A",)),
    ],
)
def test_answers_are_read_as_people_write_them(text, options):
    assert rules.read_options(text) == options


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"codes": ()}, "item_count"),
        ({"options": ("A",)}, "options"),
        ({"options": ("A", "*")}, "multiples"),
        ({"options": ("A", "*"), "multiples": ()}, "options"),
        ({"blanks": ("A",)}, "blanks"),
        ({"multiples": ("-",)}, "multiples"),
        ({"options": ("A", "x" * 41)}, "options"),
        ({"sample_percent": 7}, "sample_percent"),
    ],
)
def test_a_plan_with_two_meanings_is_refused(changed, field):
    values = {name: getattr(PLAN, name) for name in Plan.__slots__} | changed
    with pytest.raises(Invalid) as refused:
        rules.check_plan(Plan(**values))
    assert list(refused.value.fields) == [field]
    assert rules.check_plan(PLAN) == PLAN


def test_an_examination_waits_until_everyone_is_screened():
    announced = dt.date(2026, 11, 9)
    rules.check_posting(True, announced, PLAN.held_on, 0)
    with pytest.raises(Conflict, match="3 applications are not screened yet"):
        rules.check_posting(True, announced, PLAN.held_on, 3)
    with pytest.raises(Conflict, match="1 application is not screened yet"):
        rules.check_posting(True, announced, PLAN.held_on, 1)
    with pytest.raises(Conflict, match="not closed yet"):
        rules.check_posting(False, announced, PLAN.held_on, 0)
    with pytest.raises(Invalid, match="before the vacancy was announced"):
        rules.check_posting(True, announced, dt.date(2026, 11, 8), 0)


def test_numbers_carry_a_check_digit_and_follow_a_blind_order():
    assert [rules.candidate_number(number) for number in (1, 2, 123456)] == ["C000013", "C000021", "C1234566"]
    ids = [f"app_{number}" for number in range(50)]
    order = rules.blind_order("exm_1", ids)
    assert sorted(order) == sorted(ids)
    assert order == rules.blind_order("exm_1", reversed(ids))
    assert order != ids
    assert order != rules.blind_order("exm_2", ids)


def test_a_held_examination_is_not_planned_again():
    assert move(ExaminationState.HELD, ExaminationState.CLOSED) is ExaminationState.CLOSED
    with pytest.raises(Conflict, match="held and cannot become planned"):
        move(ExaminationState.HELD, ExaminationState.PLANNED)
