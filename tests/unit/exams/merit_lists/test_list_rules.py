"""What may be drafted, approved and published, and the distribution that a page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from app.exams.merit_lists import rules
from app.exams.merit_lists.rules import Class, Sealed
from app.exams.merit_lists.states import ListState, move
from app.platform.errors import Conflict, Invalid

SEALED = Sealed(inputs="i", rows="r", rulebook="b", key_version="k", responses="f")


def test_a_draft_needs_everything_and_a_correction_its_reason():
    rules.check_draft([], None, False, "")
    rules.check_draft([], None, True, "The key of item 4 was wrong.")
    with pytest.raises(Conflict, match="The key has to be approved first"):
        rules.check_draft(["The key has to be approved first."], None, False, "")
    with pytest.raises(Conflict, match="already draft"):
        rules.check_draft([], ListState.DRAFT, False, "")
    with pytest.raises(Invalid) as refused:
        rules.check_draft([], None, True, " ")
    assert list(refused.value.fields) == ["reason"]


def test_a_draw_needs_a_seed_worth_the_name():
    assert rules.check_seed("", False) == ""
    assert rules.check_seed("unused but typed", False) == ""
    assert rules.check_seed("12345678", True) == "12345678"
    with pytest.raises(Invalid) as refused:
        rules.check_seed("1234567", True)
    assert list(refused.value.fields) == ["seed"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("rulebook", "the rulebook"),
        ("key_version", "the key in force"),
        ("responses", "the imported answers"),
        ("inputs", "the answers, claims or applications"),
        ("rows", "the ranks"),
    ],
)
def test_any_difference_blocks_and_is_named(field, words):
    rules.check_same(SEALED, replace(SEALED))
    with pytest.raises(Conflict, match=f"{words} changed since"):
        rules.check_same(SEALED, replace(SEALED, **{field: "other"}))


def test_a_changed_added_or_missing_entry_blocks():
    rows = [{"number": "C1", "rank": 1}, {"number": "C2", "rank": 2}]
    rules.check_rows(rows, list(rows))
    with pytest.raises(Conflict, match="candidate C2 was changed"):
        rules.check_rows([rows[0], {"number": "C2", "rank": 1}], rows)
    for stored in (rows[:1], [*rows, {"number": "C3", "rank": 3}]):
        with pytest.raises(Conflict, match="added to or taken from"):
            rules.check_rows(stored, rows)


def test_who_drafts_does_not_approve():
    rules.demand_second_person("acc_b", "acc_a")
    rules.demand_second_person("acc_b", None)
    for actor, drafter in (("acc_a", "acc_a"), (None, "acc_a"), (None, None)):
        with pytest.raises(Conflict, match="a second person has to approve"):
            rules.demand_second_person(actor, drafter)


def test_a_list_is_in_force_through_its_last_day():
    last = dt.date(2027, 11, 20)
    assert rules.is_in_force(ListState.PUBLISHED, last, last)
    assert rules.is_in_force(ListState.PUBLISHED, None, last)
    assert not rules.is_in_force(ListState.PUBLISHED, last, last + dt.timedelta(days=1))
    assert not rules.is_in_force(ListState.SUPERSEDED, last, last)


def test_states_follow_their_table():
    assert move(ListState.DRAFT, ListState.APPROVED) is ListState.APPROVED
    for now, to in (
        (ListState.DRAFT, ListState.PUBLISHED),
        (ListState.PUBLISHED, ListState.DISCARDED),
        (ListState.SUPERSEDED, ListState.APPROVED),
    ):
        with pytest.raises(Conflict, match=f"{now.value} and cannot become {to.value}"):
            move(now, to)


def test_the_distribution_has_round_classes_and_everybody():
    assert rules.histogram([]) == []
    assert rules.histogram([(Fraction(7), 3)]) == [Class("7", 3)]
    scores = [(Fraction(193, 3), 2), (Fraction(70), 1), (Fraction(105), 4)]
    bars = rules.histogram(scores)
    assert bars == [
        Class("60", 2),
        Class("65", 0),
        Class("70", 1),
        Class("75", 0),
        Class("80", 0),
        Class("85", 0),
        Class("90", 0),
        Class("95", 0),
        Class("100", 0),
        Class("105", 4),
    ]
    wide = rules.histogram([(Fraction(-3), 1), (Fraction(4000), 1)])
    assert len(wide) <= rules.CLASSES
    assert sum(bar.count for bar in wide) == 2
    assert (wide[0].label, wide[-1].label) == ("-500", "4000")
