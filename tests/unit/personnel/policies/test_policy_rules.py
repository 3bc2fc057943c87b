"""The marks of a policy's text, what a comparison shows, and when somebody is reminded."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.policies import rules
from app.personnel.policies.markup import Block, Change, compare, parse
from app.platform.errors import Conflict, Invalid

TEXT = """# Purpose
Telework serves
the work.

## Who
- Everybody
- after probation
1. Ask.
2) Wait.
-not an item
"""


def test_a_text_is_cut_into_its_blocks():
    assert parse(TEXT) == [
        Block("h2", ("Purpose",)),
        Block("p", ("Telework serves the work.",)),
        Block("h3", ("Who",)),
        Block("ul", ("Everybody", "after probation")),
        Block("ol", ("Ask.", "Wait.")),
        Block("p", ("-not an item",)),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# Only\n## headings", "   "])
def test_a_text_without_a_paragraph_is_refused(text):
    with pytest.raises(Invalid):
        rules.check_text(text)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[a](javascript:x)", "{{ 7*7 }}", "### deep"])
def test_other_marks_are_text(text):
    assert parse(text) == [Block("p", (text,))]


def test_a_comparison_names_what_was_added_and_removed():
    assert compare("One.\n\nTwo.\nThree.", "One.\nTwo and a half.\nThree.\nFour.") == [
        Change("same", "One."),
        Change("removed", "Two."),
        Change("added", "Two and a half."),
        Change("same", "Three."),
        Change("added", "Four."),
    ]


@pytest.mark.parametrize(
    ("left", "reminder"), [(30, None), (8, None), (7, 7), (2, 7), (1, 1), (0, 1), (-1, -1), (-90, -1)]
)
def test_reminders(left, reminder):
    assert rules.reminder_of(left) == reminder


def test_who_is_hired_later_has_later_to_read():
    first, later = dt.date(2026, 2, 1), dt.date(2026, 2, 20)
    assert rules.due_on(first, first, dt.date(2020, 1, 1), 28) == dt.date(2026, 3, 1)
    assert rules.due_on(first, later, dt.date(2020, 1, 1), 9) == dt.date(2026, 3, 1)
    assert rules.due_on(first, first, later, 9) == dt.date(2026, 3, 1)


def test_a_day_of_effect_is_not_in_the_past_nor_before_the_version_before():
    today = dt.date(2026, 11, 20)
    rules.check_effective(today, None, today)
    for day, before in ((today - dt.timedelta(days=1), None), (today, today + dt.timedelta(days=1))):
        with pytest.raises(Invalid):
            rules.check_effective(day, before, today)


def test_who_wrote_does_not_approve():
    rules.demand_second_person("acc_b", "acc_a", None)
    for actor in ("acc_a", None):
        with pytest.raises(Conflict):
            rules.demand_second_person(actor, "acc_a", None)
