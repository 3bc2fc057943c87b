"""The rulebooks that examinations of items may be held by."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from app.exams import merit, rulebooks
from app.platform.errors import Conflict
from app.recruitment.rulebooks import Part
from tests.unit.exams.books import CATEGORY_BOOK, HEAD, OPEN_BOOK

ON = dt.date(2026, 11, 9)


def test_what_is_frozen_is_read_again():
    frozen = rulebooks.freeze("city-civil-service", ON)
    book = rulebooks.read(frozen.text, frozen.digest)
    assert (book.name, book.version, book.digest) == (frozen.name, frozen.version, frozen.digest)


@pytest.mark.parametrize("changed", [("minimum", "minimal"), ('minimum = "70"', 'minimum = "60"'), ("[", "")])
def test_a_changed_text_is_not_read(changed):
    frozen = rulebooks.freeze("city-civil-service", ON)
    assert changed[0] in frozen.text
    with pytest.raises(Conflict, match="changed after it was frozen"):
        rulebooks.read(frozen.text.replace(*changed), frozen.digest)


def test_what_is_unknown_or_of_another_kind_is_not_frozen():
    with pytest.raises(Conflict, match="There is no rulebook 'nothing'"):
        rulebooks.freeze("nothing", ON)
    with pytest.raises(Conflict, match="No examination can be held by the rulebook"):
        rulebooks.freeze("us-federal-personnel", ON)


def test_only_rulebooks_that_an_examination_can_follow_are_offered():
    described = {book.name: book for book in rulebooks.describe(ON)}
    assert "us-federal-personnel" not in described  # periods alone, nothing is examined
    assert described["plain-office"].parts == (
        Part("Written test", "A mark given by the office", "60", "40", "100"),
        Part("Interview", "A panel of raters", "40", "40", "100"),
    )
    assert "india-ssc" not in described  # ties go by the date of birth, which no application holds
    assert described["city-civil-service"].sentences == (
        "Ranked by: written examination.",
        "A total of 70 of 100 is needed to pass.",
        "Disabled veteran: 10 points, added after passing.",
        "Veteran: 5 points, added after passing.",
        "People with equal scores are put in order by: earlier application, then lot.",
        "For one vacancy: the highest 3 people may be considered; everybody tied with the last is included.",
    )


def test_a_rulebook_without_certification_is_not_offered():
    bare = HEAD.format(name="bare", title="Bare") + '[total]\nscale = "100"\n'
    assert not rulebooks.is_offered(merit.rulebook.load(bare))
    assert rulebooks.is_offered(merit.rulebook.load(OPEN_BOOK))
    assert rulebooks.is_offered(merit.rulebook.load(CATEGORY_BOOK))


def test_pass_mark_and_scale_are_those_of_the_text():
    assert rulebooks.pass_mark(merit.rulebook.load(CATEGORY_BOOK)) == Fraction(70)
    assert rulebooks.pass_mark(merit.rulebook.load(OPEN_BOOK)) is None
    assert rulebooks.scale(merit.rulebook.load(OPEN_BOOK)) == Fraction(100)


def test_claims_are_known_by_both_ways_of_writing():
    book = merit.rulebook.in_force("city-civil-service", ON)
    assert rulebooks.claim_kinds(book) == {
        "disabled-veteran": "disabled-veteran",
        "disabled_veteran": "disabled-veteran",
        "veteran": "veteran",
    }


def test_a_rulebook_of_the_agency_itself_is_described_and_frozen_beside_those_of_the_program():
    text = OPEN_BOOK.replace('name = "open-book"', 'name = "own"')
    book = merit.rulebook.load(text)
    own = [(text, book.digest)]
    assert "own" not in {each.name for each in rulebooks.describe(ON)}
    assert "own" in {each.name for each in rulebooks.describe(ON, own)}
    assert rulebooks.freeze("own", ON, own) == rulebooks.Frozen("own", book.version, book.digest, text)


def test_what_keeps_a_rulebook_from_being_used_is_said():
    key = '[[order.key]]\nby = "attribute.born_on"\nfirst = "earliest"\n\n[certification]'
    book = merit.rulebook.load(OPEN_BOOK.replace("[certification]", key))
    assert rulebooks.list_hindrances(book) == [
        "It asks for born_on of each person, which neither an application nor a seat holds."
    ]
