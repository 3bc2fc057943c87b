from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.sandboxes import rules
from app.platform.errors import Invalid

BOOK = next(book for book in merit.rulebook.shipped() if book.name == "plain-office")
CITY = next(book for book in merit.rulebook.shipped() if book.name == "city-civil-service")


def ranked(book, changes=None):
    people = [
        {"id": f"C-{place}", "marks": dict(zip(names(book), marks, strict=True))}
        for place, marks in enumerate([(80, 50), (60, 90), (45, 70), (70, 70), (70, 70)])
    ]
    maxima = {part.name: 100 for part in book.components if part.maximum is None}
    tried = merit.adjust(book, changes) if changes else book
    return merit.rank(
        tried, merit.Candidates.of(people, maxima=maxima), list_id="EX", seed="public seed", facts={}
    )


def names(book):
    return [part.name for part in book.components][:2]


def test_weights_minimums_and_the_total_can_be_tried():
    assert [(dial.label.split()[0], dial.path[-1], dial.now) for dial in rules.dials(BOOK)] == [
        ("Weight", "weight", "60"),
        ("Least", "minimum", "40"),
        ("Weight", "weight", "40"),
        ("Least", "minimum", "40"),
        ("Least", "minimum", "60"),
    ]


def test_the_weight_of_a_single_component_cannot_be_tried():
    assert [dial.name for dial in rules.dials(CITY)] == ["minimum_0", "pass_mark"]


def test_only_what_differs_from_the_rulebook_is_changed():
    known = rules.dials(BOOK)
    now = {dial.name: Decimal(dial.now) for dial in known}
    assert rules.changes(known, now) == {}
    typed = now | {known[0].name: Decimal("50.00"), known[2].name: Decimal(50), known[1].name: None}
    assert rules.changes(known, typed) == {known[0].path: "50", known[2].path: "50", known[1].path: None}
    with pytest.raises(Invalid) as refused:
        rules.changes(known, now | {known[0].name: None})
    assert list(refused.value.fields) == [known[0].name]


def test_rows_stand_beside_the_real_list():
    known = rules.dials(BOOK)
    real = ranked(BOOK)
    tried = ranked(BOOK, {known[0].path: "20", known[2].path: "80", known[4].path: "62"})
    rows = rules.page(real, tried, 0)
    assert (rows[0].number, rows[0].rank, rows[0].rank_now, rows[0].tied) == ("C-1", 1, 1, 0)
    by_number = {row.number: row for row in rows}
    assert by_number["C-0"].rank is None
    assert by_number["C-0"].moved is None
    lots = {number: by_number[number].order_key for number in ("C-3", "C-4")}
    assert sorted(lots.values()) == ["", BOOK.order.keys[-1].title]
    entering, leaving = rules.moved_in_and_out(real, tried, 5)
    assert ("C-2" in entering, "C-0" in leaving) == (by_number["C-2"].rank_now is None, True)
    assert rules.page(real, tried, 4)[0].place == 5
    assert rules.page(real, tried, 5) == []


def test_groups_are_counted_and_small_ones_left_out():
    real = ranked(BOOK)
    members = {"a": ["C-0", "C-1"], "b": ["C-2", "C-3", "C-4"]}
    assert [(one.name, one.applicants) for one in rules.groups(real, members)] == [("a", 2), ("b", 3)]
    assert rules.compared(real, real, members, 3) == []
    shares = rules.compared(real, real, members, 2)
    assert [(one.group, one.people, one.now == one.then) for one in shares] == [
        ("a", 2, True),
        ("b", 3, True),
    ]
    assert all(isinstance(one.now, Fraction) for one in shares)
