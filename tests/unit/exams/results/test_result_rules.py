"""What candidates are told: letters that add up, steps in plain words, the day until which to appeal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.results import rules
from app.exams.results.rules import Place, Step, Told
from app.exams.scoring.rules import Inputs, entries, rank
from app.notices import compose
from app.notices.numbers import application_number

AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
CITY = merit.rulebook.in_force("city-civil-service", dt.date(2026, 11, 9))
CODES = tuple("123456789")
TOLD = Told(
    examination_title="Civil Engineer",
    examination_number="EX-2026-0001",
    held_on=dt.date(2026, 11, 16),
    agency_name="Department of Bridges",
    address=["1 Centre Street"],
    time_zone="America/New_York",
    list_size=2,
    valid_until=dt.date(2027, 11, 20),
    signed_by={"name": "Henry Officer", "title": "HR officer"},
    result_url="http://localhost/my/applications/app_1/result",
)
KEY = merit.Key(1, tuple(merit.Item(code, ("A",)) for code in CODES))


@pytest.fixture(scope="module")
def ranked():
    """Three people with 8, 8 and 5 right answers of 9; the second is a veteran."""
    sheets = tuple(tuple("A" if place < right else "B" for place in range(9)) for right in (8, 8, 5))
    applied = {"applied_on": dt.date(2026, 11, 10)}
    inputs = Inputs(
        CITY,
        "EX-1",
        CODES,
        ("C1", "C2", "C3"),
        sheets,
        {"C2": ["veteran"]},
        {"C1": applied, "C2": applied, "C3": applied},
        {},
    )
    return rank(inputs, KEY, "a public seed")


def place_of(ranked, place: int) -> Place:
    """Give an entry as a letter needs it."""
    _, values = list(entries(ranked))[place - 1]
    chosen = ("marks", "preference", "final", "denominator", "rank", "derivation")
    return Place(application_number(place, 2026), *(values[name] for name in chosen))


def content(letter: dict) -> compose.Content:
    """Check a letter as it would be promised."""
    return compose.check(
        "examination_result",
        {
            "notice": {
                "number": "N-2026-000123-1",
                "issued_on": "2026-11-20",
                "verify_url": "http://x/check/1",
            },
            "agency": {"name": "Department", "address": ["1 Centre Street"], "contact": ["555 0100"]},
            "recipient": {"name": "Ada", "address": ["12 Sample Street"]},
            "letter": letter,
        },
    )


def test_a_letter_adds_up_with_preference(ranked):
    letter = rules.letter(TOLD, CITY, place_of(ranked, 1), AT)
    assert letter["arithmetic"] == [
        {
            "label": "Written examination",
            "working": "8 ÷ 9 × 100 × 100 % = 800/9; 800/9 rounded to 3 decimals, half-up = 88.889",
            "points": 88889,
        },
        {"label": "Veteran", "working": "5 points: 88.889 + 5 = 93.889", "points": 5000},
    ]
    assert (letter["denominator"], letter["score"], letter["rounding"]) == (1000, Decimal("93.889"), None)
    assert (letter["outcome"], letter["rank"], letter["list_size"], letter["unmet"]) == ("passed", 1, 2, [])
    assert letter["pass_mark"] == Decimal(70)
    assert letter["rulebook"] == "City civil service, open competitive, version 1"
    assert content(letter).letter.total == Fraction(93889, 1000)


def test_a_letter_to_who_did_not_pass_names_what_was_missed(ranked):
    letter = rules.letter(TOLD, CITY, place_of(ranked, 3), AT)
    assert (letter["outcome"], letter["rank"], letter["list_size"]) == ("not_passed", None, None)
    assert letter["unmet"] == ["A total of 70 of 100 is needed to pass."]
    assert letter["score"] == Decimal("55.556")
    assert content(letter).letter.outcome == "not_passed"


def test_absence_has_its_own_letter():
    letter = rules.absence_letter(TOLD, CITY, application_number(9, 2026), AT)
    assert letter["unmet"] == ["You were recorded as absent from the examination."]
    assert content(letter).letter.score == 0


def test_a_score_without_end_is_shown_rounded_and_said_to_be(ranked):
    place = replace(place_of(ranked, 2), marks=800, final=800, denominator=9, preference=0)
    place = replace(place, derivation=place.derivation | {"score": "800/9"})
    letter = rules.letter(TOLD, CITY, place, AT)
    assert letter["score"] == Decimal("88.888889")
    assert letter["rounding"] == "Shown rounded; the exact score decides."
    assert content(letter).letter.total == Fraction(800, 9)


def test_the_time_to_appeal_ends_on_the_thirtieth_day_at_five():
    assert rules.appeal_deadline(AT, "America/New_York") == dt.datetime(2026, 12, 20, 22, 0, tzinfo=dt.UTC)


def test_steps_come_in_plain_words_and_the_lot_apart(ranked):
    derivation = next(entries(ranked))[1]["derivation"]
    steps = rules.shown_steps(derivation)
    assert [(step.label, step.value) for step in steps] == [
        ("Right answers", "8"),
        ("Wrong answers", "0"),
        ("Written examination", "800/9"),
        ("Total that decides", "88.889"),
        ("Minimum: Written examination (presence)", "Met"),
        ("Minimum: total", "Met"),
        ("Veteran", "5"),
        ("Rank", "1"),
        ("In order by earlier application", "2026-11-10"),
    ]
    assert steps[-2].arithmetic == "Held alone, equal scores share a rank, 2 people passed"
    lot = rules.find_lot(derivation)
    assert isinstance(lot, Step)
    assert lot.value == merit.draw("a public seed", "EX-1", "C2").hex()
    assert rules.find_lot(derivation | {"steps": []}) is None


def test_what_was_missed_is_a_sentence():
    assert rules.unmet("total", CITY) == "A total of 70 of 100 is needed to pass."
    assert rules.unmet("Written examination (presence)", CITY) == "Not met: Written examination (presence)."
    assert rules.tie_rule(CITY) == (
        "People with the same score are put in order by: earlier application, then lot."
    )


def test_results_are_signed_by_who_publishes():
    assert rules.signs_as(("auditor", "hr_officer")) == "HR officer"
    assert rules.signs_as(()) == "Officer"
