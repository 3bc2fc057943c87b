from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.exams import merit
from app.exams.proving import NotProvable, prove, vocabulary
from tests.unit.exams.merit.books import WRITTEN, book

CAP = '[preferences]\ncap = { percent = "10", least = 1 }\n'
FULL = Path(__file__).parents[1] / "merit" / "full.toml"


@pytest.mark.parametrize("rulebook", merit.rulebook.shipped(), ids=lambda book: f"{book.name}-{book.version}")
def test_every_shipped_rulebook_is_known(rulebook):
    vocabulary.check(rulebook)


def test_every_word_that_a_rulebook_can_have_is_known():
    """Nothing that decides about scores and ranks is left that this computation could not prove."""
    vocabulary.check(merit.rulebook.load(FULL.read_text("utf-8")))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (book(WRITTEN, CAP), "The second computation does not know 'least' in [cap]."),
        (
            book(WRITTEN, '[total]\nmethod = "median"\n'),
            "The second computation does not know method = 'median' in [total].",
        ),
    ],
)
def test_an_unknown_word_is_refused_before_anything_is_computed(text, sentence):
    rulebook = merit.rulebook.load(book(WRITTEN))
    object.__setattr__(rulebook, "data", tomllib.loads(text))
    with pytest.raises(NotProvable) as refusal:
        prove(rulebook, list_id="L", marks={"written": {"a": 80}})
    assert str(refusal.value) == sentence


def test_a_word_that_rulebooks_learn_later_is_refused():
    """The core may be taught something tomorrow; until this computation is, its lists are not proved."""
    rulebook = merit.rulebook.load(book(WRITTEN))
    taught = rulebook.data | {"total": {"curve": "steep"}}
    object.__setattr__(rulebook, "data", taught)
    with pytest.raises(NotProvable, match=r"does not know 'curve' in \[total\]"):
        vocabulary.check(rulebook)


def test_tables_beside_the_list_are_passed_over():
    rulebook = merit.rulebook.load(book(WRITTEN))
    object.__setattr__(rulebook, "data", rulebook.data | {"seats": {"anything": 1}})
    vocabulary.check(rulebook)
