"""The columns of New York's list and certification files, written and read.

The columns are those of the city's open data sets of active and terminated lists (vx8i-nprf, qu8g-sxqf) and
of list certifications (a9md-ynri), read 2026-11-22. List numbers have three decimals: who is restored
between two others gets a number between theirs, such as 112.500.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.exams import csv_files
from app.exams.csv_files import CsvFile

LIST_COLUMNS = (
    "exam_no", "list_no", "first_name", "mi", "last_name", "adj_fa", "list_title_code", "list_title_desc",
    "group_no", "list_agency_code", "list_agency_desc", "list_div_code", "published_date", "established_date",
    "anniversary_date", "extension_date", "veteran_credit", "parent_lgy_credit", "sibling_lgy_credit",
    "residency_credit",
)  # fmt: skip
TERMINATED = "termination_date"
CERTIFICATION_COLUMNS = (
    "exam_no", "list_no", "first_name", "mi", "last_name", "list_agency_code", "list_agency_desc",
    "list_title_desc", "cert_seq_no", "request_date", "salary", "cert_issue_no", "cert_date", "reissue_date",
    "cert_expiration_date", "no_certified", "no_requested", "provisional_replacement", "no_vacancies",
    "list_title_code", "sel_cert_description",
)  # fmt: skip
DATES = ("published_date", "established_date", "anniversary_date", "extension_date", TERMINATED)
LONGEST = {"exam_no": 40, "list_title_code": 40, "list_title_desc": 200}
MOST_NAMES = 200_000
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,3})?")
_AVERAGE = re.compile(r"\d{1,3}(\.\d{1,4})?")


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a file that was read; `place` is the list number in thousandths."""

    place: int
    name: str
    average: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReadList:
    """One list of a file: what every row of it says alike, and its names in their order."""

    exam_no: str
    title_code: str
    title: str
    dates: dict[str, dt.date | None]
    names: tuple[Named, ...]


def read_lists(content: bytes) -> tuple[list[ReadList], CsvFile]:
    """Read a file of one or several lists, and every fault with its line; nothing may be kept with faults."""
    required = tuple(name.replace("_", " ") for name in LIST_COLUMNS)
    found = csv_files.read(content, required, (TERMINATED.replace("_", " "),))
    lists: dict[tuple[str, str], list[tuple[int, dict[str, str], Named]]] = {}
    for line, spaced in found.rows:
        cells = {heading.replace(" ", "_"): text for heading, text in spaced.items()}
        named = _read_name(line, cells, found)
        if named is not None:
            key = (cells["exam_no"], cells["list_title_code"])
            lists.setdefault(key, []).append((line, cells, named))
    if len(found.rows) > MOST_NAMES:
        found.fault(found.rows[-1][0], "", f"The file has more than {MOST_NAMES:,} names. Divide it.")
    return [_gather(rows, found) for rows in lists.values()], found


def place_text(place: int) -> str:
    """Write a list number of thousandths with its three decimals."""
    return f"{place // 1000}.{place % 1000:03d}"


def average_text(final: int, denominator: int) -> str:
    """Write an amount to two decimals for display, halves up."""
    hundredths = (200 * final + denominator) // (2 * denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def split_name(name: str) -> tuple[str, str, str]:
    """Divide a full name into first name, middle initial and last name, as the columns want it."""
    words = name.split()
    if len(words) < 2:
        return "", "", name
    middle = words[1].rstrip(".") if len(words) > 2 else ""
    if len(middle) == 1:
        return words[0], middle, " ".join(words[2:])
    return words[0], "", " ".join(words[1:])


def day_text(day: dt.date | None) -> str:
    """Write a day as the files do, with a midnight behind it."""
    return f"{day.isoformat()}T00:00:00" if day else ""


def _read_name(line: int, cells: Mapping[str, str], found: CsvFile) -> Named | None:
    before = found.problem_count
    for heading, longest in LONGEST.items():
        if not cells[heading]:
            found.fault(line, heading, "This must not be empty.")
        elif len(cells[heading]) > longest:
            found.fault(line, heading, f"This has more than {longest} characters.")
    if not _NUMBER.fullmatch(cells["list_no"]) or Decimal(cells["list_no"]) == 0:
        shown = csv_files.shown(cells["list_no"])
        found.fault(line, "list_no", f"“{shown}” is no list number: above 0, three decimals at most.")
    if not _AVERAGE.fullmatch(cells["adj_fa"]):
        found.fault(line, "adj_fa", f"“{csv_files.shown(cells['adj_fa'])}” is no final average.")
    for heading in DATES:
        if not _is_day(cells.get(heading, "")):
            found.fault(line, heading, f"“{csv_files.shown(cells[heading])}” is no date.")
    name = " ".join(cells[part] for part in ("first_name", "mi", "last_name") if cells[part])
    if not name or len(name) > 200:
        found.fault(line, "last_name", "The name is missing, or has more than 200 characters.")
    if found.problem_count > before:
        return None
    kept = {heading: text for heading, text in cells.items() if text}
    return Named(int(Decimal(cells["list_no"]) * 1000), name, cells["adj_fa"], kept)


def _gather(rows: list[tuple[int, dict[str, str], Named]], found: CsvFile) -> ReadList:
    """Put the names of one list in order; a number given twice and dates that differ are faults."""
    _, first, _ = rows[0]
    places: dict[int, int] = {}
    for line, cells, named in rows:
        if named.place in places:
            reason = f"List number {place_text(named.place)} stands in line {places[named.place]} too."
            found.fault(line, "list_no", reason)
        places.setdefault(named.place, line)
        for heading in (*DATES, "list_title_desc"):
            if cells.get(heading, "") != first.get(heading, ""):
                found.fault(line, heading, "This differs from the first row of the same list.")
    return ReadList(
        first["exam_no"],
        first["list_title_code"],
        first["list_title_desc"],
        {heading: _day(first.get(heading, "")) for heading in DATES},
        tuple(sorted((named for _, _, named in rows), key=lambda named: named.place)),
    )


def _is_day(text: str) -> bool:
    try:
        _day(text)
    except ValueError:
        return False
    return True


def _day(text: str) -> dt.date | None:
    return dt.datetime.fromisoformat(text).date() if text else None
