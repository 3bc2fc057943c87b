from __future__ import annotations

import pytest

from app.exams import merit
from app.exams.spot_checks import rules
from app.platform.errors import Conflict, Invalid


@pytest.mark.parametrize(
    ("population", "percent", "size"),
    [
        (1_000_000, 1, 299),
        (1_000_000, 2, 149),
        (1_000_000, 5, 59),
        (1_000_000, 10, 29),
        (1, 1, 1),
        (12, 1, 12),
    ],
)
def test_a_sample_is_as_large_as_it_must_be_to_catch_its_share(population, percent, size):
    assert rules.sample_size(population, percent) == size


def test_the_size_is_the_first_that_misses_in_less_than_one_of_twenty_cases():
    """Counted over: 6 wrong sheets among 60, by every size up to the one that is given."""
    missed = []
    chance = 1.0
    for size in range(1, 60):
        chance *= (60 - 6 - size + 1) / (60 - size + 1)
        missed.append(chance <= 0.05)
    assert rules.sample_size(60, 10) == missed.index(True) + 1


def test_nothing_is_drawn_of_nothing():
    with pytest.raises(Conflict, match="no answer sheets"):
        rules.sample_size(0, 1)


def test_anyone_can_draw_again_and_a_missing_sheet_moves_no_other():
    numbers = [f"C-{number:04}" for number in range(200)]
    drawn = rules.drawn("04 11 17 23", "EX-1", numbers, 20)
    assert drawn == sorted(drawn, key=lambda own: merit.draw("04 11 17 23", "sampleEX-1", own))
    assert drawn == rules.drawn("04 11 17 23", "EX-1", list(reversed(numbers)), 20)
    rest = [number for number in numbers if number != drawn[3]]
    assert rules.drawn("04 11 17 23", "EX-1", rest, 19) == [own for own in drawn if own != drawn[3]]
    assert drawn != rules.drawn("another seed", "EX-1", numbers, 20)


@pytest.mark.parametrize("text", ["ab-*", "A B - *", "AB\n-*", "a b-*"])
def test_signs_are_read_in_order_with_or_without_spaces(text):
    assert rules.read_signs(text, ["1", "2", "3", "4"], ["A", "B"]) == {"1": "A", "2": "B", "3": "", "4": "*"}


def test_answers_of_several_letters_stand_apart():
    assert rules.read_signs("yes no -", ["1", "2", "3"], ["Yes", "No"]) == {"1": "Yes", "2": "No", "3": ""}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AB", "The sheet has 3 items; 2 answers are entered."),
        ("ABAB", "The sheet has 3 items; 4 answers are entered."),
        ("AXB", "“X” at item 2 is no answer. Answers are A, B, - and *."),
        ("A\x00B", "“\x00” at item 2 is no answer. Answers are A, B, - and *."),
    ],
)
def test_what_is_no_answer_is_named(text, told):
    with pytest.raises(Invalid) as refused:
        rules.read_signs(text, ["1", "2", "3"], ["A", "B"])
    assert refused.value.fields == {"answers": told}


def test_only_what_differs_is_kept():
    assert rules.differences({"1": "A", "2": "B"}, {"1": "A", "2": "", "3": "C"}) == {
        "2": ["B", ""],
        "3": ["", "C"],
    }


def test_a_seed_must_have_been_drawn():
    assert rules.check_seed("  04 11 17 23 ") == "04 11 17 23"
    with pytest.raises(Invalid, match="8 characters or more"):
        rules.check_seed("7")
