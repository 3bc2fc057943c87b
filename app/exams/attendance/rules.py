"""When somebody may be marked, what needs a reason, and how a file of attendance is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from app.exams import csv_files
from app.exams.csv_files import CsvFile
from app.exams.examinations.states import Attendance
from app.platform.errors import Conflict, Invalid
from app.recruitment.applications.states import Assessment

LONGEST_REASON = 500
COLUMNS, OPTIONS = ("candidate", "attendance"), ("reason",)
WORDS = {
    "present": Attendance.PRESENT,
    "p": Attendance.PRESENT,
    "absent": Attendance.ABSENT,
    "a": Attendance.ABSENT,
    "excused": Attendance.EXCUSED,
    "e": Attendance.EXCUSED,
}
# Who was excused did not sit the examination either: what sets them apart stays in the attendance.
ASSESSMENTS = {
    Attendance.EXPECTED: Assessment.REGISTERED,
    Attendance.PRESENT: Assessment.PRESENT,
    Attendance.ABSENT: Assessment.ABSENT,
    Attendance.EXCUSED: Assessment.ABSENT,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a candidate is to be marked as, and why."""

    attendance: Attendance
    reason: str = ""


def demand_begun(opens_at: dt.datetime | None, at: dt.datetime, attendance: Attendance) -> None:
    """Raise Conflict while the doors are shut; who is excused may be marked before."""
    if opens_at is not None and at < opens_at and attendance is not Attendance.EXCUSED:
        raise Conflict("The doors are not open yet. Only who is excused can be marked before.")


def is_late(closes_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Tell whether the doors are closed."""
    return closes_at is not None and at > closes_at


def needs_reason(now: Attendance, to: Attendance) -> bool:
    """Tell whether a mark is a correction, or an excuse: both say why."""
    return to is Attendance.EXCUSED or (now is not Attendance.EXPECTED and now is not to)


def check_reason(now: Attendance, to: Attendance, reason: str) -> str:
    """Give the reason, or raise Invalid where one is needed and missing."""
    if needs_reason(now, to) and not reason.strip():
        what = "why the candidate is excused" if to is Attendance.EXCUSED else "why the mark is corrected"
        raise Invalid(reason=f"Enter {what}.")
    return reason.strip()


def read_file(content: bytes, known: Collection[str]) -> tuple[dict[str, Wanted], CsvFile]:
    """Read who was present, absent or excused by candidate number, and what was wrong with the file."""
    found = csv_files.read(content, COLUMNS, OPTIONS)
    wanted: dict[str, Wanted] = {}
    for line, row in found.rows:
        number, word, reason = row["candidate"], row["attendance"].casefold(), row.get("reason", "")
        if number not in known:
            found.fault(line, "candidate", f"“{csv_files.shown(number)}” is not a candidate here.")
        elif number in wanted:
            found.fault(line, "candidate", f"{number} stands in the file twice.")
        elif word not in WORDS:
            found.fault(line, "attendance", "Use present, absent or excused.")
        elif WORDS[word] is Attendance.EXCUSED and not reason:
            found.fault(line, "reason", "Say why the candidate is excused.")
        elif len(reason) > LONGEST_REASON or not reason.isprintable():
            found.fault(line, "reason", f"Use {LONGEST_REASON} letters at most.")
        else:
            wanted[number] = Wanted(WORDS[word], reason)
    return ({} if found.problem_count else wanted), found
