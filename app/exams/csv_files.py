"""CSV files of the office read by their headings: every fault with its line, nothing guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_BYTES = 5_000_000
MOST_PROBLEMS = 100
LONGEST_SHOWN = 40
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the line as a spreadsheet counts it, the column's heading, and what is wrong."""

    line: int
    column: str
    reason: str


@dataclass(slots=True)
class CsvFile:
    """Rows by heading, each with its line; `problem_count` counts all faults, `problems` holds the first."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    def fault(self, line: int, column: str, reason: str) -> None:
        """Note a fault, in full for the first ones, then by number only."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, column, reason))


def read(content: bytes, required: Sequence[str], optional: Sequence[str] = ()) -> CsvFile:
    """Read a file in UTF-8 whose first line holds the headings, in any order and case; cells are stripped."""
    found = CsvFile()
    text = _decode(content, found)
    if text is None:
        return found
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        headings: list[str] | None = None
        for row in lines:
            if not any(cell.strip() for cell in row):
                continue
            if headings is None:
                headings = _headings(lines.line_num, row, required, optional, found)
                if found.problem_count:
                    return found
            elif len(row) != len(headings):
                reason = f"The row has {len(row)} values and the headings are {len(headings)}."
                found.fault(lines.line_num, "", reason)
            else:
                cells = dict(zip(headings, (cell.strip() for cell in row), strict=True))
                found.rows.append((lines.line_num, cells))
    except csv.Error as error:
        found.fault(lines.line_num, "", f"The line cannot be read: {error}.")
    if not found.rows and not found.problem_count:
        found.fault(1, "", "The file holds no rows.")
    return found


def shown(text: str) -> str:
    """Give the beginning of a text from a file without what no page may hold."""
    return "".join(sign if sign.isprintable() else "�" for sign in text[:LONGEST_SHOWN])


def _decode(content: bytes, found: CsvFile) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        found.fault(1, "", "The file is written in UTF-16. Save it as CSV in UTF-8.")
        return None
    if (place := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, place) + 1
        found.fault(line, "", "The line holds a NUL byte: the file is no text.")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found.fault(line, "", "The line is not written in UTF-8. Save the file as CSV in UTF-8.")
        return None


def _headings(
    line: int, row: Sequence[str], required: Sequence[str], optional: Sequence[str], found: CsvFile
) -> list[str]:
    headings = [" ".join(cell.casefold().replace("_", " ").split()) for cell in row]
    known = {*required, *optional}
    for place, heading in enumerate(headings):
        if heading not in known:
            found.fault(line, shown(row[place]) or f"column {place + 1}", "This column is not known.")
        elif heading in headings[:place]:
            found.fault(line, heading, "This column stands in the file twice.")
    for heading in required:
        if heading not in headings:
            found.fault(line, heading, "This column is missing.")
    return headings
