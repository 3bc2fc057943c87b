"""Rules tried out in a sandbox, kept columns ranked again, pages of a list, and what moves between two."""

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from app.exams import merit
from tests.unit.exams.merit.books import book

OFFICE = """
[[component]]
name = "written"
title = "Written test"
kind = "mark"
maximum = "100"
weight = "60"
minimum = "40"
[[component]]
name = "interview"
title = "Interview"
kind = "mark"
maximum = "100"
weight = "40"
absent = "zero"
[total]
scale = "100"
minimum = "50"
decision = { places = 1 }
display = { places = 1 }
[[preference]]
claim = "veteran"
title = "Veteran"
kind = "points"
points = "5"
citation = "Test rules 2"
[order]
[[order.key]]
by = "total"
[[order.key]]
by = "attribute.applied"
first = "earliest"
"""
PEOPLE: list[dict[str, Any]] = [
    {"id": "b", "marks": {"written": 90, "interview": 20}, "attributes": {"applied": date(2026, 1, 2)}},
    {"id": "a", "marks": {"written": 40, "interview": 95}, "attributes": {"applied": date(2026, 1, 1)}},
    {"id": "d", "marks": {"written": 39, "interview": 99}, "attributes": {"applied": None}},
    {
        "id": "c",
        "marks": {"written": 60, "interview": None},
        "claims": ["veteran"],
        "attributes": {"applied": date(2026, 1, 2)},
    },
]


def office() -> merit.Rulebook:
    return merit.rulebook.load(book(OFFICE))


def listed(rulebook: merit.Rulebook, people: list[dict[str, Any]] = PEOPLE) -> merit.MeritList:
    return merit.rank(rulebook, merit.Candidates.of(people), list_id="x")


def standings(listing: merit.MeritList) -> list[tuple[str, int | None, str]]:
    return [(row.candidate_id, row.rank, row.score) for row in listing.rows]


EVEN: dict[tuple[str, ...], Any] = {
    ("component", "written", "weight"): "50",
    ("component", "interview", "weight"): "50",
}


def test_other_weights_and_minima_make_another_list() -> None:
    rulebook = office()
    before = [("a", 1, "62.0"), ("b", 1, "62.0"), ("c", None, "36.0"), ("d", None, "63.0")]
    assert [(one, score) for one, _, score in standings(listed(rulebook))] == [
        (one, score) for one, _, score in before
    ]
    tried = merit.adjust(rulebook, {**EVEN, ("component", "written", "minimum"): None})
    assert standings(listed(tried)) == [
        ("d", 1, "69.0"), ("a", 2, "67.5"), ("b", 3, "55.0"), ("c", None, "30.0"),
    ]  # fmt: skip
    lower = merit.adjust(rulebook, {("total", "minimum"): "36"})
    assert [row.candidate_id for row in listed(lower).rows if row.passed] == ["a", "b", "c"]
    more = merit.adjust(rulebook, {("preference", "veteran", "points"): "10", ("total", "minimum"): "36"})
    assert listed(more).row("c").score == "46.0"
    first = merit.adjust(rulebook, {("order", "key", "attribute.applied", "first"): "latest"})
    assert standings(listed(first))[:2] == [("b", 1, "62.0"), ("a", 2, "62.0")]


def test_trying_out_leaves_the_rulebook_as_it_was_and_has_a_digest_of_its_own() -> None:
    rulebook = office()
    tried = merit.adjust(rulebook, EVEN)
    assert tried.digest != rulebook.digest
    assert rulebook.data == office().data
    assert merit.adjust(rulebook, {}).digest == rulebook.digest
    back: dict[tuple[str, ...], Any] = {
        ("component", "written", "weight"): "60",
        ("component", "interview", "weight"): "40",
    }
    assert merit.adjust(tried, back).digest == rulebook.digest
    text = book(OFFICE).replace('weight = "60"', 'weight = "50"').replace('weight = "40"', 'weight = "50"')
    assert tried == merit.rulebook.load(text)


def test_a_table_that_was_not_written_can_be_added() -> None:
    added = {"reach": "people", "per_vacancy": "3", "citation": "Test rules 3"}
    tried = merit.adjust(office(), {("certification", name): value for name, value in added.items()})
    certificate = merit.certify(tried, listed(tried).eligibles(), issued_on=date(2026, 2, 1))
    assert [name.candidate_id for name in certificate.names] == ["a", "b"]
    assert merit.adjust(office(), {("seats", "citation"): None}).seats is None


def test_what_the_rules_do_not_allow_is_refused_with_their_sentence() -> None:
    with pytest.raises(merit.RulebookError) as found:
        merit.adjust(office(), {("component", "written", "weight"): "70"})
    with pytest.raises(merit.RulebookError) as expected:
        merit.rulebook.load(book(OFFICE).replace('weight = "60"', 'weight = "70"'))
    sentences = [problem.sentence for problem in found.value.problems]
    assert sentences == [problem.sentence for problem in expected.value.problems]
    assert str(found.value).startswith("test, line 1: ")
    assert "110" in sentences[0]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("component", "oral", "weight"), "The rulebook has no 'oral' for component.oral.weight."),
        (("total", "scale", "places"), "total.scale.places is no value of the rulebook."),
        (("total", "scale", "places", "x"), "The rulebook has no 'places' for total.scale.places.x."),
        (("component", "written"), "component.written is no value of the rulebook."),
        (("order", "key", "nobody", "by"), "The rulebook has no 'nobody' for order.key.nobody.by."),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path: tuple[str, ...], said: str) -> None:
    with pytest.raises(merit.MeritError) as found:
        merit.adjust(office(), {path: "1"})
    assert str(found.value) == said


KINDS: list[dict[str, Any]] = [
    {
        "id": "z",
        "marks": {"written": "70.5", "interview": "1/3"},
        "claims": ["veteran"],
        "attributes": {"applied": date(2026, 1, 2), "part": Fraction(1, 3), "name": "Ünal", "seen": 3},
    },
    {
        "id": "y",
        "marks": {"written": None, "interview": 7},
        "attributes": {"applied": None, "part": 2, "name": None, "seen": None, "nothing": None},
    },
]


def test_kept_columns_come_back_as_they_were() -> None:
    candidates = merit.Candidates.of(KINDS, maxima={"other": "12.5"}, key_digests={"written": "ab"})
    kept = merit.pack(candidates)
    again = merit.unpack(kept)
    assert again.digest == candidates.digest
    assert merit.pack(again) == kept
    assert (
        merit.pack(merit.Candidates.of(KINDS[::-1], maxima={"other": "12.5"}, key_digests={"written": "ab"}))
        == kept
    )
    assert again.ids.tolist() == ["y", "z"]
    assert {name: marks.fractions() for name, marks in again.marks.items()} == {
        "written": [0, Fraction(141, 2)],
        "interview": [7, Fraction(1, 3)],
    }
    assert {name: flags.tolist() for name, flags in again.claims.items()} == {"veteran": [False, True]}
    assert {name: flags.tolist() for name, flags in again.absent.items()} == {
        "written": [True, False],
        "interview": [False, False],
    }
    assert again.attributes == {
        "applied": [None, date(2026, 1, 2)],
        "part": [2, Fraction(1, 3)],
        "name": [None, "Ünal"],
        "seen": [None, 3],
        "nothing": [None, None],
    }
    assert [type(value) for value in again.attributes["part"]] == [int, Fraction]
    assert again.maxima == {"other": Fraction(25, 2)}
    assert again.key_digests == {"written": "ab"}


def test_a_list_from_kept_columns_is_the_list() -> None:
    listing = listed(office())
    again = merit.rank(office(), merit.unpack(merit.pack(listing.candidates)), list_id="x")
    assert (again.inputs_digest, again.digest) == (listing.inputs_digest, listing.digest)
    assert standings(again) == standings(listing)


def test_nobody_can_be_kept_too() -> None:
    nobody = merit.unpack(merit.pack(merit.Candidates.of([])))
    assert len(nobody) == 0
    assert nobody.digest == merit.Candidates.of([]).digest


@pytest.mark.parametrize("values", [(1.5, 2), ("x", 1), (date(2026, 1, 1), "x"), (True, False)])
def test_an_attribute_that_cannot_be_put_in_order_is_not_kept(values: tuple[Any, Any]) -> None:
    rows = [{"id": str(place), "attributes": {"seen": value}} for place, value in enumerate(values)]
    with pytest.raises(merit.InputError) as found:
        merit.pack(merit.Candidates.of(rows))
    assert str(found.value) == (
        "candidates, column seen: it must hold dates, whole numbers, fractions or texts."
    )


def test_a_page_is_a_part_of_the_rows() -> None:
    listing = listed(office())
    rows = listing.rows
    assert [row.position for row in rows] == [1, 2, 3, 4]
    for start in range(5):
        for stop in range(start, 7):
            assert listing.page(start, stop) == rows[start:stop]
    assert [listing.row(row.candidate_id) for row in rows] == list(rows)
    assert listing.page(4, 9) == ()


def test_a_row_tells_which_gates_were_not_met_in_their_order() -> None:
    people = [
        {"id": "a", "marks": {"written": 39, "interview": 0}},
        {"id": "b", "marks": {"written": 100, "interview": 100}},
        {"id": "c", "marks": {"written": 40, "interview": 0}},
    ]
    for one in people:
        one["attributes"] = {"applied": date(2026, 1, 1)}
    rows = listed(office(), people).rows
    assert {row.candidate_id: row.failed for row in rows} == {
        "a": ("Written test", "total"),
        "b": (),
        "c": ("total",),
    }


def test_movement_counts_scores_ranks_and_who_passes() -> None:
    before, rulebook = listed(office()), office()
    after = listed(
        merit.adjust(
            rulebook, {**EVEN, ("component", "written", "minimum"): None, ("total", "minimum"): "60"}
        )
    )
    moved = merit.movement(before, after)
    assert moved.ids.tolist() == ["a", "b", "c", "d"]
    assert moved.rank_before.tolist() == [1, 2, 0, 0]
    assert moved.rank_after.tolist() == [2, 0, 0, 1]
    assert moved.score_before.tolist() == ["62.0", "62.0", "36.0", "63.0"]
    assert moved.score_after.tolist() == ["67.5", "55.0", "30.0", "69.0"]
    assert (len(moved), moved.scores, moved.ranks, moved.now_pass, moved.now_fail) == (4, 4, 3, 1, 1)
    back = merit.movement(after, before)
    assert (back.scores, back.ranks, back.now_pass, back.now_fail) == (4, 3, 1, 1)
    lower = listed(
        merit.adjust(rulebook, {("total", "minimum"): "62.5", ("component", "written", "weight"): "60"})
    )
    assert [merit.movement(before, lower).now_fail, merit.movement(lower, before).now_pass] == [2, 2]
    assert [merit.movement(before, lower).now_pass, merit.movement(lower, before).now_fail] == [0, 0]
    assert merit.movement(before, before).moved() == ()
    assert moved.moved() == merit.differences(before, after)
    assert moved.moved()[1:3] == (
        merit.Moved("b", 2, None, "62.0", "55.0"),
        merit.Moved("c", None, None, "36.0", "30.0"),
    )


def test_people_of_one_list_only_have_neither_rank_nor_score_in_the_other() -> None:
    before, after = listed(office(), PEOPLE[:2]), listed(office(), PEOPLE[1:3])
    assert merit.differences(before, after) == (
        merit.Moved("b", 2, None, "62.0", None),
        merit.Moved("d", None, None, None, "63.0"),
    )
    moved = merit.movement(before, after)
    assert (len(moved), moved.scores, moved.ranks, moved.now_pass, moved.now_fail) == (3, 2, 1, 0, 1)


def test_a_rank_may_move_though_the_score_stays_and_the_reverse() -> None:
    people = [
        {"id": "a", "marks": {"written": 100, "interview": 100}, "attributes": {"applied": date(2026, 1, 1)}},
        {"id": "b", "marks": {"written": 80, "interview": 80}, "attributes": {"applied": date(2026, 1, 1)}},
        {"id": "c", "marks": {"written": 70, "interview": 70}, "attributes": {"applied": date(2026, 1, 1)}},
    ]
    lower = [people[0] | {"marks": {"written": 75, "interview": 75}}, people[1], people[2]]
    assert merit.differences(listed(office(), people), listed(office(), lower)) == (
        merit.Moved("a", 1, 2, "100.0", "75.0"),
        merit.Moved("b", 2, 1, "80.0", "80.0"),
    )
    less = [people[0] | {"marks": {"written": 99, "interview": 99}}, people[1], people[2]]
    assert merit.differences(listed(office(), people), listed(office(), less)) == (
        merit.Moved("a", 1, 1, "100.0", "99.0"),
    )


def test_marks_and_ids_of_many_people_come_back() -> None:
    dice = np.random.default_rng(11)
    ids = [f"n{number:04d}" for number in dice.permutation(500)]
    marks = {name: merit.Marks(dice.integers(0, 401, 500), 4) for name in ("written", "interview")}
    claims = {"veteran": dice.random(500) < 0.3}
    applied = [date(2026, 1, 1 + int(day)) for day in dice.integers(0, 28, 500)]
    candidates = merit.Candidates(ids, marks, claims, {"applied": applied})  # type: ignore[arg-type]
    again = merit.unpack(merit.pack(candidates))
    one, other = (merit.rank(office(), table, list_id="x") for table in (candidates, again))
    assert one.digest == other.digest
    assert [row.candidate_id for row in one.rows] == [row.candidate_id for row in other.rows]
