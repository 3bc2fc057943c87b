"""Reading a file of marks of one component: by candidate number, every fault with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.exams.plans.rules import Component, check_mark
from app.platform.errors import Invalid

MOST_BYTES = 10_000_000
MOST_SHOWN = 200
ABSENT = ("absent", "abs")
HEADINGS = ("candidate", "mark")
DELIMITERS = (",", ";", "\t")
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12}|/[0-9]{0,11}[1-9])?")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the line as a spreadsheet counts it, and what is wrong."""

    line: int
    reason: str


@dataclass(slots=True)
class Reading:
    """What a file of marks holds: by candidate id, None for absent; nothing when there are faults."""

    marks: dict[str, Fraction | None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def absent(self) -> int:
        """Count who was absent."""
        return sum(mark is None for mark in self.marks.values())


def read_marks(content: bytes, part: Component, numbers: Mapping[str, str]) -> Reading:
    """Read lines of candidate and mark below those headings; `numbers` maps candidate numbers to ids.

    A mark is written exactly, such as 78, 78.5 or 157/2; “absent” says that somebody was not there.
    """
    reading = Reading()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reading.faults.append(Fault(line, "The line is not written in UTF-8. Save the file as CSV in UTF-8."))
        return reading
    plain = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    first = text.split("\n", 1)[0]
    sign = max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))
    lines = csv.reader(io.StringIO(plain, newline=""), delimiter=sign)
    try:
        _read_lines(lines, part, numbers, reading)
    except csv.Error as error:
        reading.faults.append(Fault(lines.line_num, f"The line cannot be read: {error}."))
    if not reading.faults and not reading.marks:
        reading.faults.append(Fault(1, "The file has no marks."))
    if reading.faults:
        reading.marks = {}
    return reading


def _read_lines(lines: Any, part: Component, numbers: Mapping[str, str], reading: Reading) -> None:
    """Read the lines of a csv reader."""
    headings = [cell.strip().casefold() for cell in next(lines, [])]
    if sorted(headings) != sorted(HEADINGS):
        reading.faults.append(Fault(1, "The first line must be the headings candidate and mark."))
        return
    own, given = headings.index("candidate"), headings.index("mark")
    seen: dict[str, int] = {}
    for row in lines:
        if not any(cell.strip() for cell in row):
            continue
        try:
            if len(row) != len(headings):
                raise Invalid(marks=f"The line has {len(row)} values and the headings are 2.")
            number = row[own].strip()
            if number in seen:
                raise Invalid(marks=f"{number} already stands in line {seen[number]}.")
            if number not in numbers:
                raise Invalid(marks=f"“{number[:40]}” is not a candidate of this examination.")
            seen[number] = lines.line_num
            mark = _read_mark(row[given].strip(), number)
            check_mark(part, number, mark)
            reading.marks[numbers[number]] = mark
        except Invalid as error:
            reading.faults.append(Fault(lines.line_num, error.fields["marks"]))


def _read_mark(text: str, number: str) -> Fraction | None:
    if text.casefold() in ABSENT:
        return None
    if not _NUMBER.fullmatch(text):
        raise Invalid(marks=f"Candidate {number}: “{text[:40]}” is neither a mark nor “absent”.")
    return Fraction(text)
