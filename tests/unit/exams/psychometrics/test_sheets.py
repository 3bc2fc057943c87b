"""Answers and what they earn."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from app.exams import merit
from app.exams.merit.psychometrics import sheets
from tests.unit.exams.merit.books import ITEMS, book
from tests.unit.exams.psychometrics.small import KEY, RESPONSES, ROWS, answered

CODES = ["1", "2", "3"]


def test_right_answers_are_counted() -> None:
    found = answered()
    assert found.item_codes == ("1", "2", "3")
    assert found.options == ("", "A", "B")
    assert found.marks.tolist() == [[0, 1, 0]] * 3
    assert found.totals.tolist() == [3, 2, 1, 1]
    assert found.earned([0, 2]).tolist() == [2, 1, 1, 1]


def test_several_keys_and_treatments_earn_what_the_item_gives() -> None:
    key = merit.Key(
        1,
        (
            merit.Item("1", ("A", "B"), "several"),
            merit.Item("2", treatment="full-credit-answered"),
            merit.Item("3", treatment="neutralised"),
        ),
    )
    found = sheets.of_key(key, RESPONSES)
    assert found.marks.tolist() == [[0, 1, 1], [0, 1, 1], [0, 0, 0]]
    assert found.totals.tolist() == [2, 2, 2, 1]


def test_the_marks_that_decide_keep_penalties_and_fractions() -> None:
    rules = book(ITEMS, 'marks = { wrong = "-1/3" }\n')
    scores = merit.score(merit.rulebook.load(rules), KEY, RESPONSES)
    found = sheets.of_scores(scores)
    assert found.denominator == 3
    assert found.marks.tolist() == [[0, 3, -1]] * 3
    assert [Fraction(int(total), 3) for total in found.totals] == scores.marks.fractions()


def test_more_answers_than_a_small_counter_holds_are_added_up() -> None:
    codes = [f"i{number}" for number in range(300)]
    found = sheets.of_marks(codes, [[1] * 300, [0] * 300, [None] * 300])
    assert found.totals.tolist() == [300, 0, 0]


def test_marks_are_options_of_themselves() -> None:
    found = sheets.of_marks(["a", "b"], [[2, 0], [None, 5]])
    assert found.options == ("", "2", "0", "5")
    assert found.marks.tolist() == [[0, 2, 0, 5]] * 2
    assert found.totals.tolist() == [2, 5]


@pytest.fixture
def in_two_series() -> tuple[merit.Key, merit.Responses]:
    """Series S shows the items in another order: its first place holds item 3."""
    key = merit.Key(1, KEY.items, {"S": merit.Series({"1": "3", "2": "1", "3": "2"})})
    turned = [row if number < 2 else [row[2], row[0], row[1]] for number, row in enumerate(ROWS)]
    return key, merit.Responses.from_rows(["p1", "p2", "p3", "p4"], CODES, turned, series=["", "", "S", "S"])


def test_booklet_series_are_turned_back_into_the_order_of_the_key(
    in_two_series: tuple[merit.Key, merit.Responses],
) -> None:
    found, plain = sheets.of_key(*in_two_series), answered()
    names, others = np.array(found.options), np.array(plain.options)
    assert names[found.answers].tolist() == others[plain.answers].tolist()
    assert found.totals.tolist() == [3, 2, 1, 1]


def test_one_series_can_be_taken_alone(in_two_series: tuple[merit.Key, merit.Responses]) -> None:
    assert sheets.of_key(*in_two_series, series="S").totals.tolist() == [1, 1]
    assert sheets.of_key(*in_two_series, series="").totals.tolist() == [3, 2]


def test_series_with_items_of_their_own_are_analysed_by_themselves(
    in_two_series: tuple[merit.Key, merit.Responses],
) -> None:
    key, responses = in_two_series
    own = replace(key, series={"S": replace(key.series["S"], items=(merit.Item("2", ("B",)),))})
    with pytest.raises(merit.InputError) as refused:
        sheets.of_key(own, responses)
    assert str(refused.value) == (
        "answer sheets: booklet series 'S' has items of its own; analyse each series by itself."
    )
    assert sheets.of_key(own, responses, series="S").totals.tolist() == [2, 1]


def test_what_a_series_neutralises_makes_its_other_items_grow() -> None:
    own = {"S": merit.Series(items=(merit.Item("1", treatment="neutralised"),))}
    key = merit.Key(1, KEY.items, own)
    everybody = merit.Responses.from_rows(["p1", "p2"], CODES, ROWS[:2], series=["S", "S"])
    scores = merit.score(merit.rulebook.load(book(ITEMS)), key, everybody)
    found = sheets.of_scores(scores)
    assert (found.denominator, found.marks.tolist()) == (2, [[0, 0, 0], [0, 3, 0], [0, 3, 0]])
    assert [Fraction(int(total), 2) for total in found.totals] == scores.marks.fractions()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: sheets.of_key(merit.Key(1, KEY.items[:2]), RESPONSES),
            "answer sheets, column 3: the item is missing from the key.",
        ),
        (
            lambda: sheets.of_key(merit.Key(1, (*KEY.items, merit.Item("4", ("A",)))), RESPONSES),
            "answer sheets, column 4: the item is missing from the answer sheets.",
        ),
        (
            lambda: sheets.of_key(KEY, RESPONSES, series="Z"),
            "answer sheets: the key has no booklet series 'Z'.",
        ),
        (
            lambda: sheets.of_key(KEY, RESPONSES, multiple=["*"]),
            "answer sheets: no sheet has the answer '*' for several marks.",
        ),
        (
            lambda: sheets.of_marks(["a"], [[1], [-1]]),
            "marks, row 2, column a: -1 is no whole mark from 0 up.",
        ),
        (
            lambda: sheets.of_marks(["a"], [[True]]),
            "marks, row 1, column a: True is no whole mark from 0 up.",
        ),
        (
            lambda: sheets.of_marks(["a", "b"], [[1, 1], [1]]),
            "responses, row 2: it has 1 answers for 2 items.",
        ),
        (
            lambda: sheets.of_marks(["a"], []),
            "answer sheets: there must be at least one item and one person.",
        ),
        (
            lambda: replace(answered(), item_codes=("1",)),
            "answer sheets: there are 1 codes for 3 items.",
        ),
        (
            lambda: replace(answered(), totals=np.zeros(3, dtype=np.int64)),
            "answer sheets: marks and totals do not fit the answers.",
        ),
        (
            lambda: replace(answered(), marks=np.zeros((3, 2), dtype=np.int64), options=("", "A")),
            "answer sheets: an answer is none of the 2 options.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_its_place(call, sentence: str) -> None:
    with pytest.raises(merit.InputError) as refused:
        call()
    assert str(refused.value) == sentence
