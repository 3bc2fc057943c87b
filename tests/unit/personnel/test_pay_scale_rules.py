"""What figures a pay scale may hold, and what a new version changes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.personnel.pay_scales.rules import Change, Rate, check_steps, compare, read_rates

GOOD = "grade,step,pay\n09,2,41200.50\n09,1,40000\n10,1,45000\n"


def test_a_table_is_read_in_minor_units_by_grade_and_step():
    assert read_rates("\ufeff" + GOOD, 2) == (
        [Rate("09", 1, 4_000_000), Rate("09", 2, 4_120_050), Rate("10", 1, 4_500_000)],
        [],
    )
    assert read_rates("grade,step,pay\nA,1,5000\n", 0) == ([Rate("A", 1, 5000)], [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "The first line must read: grade,step,pay."),
        ("step,grade,pay\n", "The first line must read: grade,step,pay."),
        ("grade,step,pay\n", "The file has no lines under its heading."),
        ("grade,step,pay\n09,1\n", "Line 2: three columns are needed, there are 2."),
        ("grade,step,pay\n,1,5\n", "Line 2: the grade must have 1 to 20 letters and figures."),
        ("grade,step,pay\n09,0,5\n", "Line 2: the step must be a whole number from 1 to 99."),
        ("grade,step,pay\n09,one,5\n", "Line 2: the step must be a whole number from 1 to 99."),
        ("grade,step,pay\n09,1,0\n", "Line 2: the pay must be a number above 0 with at most 2 decimals."),
        ("grade,step,pay\n09,1,5.001\n", "Line 2: the pay must be a number above 0 with at most 2 decimals."),
        ("grade,step,pay\n09,1,NaN\n", "Line 2: the pay must be a number above 0 with at most 2 decimals."),
        ("grade,step,pay\n09,1,1e400\n", "Line 2: the pay must be a number above 0 with at most 2 decimals."),
        ("grade,step,pay\n09,1,5\n09,1,6\n", "Line 3: grade 09, step 1 stands twice."),
        ("grade,step,pay\n09,2,5\n", "Grade 09: step 1 is missing."),
        ("grade,step,pay\n09,1,5\n09,3,6\n", "Grade 09: step 2 is missing."),
        ("grade,step,pay\n09,1,5\n09,2,5\n", "Grade 09: step 2 must pay more than step 1."),
    ],
)
def test_a_table_with_a_fault_gives_nothing_and_says_where(text, fault):
    rates, faults = read_rates(text, 2)
    assert (rates, fault in faults) == ([], True)


def test_steps_of_each_grade_begin_with_one():
    assert check_steps([Rate("A", 1, 5), Rate("A", 2, 6), Rate("B", 1, 4)]) == []
    assert check_steps([Rate("A", 1, 5), Rate("B", 2, 4)]) == ["Grade B: step 1 is missing."]


def test_a_difference_names_what_is_new_gone_and_changed():
    before, after = [Rate("A", 1, 300), Rate("A", 2, 400)], [Rate("A", 1, 310), Rate("B", 1, 500)]
    changes = compare(before, after)
    assert changes == [Change("A", 1, 300, 310), Change("A", 2, 400, None), Change("B", 1, None, 500)]
    assert [change.percent for change in changes] == [Fraction(10, 3), None, None]
