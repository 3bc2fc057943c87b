"""Words are cut and folded in one way, whatever a person types."""

from __future__ import annotations

import pytest

from app.platform.words import Every, cut, fold, marked


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße Ärztin", "strasse arztin"),
        ("İstanbul Łódź Œuvre", "istanbul lodz oeuvre"),
        ("\ufb01le ①", "file 1"),  # noqa: RUF100
        ("أحمد مدرسة مُحَمَّد", "احمد مدرسه محمد"),
        ("हिन्दी", "हिन्दी"),
        ("résumé re\u0301sume\u0301", "resume resume"),
    ],
)
def test_case_and_accents_are_folded(text: str, folded: str):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Engineers of the City's agencies", ["engineer", "city", "s", "agency"]),
        ("bus status class analysis gas", ["bus", "status", "class", "analysis", "gas"]),
        ("IT specialist (C++) 20215-A", ["it", "specialist", "c", "20215"]),
        ('" OR 1=1; DROP TABLE * \x00 NEAR(', ["drop", "table", "near", "1"]),
        ("हिन्दी كلية الهندسة", ["हिन्दी", "كليه", "الهندسه"]),
        ("twice Twice TWICE", ["twice"]),
        ("the of and", []),
        ("", []),
        ("x" * 100, ["x" * 40]),
    ],
)
def test_text_is_cut_into_words(text: str, words: list[str]):
    assert sorted(cut(text)) == sorted(words)


def test_words_of_a_part_stand_under_its_mark():
    assert marked("=", "Civil Engineers") == ["=civil", "=engineer"]


def test_the_engines_are_asked_alike():
    titled = Every((("=bridge",),))
    every = Every((("it",), ("bridge", "@bridge")), but_not=(titled,))
    assert every.fts5() == '(("it") AND ("bridge"* OR "@bridge"*)) NOT (("=bridge"*))'
    assert every.tsquery() == "(('it') & ('bridge':* | '@bridge':*)) & !(('=bridge':*))"
    assert every.holds(["it", "bridges"])
    assert not every.holds(["item", "bridge"])
    assert not every.holds(["it", "bridge", "=bridgeman"])
