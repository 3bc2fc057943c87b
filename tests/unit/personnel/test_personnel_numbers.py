"""Numbers of employees and cases show a slip of the pen."""

from __future__ import annotations

from app.notices.numbers import check_digit
from app.personnel.discipline.rules import case_number
from app.personnel.employees.rules import employee_number, search_text
from app.personnel.letters import title_of


def test_numbers_are_padded_and_end_in_a_check_digit():
    assert employee_number(1) == "E-000001-8"
    assert employee_number(1_234_567) == f"E-1234567-{check_digit('31234567')}"
    assert case_number(2, 2026) == "D-2026-000002-0"


def test_each_single_wrong_digit_is_seen():
    number = employee_number(4711).replace("E", "").replace("-", "")
    for place in range(len(number)):
        for digit in "0123456789":
            slipped = number[:place] + digit + number[place + 1 :]
            assert (check_digit("3" + slipped) == 0) == (slipped == number)


def test_search_text_leaves_out_what_is_not_known():
    assert search_text("E-1", "Dana OKAFOR", None) == "e-1 dana okafor"


def test_a_person_signs_under_the_highest_office():
    assert title_of(["hr_officer", "appointing_authority"]) == "Appointing authority"
    assert title_of(["supervisor", "applicant"]) == "Supervisor"
    assert title_of([]) == "Officer"
