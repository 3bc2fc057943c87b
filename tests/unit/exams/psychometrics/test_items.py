"""Item statistics against numbers worked on paper."""

from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest

from app.exams import merit
from app.exams.merit.psychometrics import items, sheets, tally
from app.exams.merit.psychometrics.items import OptionStatistics
from tests.unit.exams.merit.books import ITEMS, book
from tests.unit.exams.psychometrics.small import KEY, RESPONSES, answered


def analysed(outer: Fraction = Fraction(1, 4)) -> items.ItemAnalysis:
    return items.analyse(tally.count(answered()), outer)


def test_an_item_is_described_as_on_paper() -> None:
    item = analysed().item("2")
    assert (item.people, item.blank, item.multiple) == (4, 1, 0)
    assert (item.mean, item.difficulty, item.right) == (Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))
    # Totals 3 2 1 1 against marks 1 1 0 0: covariance 6, spreads 11 and 4, all times n squared.
    assert item.point_biserial == pytest.approx(6 / sqrt(44))
    # Totals of the other items 2 1 1 1: covariance 2, spread 3.
    assert item.corrected_point_biserial == pytest.approx(2 / sqrt(12))
    # The upper quarter is p1, who has it; the lower is half of p3 and half of p4, who have not.
    assert item.discrimination == Fraction(1)


def test_options_are_described_as_on_paper() -> None:
    blank, key, distractor = analysed().item("2").options
    assert key == OptionStatistics(
        "A",
        "key",
        2,
        Fraction(1, 2),
        Fraction(5, 2),
        pytest.approx(6 / sqrt(44)),
        pytest.approx(2 / sqrt(12)),
        Fraction(1),
        Fraction(0),
    )
    # Chosen by p3 alone, total 1, who has 1 on the other items too: 4 x 1 - 1 x 7 and 4 x 1 - 1 x 5.
    assert distractor == OptionStatistics(
        "B",
        "distractor",
        1,
        Fraction(1, 4),
        Fraction(1),
        pytest.approx(-3 / sqrt(33)),
        pytest.approx(-1 / sqrt(9)),
        Fraction(0),
        Fraction(1, 2),
    )
    assert (blank.option, blank.kind, blank.people, blank.lower) == ("", "blank", 1, Fraction(1, 2))


def test_people_of_equal_total_at_the_boundary_count_in_part() -> None:
    item = analysed().item("1")
    # The lower quarter is one person: half of p3, who has the item, and half of p4, who has not.
    assert item.discrimination == Fraction(1) - Fraction(1, 2)
    assert analysed(Fraction(27, 100)).item("1").discrimination == Fraction(1) - Fraction(1, 2)


def test_the_whole_test_is_summed_up() -> None:
    found = analysed()
    assert (found.people, found.mean_total) == (4, Fraction(7, 4))
    assert [item.code for item in found.items] == ["1", "2", "3"]


def test_an_option_nobody_chose_has_no_mean() -> None:
    unused = replace(answered(), options=("", "A", "B"), answers=answered().answers.clip(max=1))
    option = items.analyse(tally.count(unused)).item("1").options[2]
    assert (option.people, option.mean_total, option.point_biserial) == (0, None, None)


def test_several_marks_on_the_paper_are_a_kind_of_their_own() -> None:
    marked = sheets.of_key(KEY, RESPONSES, multiple=["B"])
    item = items.analyse(tally.count(marked)).item("3")
    assert [(row.option, row.kind) for row in item.options] == [
        ("", "blank"),
        ("A", "key"),
        ("B", "multiple"),
    ]
    assert item.multiple == 2


def test_partial_credit_is_a_kind_of_its_own() -> None:
    key = merit.Key(1, (merit.Item("1", credits=(("A", "1"), ("B", "1/2"))), *KEY.items[1:]))
    scored = merit.Responses.from_rows(["p1", "p2"], ["1", "2", "3"], [["A", "A", "A"], ["B", "B", "B"]])
    scores = merit.score(merit.rulebook.load(book(ITEMS)), key, scored)
    item = items.analyse(tally.count(sheets.of_scores(scores))).item("1")
    assert [row.kind for row in item.options] == ["blank", "key", "partial"]
    assert (item.mean, item.difficulty, item.right) == (Fraction(3, 4), Fraction(3, 4), Fraction(1, 2))


def test_an_item_that_gives_nothing_has_no_difficulty() -> None:
    key = merit.Key(1, (merit.Item("1", treatment="neutralised"), *KEY.items[1:]))
    item = items.analyse(tally.count(sheets.of_key(key, RESPONSES))).item("1")
    assert (item.difficulty, item.discrimination, item.point_biserial, item.right) == (
        None,
        None,
        None,
        Fraction(0),
    )
    assert {row.kind for row in item.options} == {"blank", "distractor"}


def test_very_large_marks_lose_nothing() -> None:
    large = answered()
    scale = 2**58
    scaled = replace(large, marks=large.marks * scale, totals=large.totals * scale)
    assert items.analyse(tally.count(scaled)).item("2") == replace(
        items.analyse(tally.count(large)).item("2"),
        mean=Fraction(scale, 2),
        options=tuple(
            replace(row, mean_total=None if row.mean_total is None else row.mean_total * scale)
            for row in items.analyse(tally.count(large)).item("2").options
        ),
    )


@pytest.mark.parametrize("outer", [Fraction(0), Fraction(51, 100), Fraction(-1, 4)])
def test_an_impossible_outer_group_is_refused(outer: Fraction) -> None:
    with pytest.raises(merit.MeritError, match=r"take from above 0 to 1/2\.$"):
        analysed(outer)


def test_the_outer_groups_are_27_of_100_unless_asked_otherwise() -> None:
    rows = [[int(level == 7), level - int(level == 7)] for level in range(10)]
    item = items.analyse(tally.count(sheets.of_marks(["x", "y"], rows))).item("x")
    # Of ten people 2.7 are in the upper group: those with 9, with 8, and 0.7 of the one with 7, who has x.
    assert item.options[2].upper == Fraction(7, 27)


def test_every_option_that_gives_marks_counts_for_the_item() -> None:
    key = merit.Key(1, (merit.Item("1", ("A",), credits=(("B", "1/2"),)), merit.Item("2", ("A",))))
    rows = [["A", "A"], ["B", "A"], ["B", "B"], ["C", "B"]]
    responses = merit.Responses.from_rows(["p1", "p2", "p3", "p4"], ["1", "2"], rows)
    scores = merit.score(merit.rulebook.load(book(ITEMS)), key, responses)
    item = items.analyse(tally.count(sheets.of_scores(scores)), Fraction(1, 4)).item("1")
    # In halves 2 1 1 0 against totals 4 3 1 0: covariance 4 x 12 - 4 x 8, spreads 4 x 6 - 16, 4 x 26 - 64.
    assert item.point_biserial == pytest.approx(16 / sqrt(8 * 40))
    # Without the item the totals are 2 2 0 0: 4 x 6 - 4 x 4 against 4 x 8 - 16.
    assert item.corrected_point_biserial == pytest.approx(8 / sqrt(8 * 16))
    assert (item.mean, item.difficulty, item.right) == (Fraction(1, 2), Fraction(1, 2), Fraction(1, 4))
    assert item.discrimination == 1


def test_discrimination_adds_what_every_option_gives() -> None:
    key = merit.Key(1, (merit.Item("1", ("A",), credits=(("B", "1/2"),)), merit.Item("2", ("A",))))
    rows = [["A", "A"], ["B", "A"], ["C", "B"], ["C", "B"]]
    responses = merit.Responses.from_rows(["p1", "p2", "p3", "p4"], ["1", "2"], rows)
    scores = merit.score(merit.rulebook.load(book(ITEMS)), key, responses)
    # the upper half has one mark and a half, the lower nothing
    analysed_half = items.analyse(tally.count(sheets.of_scores(scores)), Fraction(1, 2))
    assert analysed_half.item("1").discrimination == Fraction(3, 4)


@pytest.mark.parametrize("outer", [Fraction(0), Fraction(-1, 4), Fraction(2, 3)])
def test_an_outer_group_is_some_and_at_most_half(outer: Fraction) -> None:
    with pytest.raises(merit.MeritError) as refused:
        analysed(outer)
    assert str(refused.value) == (
        f"An outer group of {outer} of the people is none; take from above 0 to 1/2."
    )
