"""A changed key: what is marked again as a whole, what by its items alone, and over which denominator."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from app.exams import merit
from app.exams.merit import scoring
from tests.unit.exams.merit.books import ITEMS, book

SECTIONS = """redistribute = "section"
[[component.section]]
name = "x"
[[component.section]]
name = "y"
"""
CODES = ["1", "2", "3", "4"]
PLAIN = tuple(merit.Item(code, ("A",), section=section) for code, section in zip(CODES, "xxyy", strict=True))
SERIES = {"S": merit.Series(order=dict(zip(CODES, CODES[::-1], strict=True)))}
ROWS: list[list[str | None]] = [
    ["A", "B", "A", "C"],
    ["B", "A", "C", None],
    ["A", "A", "A", "A"],
    ["C", "B", "B", "A"],
]
SHEETS = merit.Responses.from_rows(["a", "b", "c", "d"], CODES, ROWS, series=["", "S", "S", ""])


def keyed(items: tuple[merit.Item, ...] = PLAIN, series: Mapping[str, merit.Series] = SERIES) -> merit.Key:
    return merit.Key(1, items, series)


def changed(place: int, **values: object) -> tuple[merit.Item, ...]:
    return tuple(
        replace(item, **values) if position == place else item  # type: ignore[arg-type]
        for position, item in enumerate(PLAIN)
    )


def marks(scores: merit.Scores) -> dict[str, list[Fraction]]:
    return {"": scores.marks.fractions()} | {
        f"section {name}": part.fractions() for name, part in scores.sections.items()
    }


TWO = merit.Scheme(Fraction(2), Fraction(0), Fraction(0))
THIRD = merit.Scheme(Fraction(1), Fraction(-1, 3), Fraction(0))
OWN = {"S": replace(SERIES["S"], items=(merit.Item("3", ("C",), section="y"),))}


@pytest.mark.parametrize(
    ("key", "whole"),
    [
        (keyed(changed(0, accepted=("B",))), False),
        (keyed(changed(3, accepted=("B", "C"), treatment="several")), False),
        (keyed(changed(2, accepted=(), treatment="full-credit-all")), False),
        (keyed(series=OWN), False),
        # another denominator, another maximum, another growth, another section, another order, another series
        (keyed(changed(0, scheme=THIRD)), True),
        (keyed(changed(0, scheme=TWO)), True),
        (keyed(changed(0, accepted=(), treatment="neutralised")), True),
        (keyed(changed(1, section="y")), True),
        (keyed(series={"S": merit.Series(order=dict(zip(CODES, "2143", strict=True)))}), True),
        (keyed(series={**SERIES, "T": merit.Series()}), True),
    ],
)
def test_only_what_changed_is_marked_again_where_the_frame_is_the_same(
    key: merit.Key, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook = merit.rulebook.load(book(ITEMS, SECTIONS))
    before, expected = merit.score(rulebook, keyed(), SHEETS), merit.score(rulebook, key, SHEETS)
    calls, mark_sheets = [], scoring.mark_sheets

    def counted(component: str, *given: Any) -> merit.Scores:
        calls.append(component)
        return mark_sheets(component, *given)

    monkeypatch.setattr(scoring, "mark_sheets", counted)
    again = merit.rescore(before, key)
    assert calls == (["written"] if whole else [])
    assert marks(again) == marks(expected)
    assert (again.component, again.maximum, again.scale) == ("written", expected.maximum, expected.scale)
    assert again.key_digest == key.digest


def test_the_items_of_a_series_grow_by_what_is_neutralised_in_it() -> None:
    rulebook = merit.rulebook.load(book(ITEMS, SECTIONS))
    gone = {"S": replace(SERIES["S"], items=(merit.Item("2", treatment="neutralised", section="x"),))}
    before = merit.score(rulebook, keyed(series=gone), SHEETS)
    # in S item 1, printed as 4, is worth two
    assert before.marks.fractions() == [2, 1, 4, 1]
    key = keyed(changed(0, accepted=("C",)), gone)
    again = merit.rescore(before, key)
    assert again.marks.fractions() == merit.score(rulebook, key, SHEETS).marks.fractions() == [1, 1, 2, 2]


def test_the_denominator_holds_the_marks_of_every_series() -> None:
    rulebook = merit.rulebook.load(book(ITEMS, SECTIONS))
    thirds = changed(0, scheme=THIRD)
    own = {"S": replace(SERIES["S"], items=(replace(PLAIN[0], scheme=None),))}
    assert merit.score(rulebook, keyed(thirds, own), SHEETS).marks.denominator == 3
    one = {"S": replace(SERIES["S"], items=(replace(PLAIN[0], scheme=THIRD),))}
    assert merit.score(rulebook, keyed(series=one), SHEETS).marks.denominator == 3
    assert merit.score(rulebook, keyed(), SHEETS).marks.denominator == 1


def test_marks_are_refused_from_62_bits_on() -> None:
    rulebook = merit.rulebook.load(book(ITEMS))
    sheets = merit.Responses.from_rows(["a"], ["1", "2"], [["A", "A"]])
    sentence = "Marks over the common denominator {} need more than 62 bits."
    for right, other, denominator in ((2**61, 2**61, 1), (2**61, 1, 2), (2**62, 0, 1)):
        wrong = Fraction(0) if denominator == 1 else Fraction(-1, 2)
        items = (
            merit.Item("1", ("A",), scheme=merit.Scheme(Fraction(right), wrong, Fraction(0))),
            merit.Item("2", ("A",), scheme=merit.Scheme(Fraction(other), Fraction(0), Fraction(0))),
        )
        with pytest.raises(merit.MeritError) as found:
            merit.score(rulebook, merit.Key(1, items), sheets)
        assert str(found.value) == sentence.format(denominator)
    items = (
        merit.Item("1", ("A",), scheme=merit.Scheme(Fraction(2**61), Fraction(0), Fraction(0))),
        merit.Item("2", ("A",), scheme=merit.Scheme(Fraction(2**61 - 1), Fraction(0), Fraction(0))),
    )
    assert merit.score(rulebook, merit.Key(1, items), sheets).marks.fractions() == [2**62 - 1]
