"""Rows of bytes and columns of numbers put in order."""

import numpy as np

from app.exams.merit import packing


def test_distinct_rows_of_bytes_are_numbered_in_rising_order() -> None:
    texts = ["bb", "a", "bb", "ba", "a", ""]
    width = max(map(len, texts))
    signs = np.array([list(text.encode().ljust(width, b"\0")) for text in texts], dtype=np.uint8)
    firsts, places = packing.coded_rows(signs)
    assert [texts[row] for row in firsts.tolist()] == ["", "a", "ba", "bb"]
    assert firsts.tolist() == [5, 1, 3, 0]
    assert places.tolist() == [3, 1, 3, 2, 1, 0]


def test_more_bits_than_a_word_has_are_sorted_in_turns() -> None:
    dice = np.random.default_rng(5)
    columns = [dice.integers(-(2**61), 2**61, 300), dice.integers(0, 3, 300), dice.integers(0, 2**40, 300)]
    columns[0][:200] = columns[0][0]
    rows = sorted(range(300), key=lambda row: [int(column[row]) for column in columns])
    places, new = packing.order(columns, 300)
    assert places.tolist() == rows
    assert new.all()


def test_rows_equal_in_every_column_stay_in_their_order() -> None:
    same = np.zeros(5, dtype=np.int64)
    places, new = packing.order([same, same], 5)
    assert (places.tolist(), new.tolist()) == ([0, 1, 2, 3, 4], [True, False, False, False, False])
    packing.refine(places, new, lambda rows: [-rows])
    assert (places.tolist(), new.all()) == ([4, 3, 2, 1, 0], True)


def test_nobody_is_in_order() -> None:
    places, new = packing.order([np.zeros(0, dtype=np.int64)], 0)
    assert (places.tolist(), new.tolist()) == ([], [])
