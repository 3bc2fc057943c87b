"""What decides about an uploaded rulebook: whether it can be read, used, and who approves it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.exams import merit, rulebooks
from app.platform.errors import Conflict, Invalid

MOST_BYTES = 200_000
LONGEST_NAME = 80
LONGEST_TITLE = 200
_EXPONENT = re.compile(r"""(?<=["'])\s*[-+]?[0-9_.]+[eE][-+]?[0-9_]+\s*(?=["'])""")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a text, with its line counted from 1; 0 where it concerns the whole."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read: the rulebook, or every fault in the order of its lines."""

    text: str
    book: merit.Rulebook | None
    faults: tuple[Fault, ...]


def read(content: bytes) -> Reading:
    """Read an uploaded file; each fault comes with its line, and nothing is guessed."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Reading("", None, (Fault(line, "The line is not written in UTF-8."),))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return Reading("", None, (Fault(line, "The line holds a NUL byte: the file is no text."),))
    if exponents := _exponents(text):
        return Reading(text, None, exponents)
    try:
        book = merit.rulebook.load(text)
    except merit.RulebookError as error:
        return Reading(text, None, tuple(Fault(each.line, each.sentence) for each in error.problems))
    faults = tuple(Fault(0, sentence) for sentence in _hindrances(book))
    return Reading(text, None if faults else book, faults)


def _exponents(text: str) -> tuple[Fault, ...]:
    """Refuse numbers such as "1e99" before anybody works them out: they may be larger than any machine."""
    return tuple(
        Fault(number, f"“{match[0].strip()[:40]}” has an exponent. Write the number out.")
        for number, line in enumerate(text.split("\n"), start=1)
        for match in _EXPONENT.finditer(line)
    )


def _hindrances(book: merit.Rulebook) -> Iterable[str]:
    yield from rulebooks.list_hindrances(book)
    if any(known.name == book.name for known in merit.rulebook.shipped()):
        yield f"A rulebook that comes with the program is called “{book.name}”. Give yours another name."
    if len(book.name) > LONGEST_NAME or len(book.title) > LONGEST_TITLE:
        yield f"The name may have {LONGEST_NAME} characters and the title {LONGEST_TITLE}."


def check(reading: Reading) -> merit.Rulebook:
    """Give the rulebook, or raise Invalid with the first fault."""
    if reading.book is None:
        first = reading.faults[0]
        where = f"Line {first.line}: " if first.line else ""
        raise Invalid(file=f"{where}{first.sentence}")
    return reading.book


def check_next(version: int, known: Iterable[int]) -> None:
    """Raise Invalid unless the version is the next one of its name."""
    expected = max(known, default=0) + 1
    if version != expected:
        raise Invalid(file=f"The file says version {version}. Its next version here is {expected}.")


def demand_second_person(actor_id: str | None, uploaded_by: str) -> None:
    """Raise Conflict when who decides is who uploaded."""
    if actor_id is None or actor_id == uploaded_by:
        raise Conflict("You uploaded this rulebook, so a second person has to decide about it.")
