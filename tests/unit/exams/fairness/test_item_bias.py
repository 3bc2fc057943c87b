"""Differential item functioning against numbers worked on paper."""

from math import log, sqrt

import pytest

from app.exams import merit
from app.exams.merit.fairness import item_bias
from app.exams.merit.psychometrics import sheets


def people(*groups: tuple[int, list[int]]) -> list[list[int]]:
    """Repeat each row of marks as often as said."""
    return [row for times, row in groups for _ in range(times)]


# Item b is right where a is wrong, so that item c alone makes two totals, 1 and 2. In the reference group a
# is right 6 and wrong 2 times at the lower total, 4 and 4 times at the higher.
REFERENCE = people((6, [1, 0, 0]), (2, [0, 1, 0]), (4, [1, 0, 1]), (4, [0, 1, 1]))
FOCAL = people((3, [1, 0, 0]), (5, [0, 1, 0]), (2, [1, 0, 1]), (6, [0, 1, 1]))
SHEETS = sheets.of_marks(["a", "b", "c"], REFERENCE + FOCAL)
MEMBERS = [False] * 16 + [True] * 16


def test_an_item_is_compared_at_each_total() -> None:
    found = item_bias.differential_items(SHEETS, MEMBERS).items[0]
    # Tables 6 2 / 3 5 at total 1 and 4 4 / 2 6 at total 2, 16 people each.
    favour, against = (6 * 5 + 4 * 6) / 16, (2 * 3 + 4 * 2) / 16
    odds = favour / against
    excess = (6 - 8 * 9 / 16) + (4 - 8 * 6 / 16)
    spread = (8 * 8 * 9 * 7 + 8 * 8 * 6 * 10) / (16 * 16 * 15)
    terms = (30 + odds * 6) * (11 + odds * 5) + (24 + odds * 8) * (10 + odds * 6)
    assert (found.code, found.people) == ("a", 32)
    assert found.odds_ratio == pytest.approx(odds)
    assert found.delta == pytest.approx(-2.35 * log(odds))
    assert found.chi_square == pytest.approx((excess - 0.5) ** 2 / spread)
    assert found.error == pytest.approx(2.35 * sqrt(terms / 16**2 / 2) / favour)
    assert (found.size, found.grade) == ("C", "A")
    assert found.sentence == "Among people of equal total, both groups find this item about equally hard."


def test_the_other_direction_is_the_inverse() -> None:
    one = item_bias.differential_items(SHEETS, MEMBERS)
    other = item_bias.differential_items(SHEETS, [not member for member in MEMBERS])
    assert (one.reference_people, one.focal_people) == (16, 16)
    for here, there in zip(one.items[:2], other.items[:2], strict=True):
        assert here.odds_ratio == pytest.approx(1 / (there.odds_ratio or 0))
        assert here.chi_square == pytest.approx(there.chi_square)


def test_an_item_equal_totals_decide_says_nothing() -> None:
    found = item_bias.differential_items(SHEETS, MEMBERS).items[2]
    assert (found.odds_ratio, found.delta, found.chi_square, found.grade) == (None, None, None, "")
    assert found.sentence == (
        "People of equal total in both groups are too few, or answered alike, so nothing can be said."
    )


def test_a_large_difference_is_said_in_words() -> None:
    many = sheets.of_marks(["a", "b", "c"], 20 * REFERENCE + 20 * FOCAL)
    member = [False] * 320 + [True] * 320
    found = item_bias.differential_items(many, member).items
    assert [item.grade for item in found] == ["C", "C", ""]
    assert found[0].sentence == (
        "Among people of equal total this item is much harder for the focal group: the odds of a right "
        "answer are 3.9 times as high in the reference group. Let people who know both groups read it."
    )
    assert found[1].sentence == (
        "Among people of equal total this item is much harder for the reference group: the odds of a right "
        "answer are 3.9 times as high in the focal group. Let people who know both groups read it."
    )


def test_a_moderate_difference_is_said_so() -> None:
    # Odds 5 to 3 against 4 to 4.
    reference, focal = people((200, [1, 0]), (120, [0, 1])), people((160, [1, 0]), (160, [0, 1]))
    answered = sheets.of_marks(["a", "b"], reference + focal)
    found = item_bias.differential_items(answered, [False] * 320 + [True] * 320).items[0]
    assert (found.size, found.grade) == ("B", "B")
    assert found.sentence == (
        "Among people of equal total this item is moderately harder for the focal group: the odds of a right "
        "answer are 1.7 times as high in the reference group. Let people who know both groups read it."
    )


def test_totals_that_one_person_alone_has_are_left_out() -> None:
    lone = sheets.of_marks(["a", "b", "c"], [*REFERENCE, [1, 1, 1], *FOCAL])
    found = item_bias.differential_items(lone, [False] * 17 + [True] * 16).items[0]
    assert found == item_bias.differential_items(SHEETS, MEMBERS).items[0]


def test_people_can_be_matched_by_some_items() -> None:
    found = item_bias.differential_items(SHEETS, MEMBERS, anchors=["c"])
    assert (found.anchors, found.rounds, found.settled) == (("c",), 0, True)
    # At a total of 1 of items a and c, 6 have a right and 4 wrong, in the focal group 3 and 6.
    assert found.items[0].odds_ratio == pytest.approx(6 * 6 / (4 * 3))


def test_flagged_items_are_taken_out_of_the_anchors_until_nothing_changes() -> None:
    many = sheets.of_marks(["a", "b", "c"], 20 * REFERENCE + 20 * FOCAL)
    member = [False] * 320 + [True] * 320
    first = item_bias.differential_items(many, member)
    assert (first.anchors, first.rounds, first.settled) == (("a", "b", "c"), 0, False)
    freed = item_bias.differential_items(many, member, rounds=5)
    assert (freed.anchors, freed.rounds) == (("c",), 1)


def test_named_anchors_are_never_joined_by_others() -> None:
    found = item_bias.differential_items(SHEETS, MEMBERS, anchors=["b", "c"], rounds=5)
    assert set(found.anchors) <= {"b", "c"}


@pytest.mark.parametrize(
    ("delta", "error", "p", "size", "grade"),
    [
        (0.99, 0.0, 0.0, "A", "A"),
        (1.0, 0.1, 0.049, "B", "B"),
        (-1.49, 0.01, 0.01, "B", "B"),
        (1.5, 0.3, 0.01, "C", "C"),
        (-1.5, 0.31, 0.01, "C", "B"),
        (-3.0, 0.1, 0.05, "C", "A"),
    ],
)
def test_grades_ask_for_size_and_significance(
    delta: float, error: float, p: float, size: str, grade: str
) -> None:
    assert (item_bias.size_of(delta), item_bias.grade_of(delta, error, p, 0.05)) == (size, grade)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: item_bias.differential_items(SHEETS, [True]),
            "groups: there are 1 of them for 32 people.",
        ),
        (lambda: item_bias.differential_items(SHEETS, [True] * 32), "Both groups need people."),
        (lambda: item_bias.differential_items(SHEETS, [False] * 32), "Both groups need people."),
        (
            lambda: item_bias.differential_items(SHEETS, MEMBERS, anchors=["z"]),
            "answer sheets, column z: there is no such item.",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(call, sentence: str) -> None:
    with pytest.raises(merit.MeritError) as refused:
        call()
    assert str(refused.value) == sentence
