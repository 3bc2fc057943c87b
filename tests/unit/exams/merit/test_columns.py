"""Long columns are written as JSON writes them, and columns of few values behave as lists do."""

from __future__ import annotations

import gc
import hashlib
import weakref
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from app.exams import merit
from app.exams.merit import candidates, columns, counting, exact, ordering, responses
from app.exams.merit.columns import Coded, Picked
from app.exams.merit.normalisation import Sessions, session_line
from tests.unit.exams.merit.books import ITEMS, WRITTEN, book

NUMBERS = [0, 7, -7, 10, 99, -100, 2**62 - 1, -(2**62) + 1]
TEXTS = ["", "a", "\x80", "C-000", 'quo"te', "back\\slash", "\x1f", "नमस्ते", "tab\t", "a\0b", "\x7f"]


def written(column: object) -> str:
    return b"".join(columns.json_pieces(column, exact.canonical)).decode()


@pytest.mark.parametrize("numbers", [[], [0], [5, 5], NUMBERS, list(range(-50, 50)), list(range(40_000))])
def test_whole_numbers_are_written_as_json_writes_them(numbers):
    assert written(np.array(numbers, dtype=np.int64)) == exact.canonical(numbers)


@pytest.mark.parametrize("texts", [[], [""], ["x"], ["ab", "", "abc"], *([text, "plain"] for text in TEXTS)])
def test_texts_are_written_as_json_writes_them(texts):
    array = np.array(texts, dtype=np.str_)
    assert written(array) == exact.canonical(texts)
    assert written(Picked(array, np.arange(len(texts))[::-1])) == exact.canonical(texts[::-1])


def test_a_column_of_few_values_is_written_as_its_list():
    values = (date(2026, 1, 31), None, 'quo"te', Fraction(1, 3), 12)
    column = Coded(values, np.array([4, 0, 1, 1, 2, 3, 0]))
    assert written(column) == exact.canonical(list(column))
    assert written(Coded((), np.array([], dtype=np.int64))) == "[]"
    assert written(Coded((1, 2, 3), np.array([2]))) == "[3]"
    assert (column[0], column[1:3], len(column)) == (12, [date(2026, 1, 31), None], 7)
    assert list(column.take(np.array([6, 4]))) == [date(2026, 1, 31), 'quo"te']


def test_columns_in_dictionaries_stand_at_their_names():
    data = {"b": np.array([1, 2]), "a": {"é": np.array(["x"])}, "c": [1, None]}
    assert written(data) == '{"a":{"é":["x"]},"b":[1,2],"c":[1,null]}'
    assert written({1: [2]}) == '{"1":[2]}'
    assert exact.digest(data) == hashlib.sha256(written(data).encode()).hexdigest()


def test_more_rows_than_a_block_are_written_without_a_seam():
    numbers = np.arange(columns.BLOCK * 2 + 3) * 1_000_003
    assert written(numbers) == exact.canonical(numbers.tolist())


@pytest.mark.parametrize("low", [[-123_456, 5], [-5_000_000_000, 3], [2**32], [2**32 + 5], [2**33 - 1, 0]])
def test_numbers_at_the_edge_of_a_machine_word_are_written_whole(low):
    assert written(np.array(low, dtype=np.int64)) == exact.canonical(low)


@pytest.mark.parametrize("kind", ["numbers", "texts", "few values"])
def test_long_columns_are_written_block_by_block(kind):
    rows = np.arange(columns.BLOCK * 2 + 1)
    ids = np.array(["a", "bc"])
    column = {
        "numbers": rows,
        "texts": Picked(ids, rows % 2),
        "few values": Coded((date(2026, 1, 31), None), rows % 2),
    }[kind]
    pieces = list(columns.as_json(column, exact.canonical))
    assert len(pieces) == 5
    assert b"".join(pieces).decode() == exact.canonical(
        list(column) if kind == "few values" else column.tolist()
    )


def test_the_bytes_of_a_fixed_column_are_made_once_however_its_rows_are_picked():
    ids = np.array(["b", "a"])
    ids.flags.writeable = False
    columns.keep("bytes", ids, np.array([[ord("x")], [ord("y")]], dtype=np.uint8))
    assert written(Picked(ids, np.array([1, 0, 1]))) == '["y","x","y"]'


def test_one_line_for_all_rows_is_that_line():
    assert columns.picked(np.array([[65, 66]], dtype=np.uint8), np.array([0, 0, 0])) == b"AB"


def test_what_is_made_of_two_columns_is_kept_for_each_and_only_as_long_as_it_lives():
    class Made:
        pass

    made = []

    def make(_column):
        made.append(Made())
        return made[-1]

    one, other = np.array([1]), np.array([2])
    for column in (one, other):
        column.flags.writeable = False
    first, second = columns.once("test", one, make), columns.once("test", other, make)
    assert (columns.once("test", one, make), columns.once("test", other, make)) == (first, second)
    assert columns.once("another", one, make) is not first
    gone = weakref.ref(first)
    del first, one, column
    made.clear()
    gc.collect()
    assert gone() is None


def test_bytes_become_the_same_texts_again():
    texts = np.array(["C1", "", "C-100"])
    signs = columns.plain_bytes(texts)
    assert signs is not None
    assert columns.texts_of(signs).tolist() == texts.tolist()
    assert columns.is_fixed(columns.texts_of(signs))


@pytest.mark.parametrize("first", ["earliest", "latest"])
def test_a_column_of_few_values_orders_as_its_list_does(first):
    key = ordering.OrderKey("attribute.born", first, True, "born", "")
    column = Coded((date(2001, 1, 1), None, date(1999, 1, 1), date(2000, 5, 5)), np.array([1, 0, 2, 2, 3, 1]))
    coded = ordering.attribute_column(column, "born", key)
    plain = ordering.attribute_column(list(column), "born", key)
    assert np.argsort(coded, kind="stable").tolist() == np.argsort(plain, kind="stable").tolist()


def test_few_values_and_their_list_give_one_digest():
    ids = np.array(["b", "a", "c"])
    column = Coded((date(2001, 1, 1), None), np.array([1, 0, 0]))
    made = [candidates.Candidates(ids, {}, attributes={"born": given}) for given in (column, list(column))]
    assert made[0].digest == made[1].digest


def test_a_column_that_nobody_can_write_to_is_sorted_once():
    ids = np.array(["b", "a", "c"])
    assert responses.sorted_rows(ids)[0].tolist() == [1, 0, 2]
    ids[0] = "d"
    assert responses.sorted_rows(ids)[0].tolist() == [1, 2, 0]
    ids.flags.writeable = False
    assert responses.sorted_rows(ids) is responses.sorted_rows(ids)
    assert responses.sorted_rows(ids[1:]) is not responses.sorted_rows(ids[1:])


def test_what_was_made_before_is_not_made_again():
    ids = np.array(["b", "a"])
    ids.flags.writeable = False
    columns.keep("bytes", ids, "kept")
    assert columns.once("bytes", ids, columns.plain_bytes) == "kept"


def test_only_what_nobody_can_write_to_is_fixed():
    ids = np.array(["b", "a"])
    assert not columns.is_fixed(ids)
    ids.flags.writeable = False
    assert columns.is_fixed(ids)
    assert columns.is_fixed(ids[1:])
    assert not columns.is_fixed(np.frombuffer(b"ab", dtype=np.uint8))


@pytest.mark.parametrize("numbers", [[], [3], [5, -2, 5, 0], [0, 10**12, -(10**12), 0]])
def test_numbers_are_told_apart_in_rising_order(numbers):
    distinct, places = columns.distinct_numbers(np.array(numbers, dtype=np.int64))
    assert distinct.tolist() == sorted(set(numbers))
    assert distinct[places].tolist() == numbers


def test_no_numbers_need_no_digits():
    assert columns.digits(np.array([], dtype=np.int64)).shape == (0, 1)


def test_sessions_of_few_names_are_those_of_their_list():
    column = Coded(("s2", "s1"), np.array([0, 1, 1]))
    coded, listed = Sessions.of(column), Sessions.of(list(column))
    assert (coded.names, coded.codes.tolist()) == (listed.names, listed.codes.tolist())


def test_a_method_without_a_line_draws_none():
    text = book(WRITTEN, '[component.normalise]\nmethod = "percentile"\nby = "shift"\ncitation = "rule"\n')
    rules = merit.rulebook.load(text).components[0].normalise
    assert rules is not None
    with pytest.raises(merit.MeritError, match="'percentile' draws no line"):
        session_line(rules, "a", {"a": merit.Frequencies.of([1, 2])})


def test_a_change_in_one_series_leaves_the_others():
    key = merit.Key(1, (merit.Item("1", ("A",)), merit.Item("2", ("B",))), {"S": merit.Series()})
    sheets = merit.Responses.from_rows(["a", "b"], ["1", "2"], [["A", "B"], ["A", "B"]], series=["", "S"])
    rulebook = merit.rulebook.load(book(ITEMS))
    changed = merit.Key(2, key.items, {"S": merit.Series(items=(merit.Item("1", ("C",)),))})
    moved = merit.rescore(merit.score(rulebook, key, sheets), changed)
    assert moved.marks.fractions() == [2, 1]
    assert moved.marks.fractions() == merit.score(rulebook, changed, sheets).marks.fractions()


def test_several_sections_may_change_at_once():
    items = [merit.Item(code, ("A",), section=section) for code, section in ("1x", "2x", "3y", "4y", "5z")]
    sections = "".join(f'[[component.section]]\nname = "{name}"\n' for name in "xyz")
    rulebook = merit.rulebook.load(book(ITEMS, sections))
    rows = [["A", "B", "A", "B", "A"], ["B", "B", "B", "B", "B"], ["A", "A", "A", "A", "A"]]
    sheets = merit.Responses.from_rows(["a", "b", "c"], [item.code for item in items], rows)
    key = merit.Key(1, tuple(items))
    changed = key.replacing(replace(items[0], accepted=("B",))).replacing(replace(items[3], accepted=("B",)))
    moved, whole = (
        merit.rescore(merit.score(rulebook, key, sheets), changed),
        merit.score(rulebook, changed, sheets),
    )
    assert moved.marks.fractions() == whole.marks.fractions() == [3, 2, 3]
    assert {name: part.fractions() for name, part in moved.sections.items()} == {
        "x": [0, 1, 1],
        "y": [2, 1, 1],
        "z": [1, 0, 1],
    }


def test_more_people_than_a_block_are_marked_alike_with_and_without_series(monkeypatch):
    monkeypatch.setattr(counting, "BLOCK", 3)
    key = merit.Key(
        1, (merit.Item("1", ("A",)), merit.Item("2", ("B",))), {"S": merit.Series({"1": "2", "2": "1"})}
    )
    rulebook = merit.rulebook.load(book(ITEMS))
    rows = [["A", "B"], ["B", "A"], ["A", "A"], ["B", "B"]] * 2
    ids = list("abcdefgh")
    plain = merit.score(rulebook, key, merit.Responses.from_rows(ids, ["1", "2"], rows))
    assert plain.marks.fractions() == [2, 0, 1, 1] * 2
    sat = ["", "S"] * 4
    mixed = merit.score(rulebook, key, merit.Responses.from_rows(ids, ["1", "2"], rows, series=sat))
    assert mixed.marks.fractions() == [2, 2, 1, 1] * 2
