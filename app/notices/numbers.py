"""Reference numbers that people copy by hand: a letter, a year, a sequence and one check digit.

The check digit is H. M. Damm's ("Total anti-symmetrische Quasigruppen", dissertation, Marburg 2004; described
in Wikipedia, "Damm algorithm", read 2026-11-22). It finds each single wrong digit and each swap of two
neighbours, with digits alone; a test proves it for this table. ISO 7064 MOD 97-10 finds those too but takes
two digits, and MOD 11-2 takes one that may be an X.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from app.platform.errors import Invalid
from app.platform.sentences import say

# Row: the digit carried so far; column: the next digit. The diagonal is 0, so a whole number comes to 0.
DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
SEQUENCE_WIDTH = 6  # shorter sequences are padded, so that numbers of one year sort as text
SEQUENCE_LIMIT = 999_999_999

_SHAPE = re.compile(r"([A-Z])(\d{4})(\d{6,9})(\d)", re.ASCII)


class Kind(StrEnum):
    """What a number names. A new kind takes a free letter here and a free digit below."""

    APPLICATION = "A"
    NOTICE = "N"
    FEE_SLIP = "F"
    PAYMENT = "P"


# The kind counts as a leading digit, so that a wrong letter is found as surely as a wrong digit; never 0,
# because a leading 0 leaves the check digit as it is.
_KIND_DIGIT = {Kind.APPLICATION: 1, Kind.NOTICE: 2, Kind.FEE_SLIP: 3, Kind.PAYMENT: 4}


class Reference(NamedTuple):
    """A number taken apart."""

    kind: Kind
    year: int
    sequence: int

    def __str__(self) -> str:
        digits = f"{self.year:04d}{self.sequence:0{SEQUENCE_WIDTH}d}"
        check = check_digit(f"{_KIND_DIGIT[self.kind]}{digits}")
        return f"{self.kind}-{digits[:4]}-{digits[4:]}-{check}"


def application_number(sequence: int, year: int) -> str:
    """Give the number of an application, for example A-2026-000123-0; `sequence` counts from 1 in a year."""
    return str(_reference(Kind.APPLICATION, sequence, year))


def notice_number(sequence: int, year: int) -> str:
    """Give the number of a notice, for example N-2026-000123-1; `sequence` counts from 1 in a year."""
    return str(_reference(Kind.NOTICE, sequence, year))


def slip_number(sequence: int, year: int) -> str:
    """Give the number of a slip with which a fee is paid; `sequence` counts from 1 in a year."""
    return str(_reference(Kind.FEE_SLIP, sequence, year))


def payment_number(sequence: int, year: int) -> str:
    """Give the number of a receipt for a payment; `sequence` counts from 1 in a year."""
    return str(_reference(Kind.PAYMENT, sequence, year))


def verify_number(text: str) -> str:
    """Give the number in its one written form, or refuse it with Invalid(number=...).

    Spaces, dashes of any kind, small letters and digits of other scripts are understood.
    """
    return str(parse_number(text))


def parse_number(text: str) -> Reference:
    """Take a number apart, as tolerant as verify_number; a number of no known kind is Invalid."""
    # NFKC makes full-width letters plain.
    plain = "".join(_plain(character) for character in unicodedata.normalize("NFKC", text)).upper()
    match = _SHAPE.fullmatch(plain)
    if match is None or match[1] not in list(Kind):
        raise _invalid()
    kind, year, sequence = Kind(match[1]), match[2], match[3]
    # A longer sequence is never padded: one number has one written form.
    is_padded = len(sequence) > SEQUENCE_WIDTH and sequence.startswith("0")
    check = check_digit(f"{_KIND_DIGIT[kind]}{year}{sequence}")
    if is_padded or int(sequence) == 0 or int(year) == 0 or check != int(match[4]):
        raise _invalid()
    return Reference(kind, int(year), int(sequence))


def check_digit(digits: str) -> int:
    """Give Damm's check digit of a string of the digits 0 to 9."""
    carried = 0
    for digit in digits:
        carried = DAMM[carried][int(digit)]
    return carried


def _reference(kind: Kind, sequence: int, year: int) -> Reference:
    if not (1 <= sequence <= SEQUENCE_LIMIT and 1 <= year <= 9999):
        raise ValueError(f"No number can be made of sequence {sequence} and year {year}.")
    return Reference(kind, year, sequence)


def _plain(character: str) -> str:
    """Drop spaces, dashes and invisible marks; give any script's decimal digit as 0 to 9."""
    if (
        character.isspace()
        or character == "\N{MINUS SIGN}"
        or unicodedata.category(character) in ("Pd", "Cf")
    ):
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _invalid() -> Invalid:
    example = application_number(123, 2026)
    return Invalid(
        number=say(
            "This is not a valid number. Check that each letter and digit is copied exactly. "
            "A valid number looks like %(example)s.",
            example=example,
        )
    )
