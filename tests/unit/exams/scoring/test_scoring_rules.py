"""From inputs to stored rows, and what a change of key moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.exams import merit
from app.exams.scoring.rules import Effect, Inputs, compare, entries, order_key, rank
from app.platform.errors import Conflict
from tests.unit.exams.books import OPEN_BOOK

OPEN = merit.rulebook.load(OPEN_BOOK)
CITY = merit.rulebook.in_force("city-civil-service", dt.date(2026, 11, 9))
CODES = ("1", "2", "3")
INPUTS = Inputs(
    OPEN, "EX-1", CODES, ("C1", "C2", "C3"), (("A", "A", "B"), ("A", "A", "A"), ("", "*", "A")), {}, {}, {}
)


def key(*right: str) -> merit.Key:
    return merit.Key(1, tuple(merit.Item(code, (answer,)) for code, answer in zip(CODES, right, strict=True)))


def stored(ranked, place):
    """Give what is stored of the entry at a place."""
    return dict(enumerate((values for _, values in entries(ranked)), start=1))[place]


def test_an_entry_holds_whole_units_and_their_arithmetic():
    values = stored(rank(INPUTS, key("A", "A", "A"), ""), 2)
    derivation = values.pop("derivation")
    assert values == {
        "place": 2,
        "rank": 2,
        "marks": 200,
        "preference": 0,
        "final": 200,
        "denominator": 3,
        "is_passed": True,
        "has_preference": False,
        "tier": 1,
        "category": "",
    }
    assert (derivation["score"], derivation["above"], derivation["below"]) == ("66.667", "100.000", "33.333")
    assert (derivation["tied"], derivation["order_key"]) == (0, "")


def test_a_blank_and_a_double_mark_earn_nothing_here():
    derivation = stored(rank(INPUTS, key("A", "A", "A"), ""), 3)["derivation"]
    assert [step[1:4] for step in derivation["steps"] if step[0] == "items"] == [
        ["right answers", "1", "1 × 1 = 1"],
        ["blank answers", "0", "1 × 0 = 0"],
        ["wrong answers", "0", "1 × 0 = 0"],
    ]


def test_the_key_that_breaks_a_tie_is_named():
    applied = {
        number: {"applied_on": dt.date(2026, 11, day)} for number, day in (("C1", 12), ("C2", 10), ("C3", 12))
    }
    same = replace(INPUTS, book=CITY, sheets=(("A", "A", "A"),) * 3, attributes=applied)
    listing = rank(same, key("A", "A", "A"), "a public seed").listing
    assert [row.rank for row in listing.rows] == [1, 1, 1]
    assert listing.rows[0].candidate_id == "C2"
    assert [order_key(listing, place) for place in (1, 2, 3, 4)] == ["", "earlier application", "lot", ""]


def test_what_a_change_of_key_moves():
    before, after = rank(INPUTS, key("A", "A", "A"), ""), rank(INPUTS, key("A", "A", "B"), "")
    assert compare(before, after) == Effect(people=3, scores=3, ranks=2, now_pass=0, now_fail=0)
    assert compare(before, before) == Effect(people=3, scores=0, ranks=0, now_pass=0, now_fail=0)


def test_who_passes_by_a_change_is_counted():
    applied = {number: {"applied_on": dt.date(2026, 11, 10)} for number in INPUTS.numbers}
    inputs = replace(INPUTS, book=CITY, attributes=applied)
    before, after = rank(inputs, key("A", "A", "A"), "seed"), rank(inputs, key("A", "A", "B"), "seed")
    assert compare(before, after) == Effect(people=3, scores=3, ranks=2, now_pass=1, now_fail=1)


def test_what_the_core_refuses_is_a_conflict_in_words():
    with pytest.raises(Conflict, match=r"The list cannot be made\. .*applied_on"):
        rank(replace(INPUTS, book=CITY), key("A", "A", "A"), "a seed")
    with pytest.raises(Conflict, match="the item is missing from the key"):
        rank(INPUTS, merit.Key(1, (merit.Item("1", ("A",)), merit.Item("2", ("A",)))), "")
