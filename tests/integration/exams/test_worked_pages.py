"""The page and the letter of every candidate give the mark and rank that the engine gave."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from html import unescape
from random import Random

import pytest
from flask import Flask, render_template_string

from app.exams import merit
from app.exams.results import rules
from app.exams.scoring.rules import Inputs, Ranked, entries, rank
from tests.unit.exams.merit.worked import follow, last
from tests.unit.exams.results.test_result_rules import AT, TOLD, content, place_of

PEOPLE = 200
CODES = tuple(str(number) for number in range(1, 21))
PAGE = '{% import "exams/_parts.html" as parts %}{{ parts.steps(steps) }}'
ROW = re.compile(
    r'<th scope="row"[^>]*>(?P<label>.*?)</th>\s*'
    r"<td[^>]*><span>(?P<working>.*?)(?:<br>.*?)?</span></td>\s*"
    r"<td[^>]*>(?P<value>.*?)</td>",
    re.DOTALL,
)


def mixed(book: merit.Rulebook) -> Ranked:
    """Mark invented sheets with every treatment of an item; some hold claims, many have equal marks."""
    dice = Random(11)
    treated = {
        "17": merit.Item("17", ("A", "B"), "several"),
        "18": merit.Item("18", treatment="full-credit-all"),
        "19": merit.Item("19", treatment="full-credit-answered"),
        "20": merit.Item("20", treatment="neutralised"),
    }
    key = merit.Key(1, tuple(treated.get(code, merit.Item(code, ("A",))) for code in CODES))
    numbers = tuple(f"C{number:03}" for number in range(PEOPLE))
    sheets = tuple(tuple(dice.choice(["A", "A", "A", "A", "B", ""]) for _ in CODES) for _ in numbers)
    claims = {
        number: [claim for claim in ("veteran", "disabled-veteran") if dice.random() < 0.3]
        for number in numbers
    }
    applied = {number: {"applied_on": dt.date(2026, 11, dice.randint(1, 9))} for number in numbers}
    return rank(Inputs(book, "EX-1", CODES, numbers, sheets, claims, applied, {}), key, "a public seed")


@pytest.fixture(scope="module", params=["city-civil-service", "city-category-rating"])
def ranked(request: pytest.FixtureRequest) -> Ranked:
    return mixed(merit.rulebook.in_force(request.param, dt.date(2026, 11, 9)))


def shown(page: str) -> Iterator[merit.Step]:
    """Read the lines of a worked page."""
    for row in ROW.finditer(page):
        yield merit.Step("", *(unescape(row[name]) for name in ("label", "value", "working")))


def test_every_page_can_be_worked_out_again(app: Flask, ranked: Ranked) -> None:
    assert len(ranked.listing.rows) == PEOPLE
    with app.test_request_context("/"):
        for row, (_, stored) in zip(ranked.listing.rows, entries(ranked), strict=True):
            steps = rules.shown_steps(stored["derivation"])
            lines = list(shown(render_template_string(PAGE, steps=steps)))
            assert [line.label for line in lines] == [step.label for step in steps]
            staged = [
                merit.Step(step.stage, line.label, line.value, line.arithmetic)
                for step, line in zip(steps, lines, strict=True)
            ]
            assert follow(staged, 0) >= 3
            assert last(staged) == Fraction(row.numerator, row.denominator)
            assert Fraction(stored["final"], stored["denominator"]) == last(staged)
            ranks = [line.value for line in lines if line.label == "Rank"]
            assert ranks == [str(row.rank) if row.rank else "None"]


def test_every_letter_adds_up_to_the_engine(ranked: Ranked) -> None:
    book = ranked.listing.rulebook
    for row in ranked.listing.rows:
        letter = rules.letter(TOLD, book, place_of(ranked, row.position), AT)
        points = sum(part["points"] for part in letter["arithmetic"])
        assert Fraction(points, letter["denominator"]) == Fraction(row.numerator, row.denominator)
        assert letter["score"] == Decimal(row.score)
        assert letter["rank"] == row.rank
        assert (letter["outcome"] == "passed") == row.passed
        checked = content(letter | {"list_size": PEOPLE if row.rank else None})
        assert checked.letter.total == Fraction(row.numerator, row.denominator)
