"""How far raters agree: against figures worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from app.exams.agreement import rules
from app.exams.agreement.rules import Given, Scale
from app.exams.assignments.states import Turn

SCALE = [Scale("c", "Content", 4)]


def given(*rows: tuple[str, dict[str, int]]) -> list[Given]:
    return [
        Given(script, rater, Turn.FIRST, "c", units) for script, own in rows for rater, units in own.items()
    ]


def test_a_rater_who_always_gives_one_more_is_named():
    marks = given(*((str(place), {"a": place % 4 + 1, "b": place % 4}) for place in range(12)))
    generous, strict = rules.severities(rules.totals(marks), 4, 1)
    assert (generous.rater, generous.scripts, generous.difference, generous.stands_out) == ("a", 12, 1, True)
    assert (strict.rater, strict.difference) == ("b", -1)
    assert strict.sentence == "Gives 1.0 points less than others who rated the same scripts."
    assert not strict.is_small


def test_kappa_by_criterion_is_that_of_the_table():
    # 2 agreements on 0, 2 on 4, 1 each way apart by the whole scale: observed 4/6, expected 1/2
    rows = [(0, 0), (0, 0), (4, 4), (4, 4), (0, 4), (4, 0)]
    marks = given(*((str(place), {"a": one, "b": other}) for place, (one, other) in enumerate(rows)))
    (found,) = rules.by_criterion(marks, SCALE)
    assert (found.pairs, found.same, found.plain) == (6, Fraction(2, 3), Fraction(1, 3))
    assert found.quadratic == Fraction(1, 3)
    assert found.is_small
    assert rules.strength(found.quadratic) == "fair"


def test_further_ratings_are_left_out_and_no_spread_is_no_figure():
    marks = given(("1", {"a": 2, "b": 2}), ("2", {"a": 2, "b": 2}))
    marks.append(Given("1", "z", Turn.FURTHER, "c", 4))
    (found,) = rules.by_criterion(marks, SCALE)
    assert (found.pairs, found.plain) == (2, None)
    assert rules.overall(rules.totals(marks), 2) is None
    assert {one.rater for one in rules.severities(rules.totals(marks), 4, 1)} == {"a", "b"}
