"""What keys, sheets and candidates refuse, and where they say it is."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from app.exams import merit
from tests.unit.exams.merit.books import ITEMS, WRITTEN, book

BOOK = merit.rulebook.load(book(ITEMS))
MARKED = merit.rulebook.load(book(WRITTEN))
KEY = merit.Key(1, (merit.Item("1", ("A",)), merit.Item("2", ("B",))))


def sheets(ids: list[str], codes: list[str], rows: list[list[str | None]]) -> merit.Responses:
    return merit.Responses.from_rows(ids, codes, rows)


@pytest.mark.parametrize(
    ("ids", "codes", "rows", "sentence"),
    [
        (["a", "a"], ["1"], [["A"], ["A"]], "responses, row a: the candidate id stands in it twice."),
        (["a", ""], ["1"], [["A"], ["A"]], "responses: a candidate id is empty."),
        (["a"], ["1", "1"], [["A", "B"]], "responses, row 1: the item code stands in it twice."),
        (["a"], ["1"], [["A", "B"]], "responses, row a: it has 2 answers for 1 items."),
        (["a", "b"], ["1"], [["A"]], "responses: there are 1 rows for 2 candidates."),
    ],
)
def test_sheets_are_refused_with_their_row(
    ids: list[str], codes: list[str], rows: list[list[str | None]], sentence: str
) -> None:
    with pytest.raises(merit.InputError) as caught:
        sheets(ids, codes, rows)
    assert str(caught.value) == sentence


def test_columns_must_be_as_long_as_the_list_of_candidates() -> None:
    with pytest.raises(merit.InputError, match="responses, column 1: it has 1 answers for 2 candidates"):
        merit.Responses.from_columns(["a", "b"], {"1": ["A"]})


@pytest.mark.parametrize(
    ("answers", "series", "sentence"),
    [
        (np.zeros((2, 1), np.uint8), (), "there must be one answer for each item and candidate"),
        (np.full((1, 1), 3, np.uint8), (), "an answer is no index into the 2 options"),
        (np.zeros((1, 1), np.uint8), ("", "B"), "there must be one booklet series for each candidate"),
    ],
)
def test_a_raw_matrix_is_checked(answers: np.ndarray, series: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(merit.InputError, match=sentence):
        merit.Responses(np.array(["a"]), ("1",), ("", "A"), answers, series)


def test_ids_must_be_text() -> None:
    with pytest.raises(merit.InputError, match="every candidate id must be text"):
        merit.Responses(np.array([1]), ("1",), ("",), np.zeros((1, 1), np.uint8))
    as_objects = np.array(["a"], dtype=object)
    assert len(merit.Responses(as_objects, ("1",), ("",), np.zeros((1, 1), np.uint8))) == 1


def test_a_single_answer_can_be_asked_for() -> None:
    responses = sheets(["a"], ["1", "2"], [["A", None]])
    assert (responses.answer("a", "1"), responses.answer("a", "2")) == ("A", None)
    with pytest.raises(merit.InputError, match="responses, row z: there is no such candidate"):
        responses.answer("z", "1")
    with pytest.raises(merit.InputError, match="responses, column 9: there is no such item"):
        responses.answer("a", "9")


@pytest.mark.parametrize("many", [255, 256, 257, 300])
def test_hundreds_of_different_answers_are_kept_apart(many: int) -> None:
    ids = [f"c{number}" for number in range(many)]
    responses = merit.Responses.from_columns(ids, {"1": [f"word {number}" for number in range(many)]})
    scores = merit.score(BOOK, merit.Key(1, (merit.Item("1", (f"word {many - 1}",)),)), responses)
    assert scores.marks.fractions() == [*[Fraction(0)] * (many - 1), Fraction(1)]
    assert responses.answer(ids[-1], "1") == f"word {many - 1}"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: merit.Item("1"), "key, row 1: a normal item needs exactly one accepted option."),
        (
            lambda: merit.Item("1", ("A",), "several"),
            "key, row 1: a several item needs two or more accepted options.",
        ),
        (lambda: merit.Item("1", ("A", "A"), "several"), "key, row 1: an option is accepted twice."),
        (lambda: merit.Item("1", ("A",), "free"), "key, row 1: treatment 'free' is none of"),
        (lambda: merit.Key(1, ()), "key: it has no items."),
        (lambda: merit.Key(1, (KEY.items[0], KEY.items[0])), "key, row 1: the item stands in it twice."),
        (
            lambda: merit.Key(1, KEY.items, {"B": merit.Series({"1": "2"})}),
            "series B: its order must name each item of the key exactly once.",
        ),
        (
            lambda: merit.Key(1, KEY.items, {"B": merit.Series(items=(merit.Item("9", ("A",)),))}),
            "series B, row 9: the key has no such item.",
        ),
        (lambda: KEY.replacing(merit.Item("9", ("A",))), "key, row 9: the key has no such item."),
    ],
)
def test_keys_are_refused_with_their_item(make: object, sentence: str) -> None:
    with pytest.raises(merit.InputError) as caught:
        make()  # type: ignore[operator]
    assert str(caught.value).startswith(sentence)


def test_key_and_sheets_must_have_the_same_items() -> None:
    with pytest.raises(merit.InputError, match="column 2: the item is missing from the answer sheets"):
        merit.score(BOOK, KEY, sheets(["a"], ["1"], [["A"]]))
    with pytest.raises(merit.InputError, match="column 3: the item is missing from the key"):
        merit.score(BOOK, KEY, sheets(["a"], ["1", "2", "3"], [["A", "B", "C"]]))
    strange = merit.Responses.from_rows(["a"], ["1", "2"], [["A", "B"]], series=["B"])
    with pytest.raises(merit.InputError, match="the key has no booklet series 'B'"):
        merit.score(BOOK, KEY, strange)


def test_a_series_is_marked_by_its_own_order_and_items() -> None:
    language = merit.Series(items=(merit.Item("2", treatment="full-credit-all"),))
    key = merit.Key(1, KEY.items, {"B": merit.Series({"1": "2", "2": "1"}), "hi": language})
    responses = merit.Responses.from_rows(
        ["a", "b", "c"], ["1", "2"], [["A", "B"], ["B", "A"], [None, None]], series=["", "B", "hi"]
    )
    scores = merit.score(BOOK, key, responses)
    assert scores.marks.fractions() == [2, 2, 1]
    listing = merit.rank(BOOK, merit.Candidates.from_scores(scores), list_id="x")
    steps = [step.arithmetic for step in merit.explain(listing, "c", scores).steps if step.stage == "items"]
    assert steps == ["1 × 1 = 1", "1 × 0 = 0"]


def test_no_exam_is_marked_when_every_item_is_neutralised() -> None:
    key = merit.Key(1, (merit.Item("1", treatment="neutralised"),))
    with pytest.raises(merit.MeritError, match="Every item of the key is neutralised"):
        merit.score(BOOK, key, sheets(["a"], ["1"], [["A"]]))


def test_marks_that_need_too_many_bits_are_refused_when_the_key_is_loaded() -> None:
    primes = ["1/1000003", "1/1000033", "1/1000037", "1/1000039"]
    items = tuple(
        merit.Item(str(place), ("A",), scheme=merit.Scheme(merit.fraction(prime)))
        for place, prime in enumerate(primes)
    )
    with pytest.raises(merit.MeritError, match="need more than 62 bits"):
        merit.score(BOOK, merit.Key(1, items), sheets(["a"], ["0", "1", "2", "3"], [["A"] * 4]))


def test_a_component_must_be_named_where_it_is_not_plain() -> None:
    with pytest.raises(merit.MeritError, match="not exactly one component of items"):
        merit.score(MARKED, KEY, sheets(["a"], ["1", "2"], [["A", "B"]]))
    with pytest.raises(merit.MeritError, match="'written' is not made of items"):
        merit.score(MARKED, KEY, sheets(["a"], ["1", "2"], [["A", "B"]]), component="written")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [{"id": "a", "marks": {"written": 101}}],
            "candidates, row a, column written: 101 is above the maximum of 100.",
        ),
        (
            [{"id": "a", "marks": {"written": "1/3"}}],
            "candidates, row a, column written: 1/3 has more than 2 decimals.",
        ),
        ([{"id": "a"}], "candidates, column written: the rulebook needs marks of this component."),
        ([{"id": "a"}, {"id": "a"}], "candidates, row a: the candidate id stands in it twice."),
    ],
)
def test_candidates_are_refused_with_row_and_column(rows: list[dict[str, object]], sentence: str) -> None:
    with pytest.raises(merit.InputError) as caught:
        merit.rank(MARKED, merit.Candidates.of(rows), list_id="x")
    assert str(caught.value) == sentence
    assert caught.value.table == "candidates"


def test_columns_of_candidates_have_one_length() -> None:
    with pytest.raises(merit.InputError, match="column written: it has 2 values for 1 people"):
        merit.Candidates(np.array(["a"]), {"written": merit.Marks.of([1, 2])})


def test_claims_and_attributes_of_strangers_are_refused() -> None:
    scores = merit.score(BOOK, KEY, sheets(["a"], ["1", "2"], [["A", "B"]]))
    with pytest.raises(merit.InputError, match="claims, row z: there is no such candidate"):
        merit.Candidates.from_scores(scores, claims={"z": ["v"]})
    with pytest.raises(merit.InputError, match="attributes, row z: there is no such candidate"):
        merit.Candidates.from_scores(scores, attributes={"z": {"age": 3}})


def test_the_maximum_of_items_comes_from_the_key() -> None:
    stored = merit.Candidates.of([{"id": "a", "marks": {"written": 1}}])
    with pytest.raises(
        merit.InputError, match="its maximum is known neither from the rulebook nor from a key"
    ):
        merit.rank(BOOK, stored, list_id="x")


ORDERED = """
[order]
key = [{{ by = "total" }}, {{ by = "{by}", first = "earliest" }}]
"""


def test_keys_of_the_order_must_be_among_the_inputs() -> None:
    rows = [{"id": "a", "marks": {"written": 1}, "attributes": {"odd": 1.5, "mixed": 1}}]
    rows.append({"id": "b", "marks": {"written": 1}, "attributes": {"odd": 1.5, "mixed": "x"}})
    for by, sentence in (
        ("attribute.none", "column none: the rulebook breaks ties by it"),
        ("section.written.s", "column written.s: the rulebook breaks ties by it"),
        ("attribute.odd", "column odd: it must hold dates, whole numbers, fractions or texts"),
        ("attribute.mixed", "column mixed: it mixes kinds of values"),
    ):
        loaded = merit.rulebook.load(book(WRITTEN, ORDERED.format(by=by)))
        with pytest.raises(merit.InputError, match=sentence):
            merit.rank(loaded, merit.Candidates.of(rows), list_id="x")


def test_missing_values_of_a_tie_key_stand_last() -> None:
    loaded = merit.rulebook.load(book(WRITTEN, ORDERED.format(by="attribute.born")))
    born = {"a": None, "b": date(2000, 1, 2), "c": date(2000, 1, 1)}
    rows = [{"id": name, "marks": {"written": 5}, "attributes": {"born": day}} for name, day in born.items()]
    listing = merit.rank(loaded, merit.Candidates.of(rows), list_id="x")
    assert [row.candidate_id for row in listing.rows] == ["c", "b", "a"]
    nobody = [{"id": "a", "marks": {"written": 5}, "attributes": {"born": None}}]
    assert merit.rank(loaded, merit.Candidates.of(nobody), list_id="x").rows[0].rank == 1


def test_whole_numbers_and_fractions_stand_in_one_order() -> None:
    text = '[order]\nkey = [{ by = "total" }, { by = "attribute.years", first = "highest" }]\n'
    years: dict[str, object] = {"a": 1, "b": Fraction(3, 2), "c": 2, "d": Fraction(1, 2)}
    rows = [
        {"id": name, "marks": {"written": 5}, "attributes": {"years": had}} for name, had in years.items()
    ]
    listing = merit.rank(merit.rulebook.load(book(WRITTEN, text)), merit.Candidates.of(rows), list_id="x")
    assert [row.candidate_id for row in listing.rows] == ["c", "b", "a", "d"]


def test_claims_sections_and_components_can_break_ties() -> None:
    text = '[order]\nkey = [{ by = "total" }, { by = "claim.local" }, { by = "section.written.s" }]\n'
    loaded = merit.rulebook.load(book(WRITTEN, text))
    rows = [
        {"id": "a", "marks": {"written": 5, "written.s": 1}},
        {"id": "b", "marks": {"written": 5, "written.s": 2}},
        {"id": "c", "marks": {"written": 5, "written.s": 0}, "claims": ["local"]},
    ]
    listing = merit.rank(loaded, merit.Candidates.of(rows), list_id="x")
    assert [row.candidate_id for row in listing.rows] == ["c", "b", "a"]
    assert merit.explain(listing, "a").decided_by == "section.written.s"


def test_a_list_has_no_stranger() -> None:
    listing = merit.rank(MARKED, merit.Candidates.of([{"id": "a", "marks": {"written": 5}}]), list_id="x")
    with pytest.raises(merit.InputError, match="merit list, row z: there is no such candidate"):
        listing.row("z")


def test_an_empty_list_is_a_list() -> None:
    listing = merit.rank(MARKED, merit.Candidates.of([{"id": "a", "marks": {"written": None}}]), list_id="x")
    assert (len(listing), listing.passed_count, listing.eligibles()) == (1, 0, ())
    assert listing.rows[0].failed == ("written (presence)",)


def test_an_item_with_marks_of_its_own_has_a_digest_of_its_own() -> None:
    plain_key = merit.Key(1, (merit.Item("1", ("A",)),))
    heavy = merit.Key(1, (merit.Item("1", ("A",), scheme=merit.Scheme(Fraction(2))),))
    assert plain_key.digest != heavy.digest
    assert merit.score(BOOK, heavy, sheets(["a"], ["1"], [["A"]])).marks.fractions() == [2]


def test_scores_of_several_components_are_joined_by_id() -> None:
    text = ITEMS.replace('"100"', '"50"')
    both = merit.rulebook.load(book(text, text.replace("written", "practical")))
    key = merit.Key(1, (merit.Item("1", ("A",)),))
    one = merit.score(both, key, sheets(["c", "a"], ["1"], [["A"], ["B"]]), component="written")
    two = merit.score(both, key, sheets(["b", "c"], ["1"], [["A"], ["A"]]), component="practical")
    listing = merit.rank(both, merit.Candidates.from_scores(one, two, claims={"b": ["v"]}), list_id="x")
    assert [(row.candidate_id, row.score, row.failed) for row in listing.rows] == [
        ("c", "100.00", ()),
        ("a", "0.00", ("practical (presence)",)),
        ("b", "50.00", ("written (presence)",)),
    ]
