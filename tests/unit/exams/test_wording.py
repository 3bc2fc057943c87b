"""What the merit core writes in English is found again as sentences, the same in English to the letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.exams import merit, wording
from app.exams.merit import certification
from app.exams.merit.exact import fraction
from app.exams.rulebook_texts import titles
from app.platform.sentences import Sentence, translate

BOOKS = [book for book in merit.rulebook.shipped() if book.certification is not None]
RULE = next(book.certification for book in BOOKS if book.certification.reach == "people")


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: f"{book.name}-{book.version}")
@pytest.mark.parametrize("vacancies", [1, 3])
def test_the_reach_of_each_rulebook_is_said_as_the_core_says_it(book, vacancies):
    said = wording.certification(book.certification, vacancies)
    assert said == certification.sentence(book.certification, vacancies)
    assert translate(said, "es") != said


@pytest.mark.parametrize("ties", ["include", "break"])
@pytest.mark.parametrize("least", [0, 3])
@pytest.mark.parametrize("kind", certification.REACHES)
def test_each_way_to_reach_is_said_as_the_core_says_it(kind, least, ties):
    rule = replace(
        RULE,
        reach=kind,
        ties=ties,
        merge_below=least,
        percent=fraction("12.5"),
        cut=fraction("70"),
        within=fraction("3"),
    )
    assert wording.certification(rule, 2) == certification.sentence(rule, 2)


WORKINGS = [
    ("As it stands", "Tal como está"),
    ("Must be passed and adds nothing", "Debe aprobarse y no suma nada"),
    ("Right answers", "Respuestas correctas"),
    (
        "94.7368 rounded to 3 decimals, half-up = 94.737",
        "94.7368 redondeado a 3 decimales, mitades hacia arriba = 94.737",
    ),
    ("1800/19 rounded to 0 decimals, floor = 94", "1800/19 redondeado a 0 decimales, hacia abajo = 94"),
    (
        "Held alone, equal scores share a rank, 5 people passed",
        "En solitario, las puntuaciones iguales comparten puesto, aprobaron 5 personas",
    ),
    (
        "Shared with 2 others, equal scores share a rank, 5 people passed",
        "Compartido con otras 2, las puntuaciones iguales comparten puesto, aprobaron 5 personas",
    ),
    (
        "Earliest first, only among people of the same rank",
        "Primero el más temprano, solo entre personas del mismo puesto",
    ),
    ("5 points: 80 + 5 = 85", "5 puntos: 80 + 5 = 85"),
    ("80 reached, at least 70 needed", "Alcanzado 80, se necesita al menos 70"),
    ("In order by earlier application", "En orden por solicitud más temprana"),
    ("Minimum: total", "Mínimo: total"),
    ("Disabled veteran", "Veterano con discapacidad"),
    ("8 × 10 = 80", "8 × 10 = 80"),
    ("2026-10-31", "2026-10-31"),
    ("Our own third paper", "Our own third paper"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spanish"), WORKINGS)
def test_a_working_is_the_same_in_english_and_told_in_spanish(text, spanish):
    said = wording.step(text)
    assert said == text
    assert translate(said, "es") == spanish


@pytest.mark.parametrize("language", ["es", "hi", "ar"])
def test_each_title_that_applicants_may_read_is_translated(language):
    names = {"Indonesia, CPNS 2018", "Indonesia, CPNS 2024"}  # written alike in Spanish
    examining = [book for book in merit.rulebook.shipped() if book.data.get("component")]
    found = {title for book in examining for title in titles(book.data)} - names
    same = {text for text in found if translate(Sentence(text, {}), language) == text}
    assert same - {"total", "Total"} == set()


def test_titles_go_on_in_small_letters_in_english_alone():
    parts = wording.listed(["Written test", "Interview"])
    assert parts == "written test, interview"
    assert translate(parts, "es") == "Prueba escrita, Entrevista"
    assert wording.listed(["SKD"]) == "SKD"
