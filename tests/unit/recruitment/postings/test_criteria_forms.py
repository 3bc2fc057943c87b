"""The list of requirements is put in order without being saved."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from app.recruitment.postings.criteria_forms import MOST, Line, lines_of, lines_sent, rearrange

A, B, C = (Line("skill", name) for name in "ABC")


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("up-1", [B, A, C]),
        ("down-1", [A, C, B]),
        ("up-0", [A, B, C]),
        ("down-2", [A, B, C]),
        ("remove-0", [B, C]),
        ("add", [A, B, C, Line()]),
        ("remove-9", [A, B, C]),
        ("up-99", [A, B, C]),
        ("up-x", [A, B, C]),
        ("", [A, B, C]),
        ("remove-0; drop", [A, B, C]),
    ],
)
def test_what_each_button_does(act: str, expected: list[Line]):
    assert rearrange([A, B, C], act) == expected


def test_there_is_a_most():
    full = [A] * MOST
    assert rearrange(full, "add") == full


def test_lines_come_in_order_of_their_numbers_and_odd_names_are_left_out():
    sent = MultiDict(
        {
            "statement-10": "last",
            "statement-2": "first",
            "kind-2": "skill",
            "statement-x": "odd",
            "weight-2": "w",
        }
    )
    assert lines_sent(sent) == [Line("skill", "first", "w"), Line("", "last", "essential")]


def test_without_requirements_one_empty_line_is_shown():
    assert lines_of([]) == [Line()]
