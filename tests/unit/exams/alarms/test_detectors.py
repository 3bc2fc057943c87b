"""Each detector finds the fault it is for in files that were broken so, and is silent on clean ones.

Counts are of twenty seeds. They are what was measured, less a margin of two: a change that loses power, or
begins to speak where nothing is wrong, fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from app.exams.alarms.detectors.chances import limit, log_tail
from app.exams.alarms.material import Material
from app.exams.alarms.rules import DETECTORS, find_all, fingerprint
from app.exams.alarms.states import Kind
from tests.unit.exams.alarms import broken

SEEDS = range(20)
pytestmark = pytest.mark.slow


def count(kind: Kind, make: Callable[[int], Material]) -> int:
    """Count the seeds for which a detector speaks."""
    return sum(bool(DETECTORS[kind](make(seed))) for seed in SEEDS)


def temporary(seed: int, start: int, end: int, values: object) -> Material:
    material = broken.make(seed)
    key = broken.keyed(material)
    key[start:end] = values
    return broken.rekeyed(material, key)


def middling(seed: int) -> Material:
    """Slip the sheet of a person of the upper third from item 20 of 60 on."""
    material = broken.make(seed)
    person = int(np.argsort(material.correct().sum(axis=1))[400])
    return broken.slipped_sheet(material, person, 20)


@pytest.mark.parametrize(
    ("kind", "least", "make"),
    [
        (Kind.RANKS, 20, lambda seed: broken.ranked(broken.make(seed), np.arange(600))),
        (Kind.RANKS, 20, lambda seed: broken.ranked(broken.make(seed), np.arange(60, 120))),
        (Kind.SLIPPED, 16, middling),
        (Kind.SLIPPED, 20, lambda seed: broken.slid_rows(broken.make(seed), 100, 500)),
        (Kind.EXCHANGED, 11, lambda seed: broken.exchanged(broken.make(seed), 2, 6)),
        (Kind.EXCHANGED, 18, lambda seed: broken.exchanged(broken.make(seed, correlation=0.9), 2, 6)),
        (
            Kind.WRONG_SERIES,
            20,
            lambda seed: broken.other_series(broken.make(seed, series=4), np.arange(60, 120)),
        ),
        (
            Kind.WRONG_SERIES,
            11,
            lambda seed: broken.other_series(broken.make(seed, series=4), np.array([300])),
        ),
        (Kind.PLACEHOLDER, 20, lambda seed: temporary(seed, 0, 60, 2)),
        (Kind.PLACEHOLDER, 20, lambda seed: temporary(seed, 0, 60, 2 + np.arange(60) % 4)),
        (Kind.PLACEHOLDER, 17, lambda seed: temporary(seed, 50, 56, 2)),
        (
            Kind.OUT_OF_LINE,
            18,
            lambda seed: broken.helped(broken.make(seed, people=1200, rooms=24), 3, 0.6, seed),
        ),
        (Kind.DUPLICATES, 14, lambda seed: broken.copied(broken.make(seed), 10, 11, 1.0, seed)),
    ],
)
def test_a_file_broken_this_way_is_found(kind, least, make):
    assert count(kind, make) >= least


@pytest.mark.parametrize("changes", [{}, {"series": 4}, {"centre_spread": 0.4, "people": 1200, "rooms": 40}])
def test_nothing_is_said_of_clean_examinations(changes):
    told = [finding.sentence for seed in SEEDS for finding in find_all(broken.make(seed, **changes))]
    assert told == []


def test_giving_up_is_no_slip():
    material = broken.make(3)
    matrix = material.matrix.copy()
    dice = np.random.default_rng(3)
    matrix[:100, 40:] = 0
    matrix[100:200, 40:] = dice.integers(2, 6, (100, 20))
    assert DETECTORS[Kind.SLIPPED](replace(material, matrix=matrix)) == []


def test_a_slipped_sheet_is_told_with_its_place():
    material = broken.make(1)
    best = int(np.argmax(material.correct().sum(axis=1)))
    (finding,) = DETECTORS[Kind.SLIPPED](broken.slipped_sheet(material, best, 20))
    number = str(material.numbers[best])
    assert finding.sentence == (
        f"The answers of {number} fit the key when they are read one item further up from item 21 on."
        " They may have been marked, or read, one line off."
    )
    assert finding.evidence["numbers"] == [number]


def test_exchanged_bundles_are_named_by_attendance_alone():
    missing = {"C1": "Room 01", "C2": "Room 01", "C7": "Room 05"}
    unexpected = {"C3": "Room 05", "C4": "Room 01"}
    material = replace(broken.make(1), parts={}, missing=missing, unexpected=unexpected)
    (finding,) = DETECTORS[Kind.EXCHANGED](material)
    assert finding.subject == "Room 01 and Room 05"
    assert finding.evidence["rows"] == [["Room 01", "C1, C2", "C4"], ["Room 05", "C7", "C3"]]
    (told,) = DETECTORS[Kind.MISSING](material)
    assert told.sentence == (
        "3 people were present and without a sheet. 2 sheets belong to somebody who was absent."
    )
    assert DETECTORS[Kind.EXCHANGED](replace(material, unexpected={"C3": "Room 05"})) == []


def test_temporary_values_are_shown_item_by_item():
    (finding, *_) = DETECTORS[Kind.PLACEHOLDER](temporary(1, 0, 60, 2 + np.arange(60) % 4))
    assert finding.sentence.startswith("Items 1 to 60 of the key are A B C D over and over.")
    assert finding.evidence["rows"][:5] == [["1", "A"], ["2", "B"], ["3", "C"], ["4", "D"], ["5", "A"]]


@pytest.mark.parametrize(("items", "spoken"), [(10, False), (13, True)])
def test_a_short_key_of_one_answer_may_be_chance(items, spoken):
    key = (("A",),) * items
    material = Material(
        np.array(["C1"]), tuple(map(str, range(items))), broken.OPTIONS,
        np.full((1, items), 2, dtype=np.uint8), key=key,
    )  # fmt: skip
    assert bool(DETECTORS[Kind.PLACEHOLDER](material)) is spoken


def test_a_tiny_examination_is_left_alone():
    assert find_all(broken.make(1, people=6, items=10, rooms=1)) == []


def test_the_same_sign_has_the_same_fingerprint():
    material = broken.ranked(broken.make(1), np.arange(600))
    (one,), (two,) = DETECTORS[Kind.RANKS](material), DETECTORS[Kind.RANKS](material)
    (other,) = DETECTORS[Kind.RANKS](broken.ranked(broken.make(1), np.arange(599)))
    assert fingerprint(one) == fingerprint(two) != fingerprint(other)


def test_chance_is_bounded_from_above():
    assert round(limit(1, 0.05), 3) == 1.96
    assert limit(1000) > limit(10)
    bound = np.exp(log_tail(np.array([10.0, 4.0]), np.array([10.0, 10.0]), np.array([5.0, 5.0])))
    assert bound.round(6).tolist() == [round(0.5**10, 6), 1.0]
