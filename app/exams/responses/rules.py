"""Reading a file of answers by key: candidates by number, items by code, every fault with its place."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.exams.examinations.rules import MULTIPLE
from app.exams.responses.headings import CANDIDATE_HEADINGS
from app.platform.audit import canonical
from app.platform.errors import Conflict, Invalid

MOST_BYTES = 10_000_000  # a page waits for it; larger files go through the command
MOST_PROBLEMS = 200
LONGEST_SHOWN = 40
BLANK = ""
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file may hold: its items, its candidates and the marks of its answers."""

    codes: tuple[str, ...]
    numbers: Collection[str]
    options: tuple[str, ...]
    blanks: tuple[str, ...]
    multiples: tuple[str, ...]

    def meanings(self) -> dict[str, str]:
        """Map each text that may stand in a cell to what is stored for it; an empty cell is a blank."""
        known = dict.fromkeys(self.multiples, MULTIPLE) | {text: text for text in self.options}
        return known | dict.fromkeys(self.blanks, BLANK) | {BLANK: BLANK}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the line as a spreadsheet counts it, the column's heading, and what is wrong."""

    row: int
    column: str
    reason: str


@dataclass(slots=True)
class Reading:
    """What was read: `answers` by candidate number, then by item code; nothing when there are problems.

    `problem_count` counts all of them, `problems` holds the first; `absent` are the candidates without a
    sheet, in order.
    """

    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    rows: int = 0
    absent: list[str] = field(default_factory=list)

    def fault(self, row: int, column: str, reason: str) -> None:
        """Note a fault, in full for the first ones, then by number only."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(row, showable(column), reason))


def showable(text: str) -> str:
    """Give the beginning of a text from a file without what no page may hold."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:LONGEST_SHOWN]
    )


def read_file(content: bytes, sheet: Sheet) -> Reading:
    """Read a file of answers: a row of headings, then a row for each candidate, in any order.

    Nothing is guessed: a column is known by its heading and a person by the number in the row.
    """
    reading = Reading()
    text = _decode(content, reading)
    if text is None:
        return reading
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        headings = next(((lines.line_num, row) for row in lines if any(cell.strip() for cell in row)), None)
        if headings is None:
            reading.fault(1, "", "The file is empty.")
            return reading
        columns = _read_headings(*headings, sheet, reading)
        if columns is not None:
            _read_rows(lines, columns, sheet, reading)
    except csv.Error as error:
        reading.fault(lines.line_num, "", f"The line cannot be read: {error}.")
    if reading.problem_count:
        reading.answers = {}
    elif not reading.rows:
        reading.fault(1, "", "The file has headings and no answers.")
    reading.absent = sorted(set(sheet.numbers) - set(reading.answers)) if reading.answers else []
    return reading


def _decode(content: bytes, reading: Reading) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        reading.fault(1, "", "The file is written in UTF-16. Save it as CSV in UTF-8.")
        return None
    if (place := content.find(b"\0")) >= 0:
        reading.fault(
            content.count(b"\n", 0, place) + 1, "", "The line holds a NUL byte: the file is no text."
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reading.fault(line, "", "The line is not written in UTF-8. Save the file as CSV in UTF-8.")
        return None


def _delimiter(text: str) -> str:
    """Give what divides the first line most often."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))


def _read_headings(line: int, row: Sequence[str], sheet: Sheet, reading: Reading) -> dict[int, str] | None:
    """Map each place in a row to the item it holds, "" for the candidate's number; None after a fault."""
    columns: dict[int, str] = {}
    known = set(sheet.codes)
    for place, cell in enumerate(row):
        heading = cell.strip()
        name = "" if heading.casefold() in CANDIDATE_HEADINGS else heading
        if not heading:
            reading.fault(line, f"column {place + 1}", "This column has no heading.")
        elif name in columns.values():
            reading.fault(line, heading, "This column stands in the file twice.")
        elif name and name not in known:
            reading.fault(line, heading, "The examination has no such item.")
        else:
            columns[place] = name
    if "" not in columns.values():
        reading.fault(line, "candidate", "The column of candidate numbers is missing.")
    for code in sheet.codes:
        if code not in columns.values():
            reading.fault(line, code, "The column of this item is missing.")
    return None if reading.problem_count else columns


def _read_rows(lines: Any, columns: Mapping[int, str], sheet: Sheet, reading: Reading) -> None:
    """Read the rows below the headings; `lines` is a csv reader."""
    meanings, seen = sheet.meanings(), dict[str, int]()
    own = next(place for place, name in columns.items() if not name)
    items = [(place, code) for place, code in columns.items() if code]
    for row in lines:
        line = lines.line_num
        if not any(cell.strip() for cell in row):
            continue
        reading.rows += 1
        if len(row) != len(columns):
            reading.fault(line, "", f"The row has {len(row)} values and the headings are {len(columns)}.")
            continue
        number = row[own].strip()
        if reason := _wrong_number(number, sheet.numbers, seen):
            reading.fault(line, "candidate", reason)
        seen.setdefault(number, line)
        answers = {}
        for place, code in items:
            answer = row[place].strip()
            if answer not in meanings:
                reading.fault(line, code, f"“{showable(answer)}” is not an answer of this examination.")
            else:
                answers[code] = meanings[answer]
        reading.answers[number] = answers


def _wrong_number(number: str, known: Collection[str], seen: Mapping[str, int]) -> str:
    if not number:
        return "The candidate number is empty."
    if number not in known:
        return f"“{showable(number)}” is not a candidate of this examination."
    if number in seen:
        return f"{number} already stands in line {seen[number]}."
    return ""


def sheet_digest(examination: str, number: str, answers: Mapping[str, str]) -> str:
    """Give the SHA-256 of one sheet as it was captured."""
    body = {"examination": examination, "candidate": number, "answers": dict(answers)}
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def check_complete(reading: Reading, *, accepts_absent: bool) -> None:
    """Raise Invalid unless the file is without fault and each candidate has a sheet or is declared absent."""
    if reading.problem_count:
        first = reading.problems[0]
        raise Invalid(file=f"Line {first.row}, {first.column or 'the whole line'}: {first.reason}")
    if reading.absent and not accepts_absent:
        people = "1 candidate has" if len(reading.absent) == 1 else f"{len(reading.absent)} candidates have"
        raise Invalid(
            accepts_absent=f"{people} no sheet in this file. Confirm that they were absent, "
            "or import a whole file."
        )


def check_replacement(is_replacement: bool, reason: str) -> None:
    """Raise Invalid when a file replaces another without a reason."""
    if is_replacement and not reason.strip():
        raise Invalid(reason="Enter why this file replaces the one that was imported before.")


def check_held(held_on: dt.date, today: dt.date) -> None:
    """Raise Conflict before the day of the examination."""
    if held_on > today:
        raise Conflict(
            f"The examination is on {held_on.isoformat()}. Answers cannot be imported before it was held."
        )
