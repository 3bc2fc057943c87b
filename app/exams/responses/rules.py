"""Reading a file of answers by key: candidates by number, items by code, every fault with its place."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt

from app.exams.responses.cells import UNKNOWN
from app.exams.responses.headings import Columns, recognise
from app.exams.responses.marks import Sheet
from app.exams.responses.packing import Codes, digests
from app.exams.responses.states import Doubt
from app.exams.responses.tables import Fault, Part, Unreadable, open_table
from app.platform import progress
from app.platform.errors import Conflict, Invalid

MOST_PROBLEMS = 200
# What a report holds at most; beyond it faults are counted only.
MOST_REPORTED = 10_000
LONGEST_SHOWN = 40
WHOLE_LINE = -1
_ENDING = re.compile(r"\.[A-Za-z]{3,4}$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the line as a spreadsheet counts it, the column's heading, and what is wrong."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class DoubtfulMark:
    """A mark that a person has to look at: whose, of which item (its place), why, and what the file says."""

    row: int
    item: int
    doubt: Doubt
    seen: str


@dataclass(slots=True)
class Reading:
    """What was read, in the order of the file: `matrix`, shape (rows, items), holds codes of `sheet.texts`.

    `problem_count` counts all faults, `problems` holds the first; where there is one, nothing may be stored.
    `absent` are the candidates without a sheet, in order.
    """

    sheet: Sheet
    numbers: list[str] = field(default_factory=list)
    matrix: Codes = field(default_factory=lambda: np.empty((0, 0), dtype=np.uint8))
    lines: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    series: list[str] = field(default_factory=list)
    bundles: list[str] = field(default_factory=list)
    doubts: list[DoubtfulMark] = field(default_factory=list)
    reported: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    rows: int = 0
    absent: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """List the first faults, for a page."""
        return self.reported[:MOST_PROBLEMS]

    @property
    def sheets(self) -> int:
        """Count the sheets that may be stored; none where there is a fault."""
        return 0 if self.problem_count else len(self.numbers)

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """Give the sheets by number and item code, for files that are small."""
        texts, codes = self.sheet.texts, self.sheet.codes
        return {
            self.numbers[row]: {code: texts[place] for code, place in zip(codes, marks, strict=True)}
            for row, marks in enumerate(self.matrix[: self.sheets].tolist())
        }

    def fault(self, row: int, column: str, reason: str) -> None:
        """Note a fault, in full for the first ones, then by number only."""
        self.problem_count += 1
        if len(self.reported) < MOST_REPORTED:
            self.reported.append(Problem(row, showable(column), reason))


def showable(text: str) -> str:
    """Give the beginning of a text from a file without what no page may hold."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:LONGEST_SHOWN]
    )


def read_file(content: bytes, sheet: Sheet) -> Reading:
    """Read a file that is in memory."""
    return read_source(io.BytesIO(content), sheet, progress.silent())


def read_source(source: BinaryIO, sheet: Sheet, teller: progress.Teller) -> Reading:
    """Read a file of answers: a row of headings, then a row for each candidate, in any order.

    Nothing is guessed: a column is known by its heading and a person by the number in the row.
    """
    reading = Reading(sheet)
    try:
        table = open_table(source)
        columns, faults = recognise(table.headings, sheet.names, left_out=sheet.left_out)
        if sheet.series and columns.series is None:
            faults.append(("series", "The column of booklet series is missing."))
        for heading, reason in faults:
            reading.fault(table.line, heading, reason)
        if not faults:
            teller.begin("Reading the file.", table.size)
            reader = _Reader(reading, columns)
            for part in table.parts:
                reader.take(part)
                teller.tell(part.done)
            reader.finish()
    except Unreadable as error:
        reading.fault(*error.fault)
    if not reading.rows and not reading.problem_count:
        reading.fault(1, "", "The file has headings and no answers.")
    if not reading.problem_count:
        reading.absent = sorted(set(sheet.numbers) - set(reading.numbers))
    return reading


class _Reader:
    """Turns parts of a file into one matrix; what is wrong goes into the reading."""

    def __init__(self, reading: Reading, columns: Columns) -> None:
        self.reading, self.columns, self.sheet = reading, columns, reading.sheet
        self.meanings = self.sheet.meanings()
        self.doubts = dict[str, tuple[int, Doubt] | None]()
        self.first = dict[str, int]()
        self.blocks, self.lines = list[Codes](), list[npt.NDArray[np.int64]]()
        position = {code: place for place, code in enumerate(self.sheet.codes)}
        self.turns = {
            name: [position[code] for code in printed.values()] for name, printed in self.sheet.series.items()
        }

    def take(self, part: Part) -> None:
        """Take a part in: find its people, its series and the code of each cell."""
        faults: list[tuple[tuple[int, int], Fault]] = [
            ((line, WHOLE_LINE), (line, column, reason)) for line, column, reason in part.faults
        ]
        kept = self._without_blank(part)
        if kept is None:
            for _, fault in sorted(faults):
                self.reading.fault(*fault)
            self.reading.rows += len(part.faults)
            return
        part = kept
        numbers = self._numbers(part, faults)
        series = self._texts(part, self.columns.series, faults)
        base = len(self.reading.numbers)
        block = np.empty((len(part.lines), len(self.sheet.names)), dtype=np.uint8)
        for item, name in enumerate(self.sheet.names):
            block[:, item] = self._item(part, item, name, base, faults)
        if self.turns:
            block = self._turned(block, series, base, part, faults)
        elif any(series):
            for row in np.flatnonzero(np.array(series) != "")[:MOST_REPORTED].tolist():
                line = int(part.lines[row])
                reason = f"The examination has one booklet, and no series “{showable(series[row])}”."
                faults.append(((line, 0), (line, "series", reason)))
        for _, fault in sorted(faults):
            self.reading.fault(*fault)
        self.reading.rows += len(part.lines) + len(part.faults)
        self.reading.numbers += numbers
        self.reading.series += series if self.turns else [""] * len(numbers)
        self.reading.bundles += self._texts(part, self.columns.bundle, faults)
        self.blocks.append(block)
        self.lines.append(part.lines)

    def finish(self) -> None:
        """Put the parts together."""
        if self.blocks:
            self.reading.matrix = np.concatenate(self.blocks)
            self.reading.lines = np.concatenate(self.lines)
        self.reading.doubts.sort(key=lambda mark: (mark.row, mark.item))

    def _without_blank(self, part: Part) -> Part | None:
        """Leave out rows in which nothing stands at all; None where no other is left."""
        own = part.cells.stripped(cast(int, self.columns.candidate))
        blank = [row for row, number in enumerate(own) if not number and part.cells.is_blank(row)]
        if not blank:
            return part
        if len(blank) == len(part.lines):
            return None
        kept = np.ones(len(part.lines), dtype=bool)
        kept[blank] = False
        return Part(part.lines[kept], part.cells.kept(kept), part.faults, part.done)

    def _numbers(self, part: Part, faults: list[tuple[tuple[int, int], Fault]]) -> list[str]:
        numbers = part.cells.stripped(cast(int, self.columns.candidate))
        if self.columns.by_file:  # the scans are named by candidate: C000123.png
            numbers = [_ENDING.sub("", number) for number in numbers]
        known, first = self.sheet.numbers, self.first
        for number, line in zip(numbers, part.lines.tolist(), strict=True):
            before = first.setdefault(number, line)
            if number not in known or before != line:
                faults.append(((line, WHOLE_LINE), (line, "candidate", _wrong_number(number, known, before))))
        return numbers

    def _texts(self, part: Part, place: int | None, faults: list[tuple[tuple[int, int], Fault]]) -> list[str]:
        if place is None:
            return [""] * len(part.lines)
        return [text[:LONGEST_SHOWN] for text in part.cells.stripped(place)]

    def _item(
        self, part: Part, item: int, name: str, base: int, faults: list[tuple[tuple[int, int], Fault]]
    ) -> Codes:
        """Give the codes of one column; what is no plain answer is looked at text by text."""
        place = self.columns.items[name]
        found = part.cells.codes(place, self.meanings)
        for row in np.flatnonzero(found == UNKNOWN).tolist():
            text = part.cells.text(row, place).strip()
            if (code := self.meanings.get(text)) is not None:
                found[row] = code
                continue
            if text not in self.doubts:
                self.doubts[text] = self.sheet.doubt(text, is_scanned=self.columns.is_scanned)
            doubt = self.doubts[text]
            if doubt is not None:
                found[row] = doubt[0]
                self.reading.doubts.append(DoubtfulMark(base + row, item, doubt[1], showable(text)))
            else:
                found[row] = 0
                line = int(part.lines[row])
                reason = f"“{showable(text)}” is not an answer of this examination."
                faults.append(((line, place), (line, name, reason)))
        return found

    def _turned(
        self,
        block: Codes,
        series: Sequence[str],
        base: int,
        part: Part,
        faults: list[tuple[tuple[int, int], Fault]],
    ) -> Codes:
        """Turn printed numbers into the examination's items, by the booklet that each person had."""
        turned = np.zeros((len(block), len(self.sheet.codes)), dtype=np.uint8)
        had = np.array(series, dtype=np.str_)
        for name, places in self.turns.items():
            rows = np.flatnonzero(had == name)
            turned[np.ix_(rows, np.array(places))] = block[rows]
        for row in np.flatnonzero(~np.isin(had, list(self.turns))).tolist():
            line = int(part.lines[row])
            said = f"“{showable(series[row])}” is no booklet series" if series[row] else "The series is empty"
            faults.append(((line, 0), (line, "series", f"{said}: the series are {', '.join(self.turns)}.")))
        self.reading.doubts = [
            mark
            if mark.row < base or series[mark.row - base] not in self.turns
            else DoubtfulMark(mark.row, self.turns[series[mark.row - base]][mark.item], mark.doubt, mark.seen)
            for mark in self.reading.doubts
        ]
        return turned


def _wrong_number(number: str, known: object, before: int) -> str:
    if not number:
        return "The candidate number is empty."
    if number not in known:  # type: ignore[operator]
        return f"“{showable(number)}” is not a candidate of this examination."
    return f"{number} already stands in line {before}."


def sheet_digest(examination: str, number: str, answers: dict[str, str], series: str = "") -> str:
    """Give the SHA-256 of one sheet as it was captured."""
    options = sorted(set(answers.values()) - {"", "*"})
    codes = list(answers)
    texts = ["", "*", *options]
    matrix = np.array([[texts.index(answers[code]) for code in codes]], dtype=np.uint8)
    return next(digests(examination, [number], codes, matrix, options, [series]))


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
