"""The histogram of items, options and totals."""

from dataclasses import replace

import numpy as np
import pytest

from app.exams import merit
from app.exams.merit.psychometrics import sheets, tally
from tests.unit.exams.psychometrics.small import answered


def test_answers_are_counted_by_total() -> None:
    found = tally.count(answered())
    assert found.levels.tolist() == [1, 2, 3]
    assert found.at_level == (2, 1, 1)
    assert found.people == 4
    # For each item: blank, A and B, each for totals 1, 2 and 3.
    assert found.counts.tolist() == [
        [[0, 0, 0], [1, 1, 1], [1, 0, 0]],
        [[1, 0, 0], [0, 1, 1], [1, 0, 0]],
        [[0, 0, 0], [1, 0, 1], [1, 1, 0]],
    ]


def test_items_are_counted_alike_in_pairs_and_singly(monkeypatch: pytest.MonkeyPatch) -> None:
    paired = tally.count(answered())
    monkeypatch.setattr(tally, "PAIRED_CELLS", 0)
    assert np.array_equal(tally.count(answered()).counts, paired.counts)


def test_people_are_counted_alike_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tally.count(answered())
    monkeypatch.setattr(tally, "BLOCK", 3)
    assert np.array_equal(tally.count(answered()).counts, whole.counts)


def test_totals_far_apart_are_numbered_too() -> None:
    far = replace(answered(), totals=np.array([10**12, 5, -(10**12), 5], dtype=np.int64))
    found = tally.count(far)
    assert found.levels.tolist() == [-(10**12), 5, 10**12]
    assert found.at_level == (1, 2, 1)


def test_too_many_distinct_totals_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "CELLS", 26)
    with pytest.raises(merit.InputError) as refused:
        tally.count(answered())
    assert str(refused.value) == (
        "answer sheets: 3 distinct totals are too many to count by; round the totals first."
    )
    monkeypatch.setattr(tally, "CELLS", 27)
    assert tally.count(answered()).people == 4


def test_many_options_are_told_apart() -> None:
    options = [f"{number:02d}" for number in range(40)]
    key = merit.Key(1, (merit.Item("1", ("00",)), merit.Item("2", ("01",)), merit.Item("3", ("02",))))
    rows = [[options[place], options[39 - place], options[place * 7 % 40]] for place in range(40)]
    ids = [f"p{place}" for place in range(40)]
    found = tally.count(sheets.of_key(key, merit.Responses.from_rows(ids, ["1", "2", "3"], rows)))
    # nobody leaves an item blank, and each option of each item is the answer of one person
    assert found.counts.sum(axis=2).tolist() == [[0] + [1] * 40] * 3
