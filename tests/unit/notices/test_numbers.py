"""Reference numbers: whatever a hand or a phone line does to one is found."""

from __future__ import annotations

import string
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notices.numbers import (
    DAMM,
    SEQUENCE_LIMIT,
    Kind,
    Reference,
    application_number,
    check_digit,
    notice_number,
    parse_number,
    verify_number,
)
from app.platform.errors import Invalid

DIGITS = range(10)
REFUSAL = {
    "number": "This is not a valid number. Check that each letter and digit is copied exactly. "
    "A valid number looks like A-2026-000123-0."
}
numbers = st.builds(
    Reference,
    st.sampled_from(Kind),
    st.integers(min_value=1, max_value=9999),
    st.integers(min_value=1, max_value=SEQUENCE_LIMIT),
).map(str)


def refused(text: str) -> bool:
    try:
        verify_number(text)
    except Invalid as error:
        return error.fields == REFUSAL
    return False


def test_numbers_are_written_like_this():
    assert application_number(123, 2026) == "A-2026-000123-0"
    assert notice_number(123, 2026) == "N-2026-000123-1"
    assert application_number(19_000_000, 2027) == "A-2027-19000000-8"
    assert parse_number("A-2026-000123-0") == (Kind.APPLICATION, 2026, 123)


def test_the_check_digit_of_the_published_example_is_4():
    assert check_digit("572") == 4


def test_the_table_finds_every_wrong_digit_and_every_swap_of_neighbours():
    # Rows and columns that hold each digit once carry a single error to the end; the third line is what makes
    # the quasigroup anti-symmetric; the diagonal makes a whole number come to 0.
    assert all(sorted(row) == list(DIGITS) for row in DAMM)
    assert all(sorted(column) == list(DIGITS) for column in zip(*DAMM, strict=True))
    assert all(DAMM[DAMM[c][a]][b] != DAMM[DAMM[c][b]][a] for c, a, b in product(DIGITS, repeat=3) if a != b)
    assert [DAMM[digit][digit] for digit in DIGITS] == [0] * 10


@given(numbers)
def test_each_wrong_character_is_found(number: str):
    for position, right in enumerate(number):
        if right == "-":
            continue
        choices = string.ascii_uppercase if position == 0 else string.digits
        wrong = [number[:position] + choice + number[position + 1 :] for choice in choices if choice != right]
        assert all(refused(text) for text in wrong)


@given(numbers)
def test_each_swap_of_neighbours_is_found(number: str):
    plain = number.replace("-", "")
    for position in range(len(plain) - 1):
        left, right = plain[position], plain[position + 1]
        if left != right:
            assert refused(plain[:position] + right + left + plain[position + 2 :])


@given(numbers)
def test_what_was_written_is_read_back(number: str):
    assert verify_number(number) == number
    assert str(parse_number(number.lower().replace("-", " "))) == number


@pytest.mark.parametrize(
    "text",
    [
        "a2026 000123 0",
        " A\N{EN DASH}2026\N{NON-BREAKING HYPHEN}000123\N{MINUS SIGN}0 ",
        "A\N{NO-BREAK SPACE}2026\N{ZERO WIDTH SPACE}0001230",
        "\N{FULLWIDTH LATIN CAPITAL LETTER A}-2026-000123-0",
        "A-٢٠٢٦-٠٠٠١٢٣-٠",
        "A-२०२६-०००१२३-०",
    ],
)
def test_spaces_dashes_small_letters_and_other_scripts_are_understood(text: str):
    assert verify_number(text) == "A-2026-000123-0"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "A-2026-123-0",
        "A-2026-000123-00",
        "X" + application_number(123, 2026)[1:],
        f"A-2026-0000123-{check_digit('120260000123')}",  # right digit, but padded: a second way to write it
        f"A-2026-000000-{check_digit('12026000000')}",
        f"A-0000-000123-{check_digit('10000000123')}",
        "A-2026-00012E-0",
        "🙂",
    ],
)
def test_other_shapes_are_no_numbers(text: str):
    assert refused(text)


@pytest.mark.parametrize(("sequence", "year"), [(0, 2026), (SEQUENCE_LIMIT + 1, 2026), (1, 0), (1, 10_000)])
def test_no_number_is_made_out_of_range(sequence: int, year: int):
    with pytest.raises(ValueError, match="No number can be made"):
        application_number(sequence, year)
