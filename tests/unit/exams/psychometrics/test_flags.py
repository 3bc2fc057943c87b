"""What is said of an item that should be looked at."""

from fractions import Fraction

import pytest

from app.exams.merit.psychometrics import flags, items, sheets, tally
from app.exams.merit.psychometrics.flags import Flag


def option(name: str, kind: str, people: int, corrected: float | None) -> items.OptionStatistics:
    return items.OptionStatistics(
        name,
        kind,
        people,
        Fraction(people, 100),
        Fraction(10),
        corrected,
        corrected,
        Fraction(0),
        Fraction(0),
    )


def item(**changes) -> items.ItemStatistics:
    """An item that nothing is wrong with, but for the changes."""
    good = {
        "code": "1",
        "people": 100,
        "blank": 0,
        "multiple": 0,
        "mean": Fraction(1, 2),
        "difficulty": Fraction(1, 2),
        "right": Fraction(1, 2),
        "point_biserial": 0.5,
        "corrected_point_biserial": 0.4,
        "discrimination": Fraction(1, 2),
        "options": (
            option("", "blank", 0, None),
            option("A", "key", 50, 0.4),
            option("B", "distractor", 50, -0.4),
        ),
    }
    return items.ItemStatistics(**(good | changes))


def test_a_good_item_is_left_alone() -> None:
    assert flags.look(item()) == ()


def test_a_wrong_direction_is_named_once_and_first() -> None:
    found = flags.look(item(corrected_point_biserial=-0.12, discrimination=Fraction(-1, 10)))
    assert found == (
        Flag(
            "negative-discrimination",
            "People who did well on the other items did worse on this one (corrected point-biserial -0.12). "
            "Check the key first, then the wording.",
        ),
    )


def test_a_distractor_better_than_the_key_is_named() -> None:
    options = (
        option("A", "key", 50, 0.04),
        option("B", "distractor", 30, 0.2),
        option("C", "distractor", 20, 0),
    )
    assert flags.look(item(options=options)) == (
        Flag(
            "distractor-better-than-key",
            "Choosing 'B', which is marked wrong, goes together with doing well on the other items more than "
            "choosing the key does (correlation 0.20 against 0.04; 30 people chose it). "
            "The key may be wrong, or two options may be right.",
        ),
    )


@pytest.mark.parametrize(
    ("people", "pull", "codes"),
    [
        (5, 0.5, ["distractor-better-than-key"]),
        (4, 0.5, ["rare-distractor"]),
        (5, 0.4, []),
        (5, None, []),
    ],
)
def test_a_few_choosers_prove_nothing(people: int, pull: float | None, codes: list[str]) -> None:
    options = (option("A", "key", 90, 0.4), option("B", "distractor", people, pull))
    assert [flag.code for flag in flags.look(item(options=options))] == codes


def test_where_nobody_chose_the_key_any_drawing_distractor_is_named() -> None:
    options = (
        option("A", "key", 0, None),
        option("B", "distractor", 90, 0.1),
        option("C", "distractor", 10, -0.1),
    )
    found = flags.look(item(options=options))
    assert [flag.code for flag in found] == ["distractor-better-than-key"]


@pytest.mark.parametrize(
    ("difficulty", "flag"),
    [
        (Fraction(95, 100), None),
        (
            Fraction(96, 100),
            Flag("too-easy", "Nearly everybody got it right: 96.0 % of what it can give was earned."),
        ),
        (Fraction(20, 100), None),
        (Fraction(19, 100), Flag("too-hard", "Few got it right: 19.0 % of what it can give was earned.")),
    ],
)
def test_the_limits_of_difficulty_are_within(difficulty: Fraction, flag: Flag | None) -> None:
    assert flags.look(item(difficulty=difficulty)) == ((flag,) if flag else ())


def test_a_weak_item_and_a_rare_distractor_are_named_last() -> None:
    options = (
        option("A", "key", 96, 0.3),
        option("B", "distractor", 4, -0.3),
        option("C", "distractor", 0, None),
        option("D", "distractor", 5, -0.3),
    )
    assert flags.look(item(discrimination=Fraction(19, 100), options=options)) == (
        Flag(
            "weak-discrimination",
            "It hardly tells good candidates from weak ones: the upper group earned only 19.0 % more of its "
            "marks than the lower group.",
        ),
        Flag("rare-distractor", "Fewer than 5.0 % chose 'B', 'C', so it does little to test anybody."),
    )
    assert flags.look(item(discrimination=Fraction(20, 100))) == ()


def test_no_direction_is_no_wrong_direction() -> None:
    assert flags.look(item(corrected_point_biserial=0.0)) == ()
    weak = flags.look(item(corrected_point_biserial=0.0, discrimination=Fraction(0)))
    assert [flag.code for flag in weak] == ["weak-discrimination"]


def test_limits_are_a_choice() -> None:
    strict = flags.Limits(easiest=Fraction(1, 3), weakest=Fraction(3, 5))
    assert [flag.code for flag in flags.look(item(), strict)] == ["too-easy", "weak-discrimination"]


def test_an_item_that_tells_nobody_apart_says_so() -> None:
    alike = items.analyse(tally.count(sheets.of_marks(["a", "b"], [[1, 1], [1, 0]]))).item("a")
    assert flags.look(alike) == (
        Flag("no-difference", "Everybody earned the same with this item, so it tells nobody apart."),
    )
    assert flags.look(item(difficulty=None, point_biserial=None)) == (
        Flag("not-scored", "This item earns nobody anything, so nothing can be said of it."),
    )
