"""Items as a table: one a line, columns known by their headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from app.exams.item_bank.files import Fault, Reading, read_difficulty
from app.exams.item_bank.rules import OPTION_KEYS, Content

HEADINGS = ("code", "subject", "difficulty", "language", "question", *OPTION_KEYS, "key")
NEEDED = frozenset(HEADINGS) - {"C", "D", "E", "F"}
DELIMITERS = (",", ";", "\t")


def read_csv(content: bytes) -> Reading:
    """Read items from lines below the headings; every fault comes with its line."""
    reading = Reading()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reading.faults.append(Fault("", line, "The line is not written in UTF-8."))
        return reading
    plain = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    first = plain.split("\n", 1)[0]
    sign = max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))
    lines = csv.reader(io.StringIO(plain, newline=""), delimiter=sign)
    try:
        headings = [cell.strip() for cell in next(lines, [])]
        if wrong := _wrong_headings(headings):
            reading.faults.append(Fault("", 1, wrong))
        else:
            _read_lines(lines, headings, reading)
    except csv.Error as error:
        reading.faults.append(Fault("", lines.line_num, f"The line cannot be read: {error}."))
    if not reading.rows and not reading.faults:
        reading.faults.append(Fault("", 1, "The file has no items."))
    return reading


def _wrong_headings(headings: list[str]) -> str:
    unknown = [heading for heading in headings if heading not in HEADINGS]
    missing = [heading for heading in HEADINGS if heading in NEEDED and heading not in headings]
    if unknown:
        return f"There is no column “{unknown[0][:40]}”. Known are: {', '.join(HEADINGS)}."
    if missing:
        return f"The column “{missing[0]}” is missing."
    return "A column stands in the file twice." if len(set(headings)) != len(headings) else ""


def _read_lines(lines: Any, headings: list[str], reading: Reading) -> None:
    """Read the lines of a csv reader below its headings."""
    for row in lines:
        line = lines.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(headings):
            reason = f"The line has {len(row)} values and the headings are {len(headings)}."
            reading.faults.append(Fault("", line, reason))
            continue
        cells = dict(zip(headings, (cell.strip() for cell in row), strict=True))
        try:
            difficulty = read_difficulty(cells["difficulty"])
        except ValueError as error:
            reading.faults.append(Fault("", line, str(error)))
            continue
        options = {key: cells[key] for key in OPTION_KEYS if cells.get(key)}
        accepted = tuple(part.strip() for part in cells["key"].split("/") if part.strip())
        reading.add(
            line,
            Content(
                cells["code"],
                cells["subject"],
                difficulty,
                cells["language"],
                cells["question"],
                options,
                accepted,
            ),
        )


def write_csv(contents: Iterable[Content]) -> bytes:
    """Write items as read_csv reads them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for content in contents:
        options = [content.options.get(key, "") for key in OPTION_KEYS]
        head = [content.code, content.subject, content.difficulty.value, content.language, content.stem]
        writer.writerow([*head, *options, "/".join(content.accepted)])
    return out.getvalue().encode()
