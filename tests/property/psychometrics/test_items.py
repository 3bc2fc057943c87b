"""Item statistics and reliability against slow sentences, person by person."""

from fractions import Fraction
from math import sqrt
from statistics import correlation, pvariance, variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams import merit
from app.exams.merit.psychometrics import items, reliability, sheets, tally

OPTIONS = ("", "A", "B", "C")
KEYED = ("A", "B", "A", "C")


@st.composite
def answer_rows(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 4))
    row = st.lists(st.sampled_from(OPTIONS), min_size=width, max_size=width)
    return draw(st.lists(row, min_size=2, max_size=12))


def sheet(rows: list[list[str]]) -> sheets.Sheets:
    codes = [str(column) for column in range(len(rows[0]))]
    key = merit.Key(1, tuple(merit.Item(code, (KEYED[int(code)],)) for code in codes))
    people = [str(person) for person in range(len(rows))]
    return sheets.of_key(key, merit.Responses.from_rows(people, codes, rows))


def pearson(one: list[int], other: list[int]) -> object:
    """Correlate by the standard library, None where one side is the same for everybody."""
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    return pytest.approx(correlation(one, other), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(answer_rows())
def test_items_are_what_person_by_person_counting_gives(rows: list[list[str]]) -> None:
    found = items.analyse(tally.count(sheet(rows)))
    right = [[int(answer == KEYED[column]) for column, answer in enumerate(row)] for row in rows]
    totals = [sum(row) for row in right]
    for column, item in enumerate(found.items):
        mine = [row[column] for row in right]
        rest = [total - own for total, own in zip(totals, mine, strict=True)]
        assert item.right == Fraction(sum(mine), len(rows))
        assert item.blank == sum(row[column] == "" for row in rows)
        assert item.point_biserial == pearson(mine, totals)
        assert item.corrected_point_biserial == pearson(mine, rest)
        for option in item.options:
            chosen = [int(row[column] == option.option) for row in rows]
            assert option.people == sum(chosen)
            assert option.point_biserial == pearson(chosen, totals)
            assert option.corrected_point_biserial == pearson(chosen, rest)
            reached = [total for total, one in zip(totals, chosen, strict=True) if one]
            assert option.mean_total == (Fraction(sum(reached), len(reached)) if reached else None)


def outer_group(totals: list[int], size: Fraction, mark: list[int]) -> Fraction:
    """Average the mark of the `size` lowest totals; equal totals share the last places equally."""
    left, earned = size, Fraction(0)
    for level in sorted(set(totals)):
        there = [own for total, own in zip(totals, mark, strict=True) if total == level]
        taken = min(left, Fraction(len(there)))
        earned += taken * Fraction(sum(there), len(there))
        left -= taken
    return earned / size


@settings(max_examples=60, deadline=None)
@given(answer_rows(), st.fractions(Fraction(1, 20), Fraction(1, 2), max_denominator=20))
def test_discrimination_is_the_upper_less_the_lower_group(rows: list[list[str]], share: Fraction) -> None:
    found = items.analyse(tally.count(sheet(rows)), share)
    right = [[int(answer == KEYED[column]) for column, answer in enumerate(row)] for row in rows]
    totals = [sum(row) for row in right]
    for column, item in enumerate(found.items):
        mine = [row[column] for row in right]
        lower = outer_group(totals, share * len(rows), mine)
        upper = outer_group([-total for total in totals], share * len(rows), mine)
        if item.discrimination is not None:
            assert item.discrimination == upper - lower
        assert sum(option.upper for option in item.options) == 1
        assert sum(option.lower for option in item.options) == 1


@settings(max_examples=40, deadline=None)
@given(answer_rows().flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_people_changes_nothing(both: tuple[list[list[str]], list[list[str]]]) -> None:
    before, after = (tally.count(sheet(rows)) for rows in both)
    assert items.analyse(before) == items.analyse(after)


MARKS = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=10)


@settings(max_examples=80, deadline=None)
@given(MARKS)
def test_alpha_is_its_definition(rows: list[list[int]]) -> None:
    totals = [sum(row) for row in rows]
    counted = tally.count(sheets.of_marks(["a", "b", "c"], rows))
    if len(set(totals)) < 2:
        with pytest.raises(merit.MeritError):
            reliability.reliability(counted)
        return
    found = reliability.reliability(counted)
    parts = sum(pvariance([Fraction(row[item]) for row in rows]) for item in range(3))
    assert found.alpha == Fraction(3, 2) * (1 - parts / pvariance([Fraction(total) for total in totals]))
    assert found.alpha <= 1
    assert float(found.deviation) == pytest.approx(sqrt(variance(totals)))
    assert float(found.error) == pytest.approx(sqrt(variance(totals) * float(1 - found.alpha)))
    for item, code in enumerate(("a", "b", "c")):
        others = [[mark for place, mark in enumerate(row) if place != item] for row in rows]
        if len({sum(row) for row in others}) > 1:
            shorter = reliability.reliability(tally.count(sheets.of_marks(["x", "y"], others)))
            assert found.alpha_without[code] == shorter.alpha


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.integers(2, 6))
def test_copies_of_one_item_are_perfectly_consistent(marks: list[int], copies: int) -> None:
    if len(set(marks)) < 2:
        return
    codes = [str(copy) for copy in range(copies)]
    answered = sheets.of_marks(codes, [[mark] * copies for mark in marks])
    found = reliability.reliability(tally.count(answered))
    assert (found.alpha, found.error) == (1, 0)
    assert reliability.split_half(answered).correlation == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(MARKS)
def test_a_test_made_longer_by_itself_follows_the_prophecy(rows: list[list[int]]) -> None:
    """Parallel forms: with k parallel items, alpha is the prophecy of their mean correlation."""
    one, other = [row[0] for row in rows], [row[1] for row in rows]
    # Marks x y and y x are parallel: equal means and spreads, and one correlation.
    parallel = [[x, y] for x, y in zip(one + other, other + one, strict=True)]
    if len(set(one + other)) < 2 or len({x + y for x, y in parallel}) < 2:
        return
    found = reliability.reliability(tally.count(sheets.of_marks(["a", "b"], parallel)))
    together = correlation([x for x, _ in parallel], [y for _, y in parallel])
    if together > -0.99:
        assert float(found.alpha) == pytest.approx(reliability.prophecy(together, 2), abs=1e-9)
