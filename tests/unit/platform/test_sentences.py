"""Sentences are English strings that can be shown in another language."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from collections.abc import Iterator
from decimal import Decimal

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from app.platform import languages
from app.platform.locales import Money, ZonedMoment
from app.platform.sentences import (
    FieldName,
    Sentence,
    in_turn,
    say,
    say_count,
    translate,
    translate_deeply,
)

AT = dt.datetime(2026, 11, 14, 22, 0, tzinfo=dt.UTC)
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _catalogues(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Spanish and an Arabic catalogue of a few texts."""
    spanish, arabic = Catalog(locale="es"), Catalog(locale="ar")
    spanish.add("Enter %(field)s", "Escriba: %(field)s")
    spanish.add("Full name:", "Nombre completo:")
    spanish.add("Closes on %(day)s", "Cierra el %(day)s")
    spanish.add("You", "Usted")
    spanish.add("doubtful", "dudoso", flags=["fuzzy"])
    days = ("%(count)s day left", "%(count)s days left")
    spanish.add(days, ("queda %(count)s día", "quedan %(count)s días"))
    forms = ("لا أيام", "يوم واحد", "يومان", "%(count)s أيام", "%(count)s يوم", "%(count)s يومًا")
    arabic.add(days, forms)
    for catalogue, code in ((spanish, "es"), (arabic, "ar")):
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "messages.po").open("wb") as file:
            write_po(file, catalogue)
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    languages.catalogue.cache_clear()
    yield
    languages.catalogue.cache_clear()


def test_a_sentence_is_its_english_text():
    sentence = say("Closes on %(day)s", day=dt.date(2026, 11, 14))
    assert sentence == "Closes on 14 November 2026"
    assert isinstance(str(sentence), Sentence)
    assert (type(f"{sentence}."), type(sentence + "."), type(sentence.lower())) == (str, str, str)
    assert json.dumps([sentence]) == '["Closes on 14 November 2026"]'
    assert type(pickle.loads(pickle.dumps(sentence))) is str  # noqa: S301 (our own bytes)
    assert copy.deepcopy({"a": sentence})["a"] is sentence
    assert say("50% of it") == "50% of it"


def test_a_sentence_is_shown_in_the_language_that_is_spoken():
    sentence = say("Closes on %(day)s", day=dt.date(2026, 11, 14))
    assert translate(sentence) == sentence
    with languages.speaking("es"):
        assert translate(sentence) == "Cierra el 14 de noviembre de 2026"
        assert translate("Closes on %(day)s") == "Closes on %(day)s"
    assert translate(sentence, "es") == "Cierra el 14 de noviembre de 2026"
    assert translate(sentence, "hi") == "Closes on 14 नवंबर 2026"


def test_a_sentence_in_a_sentence_is_translated_too():
    sentence = say("Closes on %(day)s", day=say("You"))
    assert (sentence, translate(sentence, "es")) == ("Closes on You", "Cierra el Usted")
    assert in_turn([say("You"), "lot"]) == "You, then lot"


@pytest.mark.parametrize(
    ("count", "english", "spanish", "arabic"),
    [
        (0, "0 days left", "quedan 0 días", "لا أيام"),
        (1, "1 day left", "queda 1 día", "يوم واحد"),
        (2, "2 days left", "quedan 2 días", "يومان"),
        (5, "5 days left", "quedan 5 días", "5 أيام"),
        (11, "11 days left", "quedan 11 días", "11 يومًا"),
        (12345, "12,345 days left", "quedan 12.345 días", "12,345 يومًا"),
        (100, "100 days left", "quedan 100 días", "100 يوم"),
    ],
)
def test_numbers_choose_their_form_in_each_language(count: int, english: str, spanish: str, arabic: str):
    sentence = say_count("%(count)s day left", "%(count)s days left", count)
    assert (sentence, translate(sentence, "es"), translate(sentence, "ar")) == (english, spanish, arabic)


def test_a_doubtful_translation_is_not_shown():
    assert translate(say("doubtful"), "es") == "doubtful"


def test_a_field_goes_on_in_small_letters_in_english_only():
    name = FieldName(say("Full name:")).lowered()
    sentence = say("Enter %(field)s", field=name)
    assert (sentence, translate(sentence, "es")) == ("Enter full name", "Escriba: Nombre completo")
    assert FieldName("PDF file?").lowered() == "PDF file"


@pytest.mark.parametrize(
    ("value", "spanish", "hindi"),
    [
        (dt.date(2026, 11, 14), "14 de noviembre de 2026", "14 नवंबर 2026"),
        (
            ZonedMoment(AT, "America/New_York"),
            "14 de noviembre de 2026, 17:00 EST",
            "14 नवंबर 2026, 5:00 pm EST",
        ),
        (1234567, "1.234.567", "12,34,567"),
        (Decimal("72.5"), "72,5", "72.5"),
        (Money(5420000, "USD"), f"54.200,00{SPACE}US$", "$54,200.00"),
        ("Ana 2026", "Ana 2026", "Ana 2026"),
        (True, "True", "True"),
    ],
)
def test_parameters_are_written_in_the_readers_way(value: object, spanish: str, hindi: str):
    sentence = say("%(value)s", value=value)
    assert (translate(sentence, "es"), translate(sentence, "hi")) == (spanish, hindi)


def test_sentences_are_translated_inside_lists_and_mappings():
    letter = {"steps": [say("You"), "plain"], "pair": (say("You"), 3), "on": dt.date(2026, 1, 2)}
    assert translate_deeply(letter, "es") == {
        "steps": ["Usted", "plain"],
        "pair": ("Usted", 3),
        "on": dt.date(2026, 1, 2),
    }


def test_a_language_nobody_speaks_here_is_english():
    with languages.speaking("xx"):
        assert languages.current() == "en"
    assert (languages.direction("ar"), languages.direction("hi"), languages.direction()) == (
        "rtl",
        "ltr",
        "ltr",
    )
