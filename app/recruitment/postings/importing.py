"""Reading a file of postings: which rows are good, and what is wrong with each of the others."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from app.platform.errors import Invalid
from app.recruitment.postings.nyc_jobs import NEEDED_COLUMNS, JobRow

LARGEST_FILE = 50 * 1024 * 1024
MOST_ROWS = 100_000
WHOLE_ROW = "whole row"
Cells = list[str]
# Wraps what is gone through, to show how far it has come.
Progress = Callable[[list[Cells]], Iterable[Cells]]


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in a row; rows are numbered as a spreadsheet shows them, the header being row 1."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: the good rows, what is wrong with the others, and those as they came."""

    digest: str
    header: tuple[str, ...]
    rows: tuple[JobRow, ...]
    errors: tuple[RowError, ...]
    rejected: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def total(self) -> int:
        return len(self.rows) + len(self.rejected)


def read_file(content: bytes, progress: Progress = iter) -> ReadFile:
    """Read a CSV file; Invalid(file=...) when it is none, and an error for each row that is not good.

    Of rows with the same key the second and later ones are not good.
    """
    header, lines = split(decode(content))
    rows: dict[str, tuple[int, JobRow]] = {}
    errors: list[RowError] = []
    rejected: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(progress(lines), start=2):
        row, found = read_row(number, header, cells)
        if row is not None and row.key in rows:
            reason = f"has the same job and posting type as row {rows[row.key][0]}."
            found = [RowError(number, "Job ID", reason)]
        elif row is not None:
            rows[row.key] = (number, row)
        if found:
            errors += found
            rejected.append((number, tuple(cells)))
    digest = hashlib.sha256(content).hexdigest()
    return ReadFile(digest, header, tuple(row for _, row in rows.values()), tuple(errors), tuple(rejected))


def decode(content: bytes) -> str:
    """Decode a file as UTF-8, or UTF-16 with its mark; anything else is refused rather than guessed at."""
    if len(content) > LARGEST_FILE:
        raise Invalid(file=f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB.")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Invalid(
            file=f"Line {line} is not written in UTF-8. Save the file as “CSV UTF-8” and try again."
        ) from None


def split(text: str) -> tuple[tuple[str, ...], list[Cells]]:
    """Split a CSV text into its header and its rows, without empty lines."""
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if any(line)]
    except csv.Error as error:
        raise Invalid(file=f"The file cannot be read as CSV: {error}.") from error
    if not lines:
        raise Invalid(file="The file is empty.")
    header = tuple(name.strip() for name in lines[0])
    if missing := [name for name in NEEDED_COLUMNS if name not in header]:
        raise Invalid(file=f"The file lacks these columns: {', '.join(missing)}.")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise Invalid(file=f"The file has these columns twice: {', '.join(twice)}.")
    if len(lines) > MOST_ROWS + 1:
        raise Invalid(file=f"The file has more than {MOST_ROWS:,} rows. Split it.")
    return header, lines[1:]


def read_row(number: int, header: tuple[str, ...], cells: Cells) -> tuple[JobRow | None, list[RowError]]:
    """Check one row; give it, or all that is wrong with it."""
    if len(cells) != len(header):
        reason = f"has {len(cells)} columns where the header has {len(header)}."
        return None, [RowError(number, WHOLE_ROW, reason)]
    try:
        return JobRow.model_validate(dict(zip(header, cells, strict=True))), []
    except ValidationError as error:
        return None, [
            RowError(number, str(part["loc"][0]) if part["loc"] else WHOLE_ROW, part["msg"])
            for part in error.errors(include_url=False, include_input=False)
        ]


def write_rejects(read: ReadFile) -> str:
    """Write the rows that are not good as CSV, each with its number and all reasons in front."""
    reasons: dict[int, list[str]] = {}
    for error in read.errors:
        reasons.setdefault(error.row, []).append(f"{error.column} {error.reason}")
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(["Row", "Reasons", *read.header])
    for number, cells in read.rejected:
        writer.writerow([number, " ".join(reasons[number]), *cells])
    return written.getvalue()
