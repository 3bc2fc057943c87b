"""The sum that must hold before a list: registered are present, absent or excused, and sheets are present."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.exams.examinations.states import Attendance


@dataclass(slots=True)
class Line:
    """One session, or everyone: people by attendance, their sheets, and how many do not fit.

    `missing` counts who is present without a sheet, `surplus` sheets of people who are not present.
    """

    name: str
    session_id: str = ""
    counts: dict[Attendance, int] = field(default_factory=lambda: dict.fromkeys(Attendance, 0))
    sheets: int = 0
    missing: int = 0
    surplus: int = 0

    @property
    def registered(self) -> int:
        return sum(self.counts.values())

    def is_complete(self, *, has_sheets: bool) -> bool:
        """Tell whether nothing is left open."""
        is_marked = not self.counts[Attendance.EXPECTED]
        return is_marked and not (has_sheets and (self.missing or self.surplus))

    def add(self, attendance: Attendance, has_sheet: bool, people: int) -> None:
        """Count people who are alike."""
        self.counts[attendance] += people
        if has_sheet:
            self.sheets += people
        if attendance is Attendance.PRESENT and not has_sheet:
            self.missing += people
        if attendance is not Attendance.PRESENT and has_sheet:
            self.surplus += people


def fill(
    rows: Iterable[tuple[str | None, Attendance, bool, int]], lines: Mapping[str, Line], total: Line
) -> None:
    """Count people (session, attendance, sheet, how many) into their session's line and the total.

    `lines` are by session id, "" for who has none.
    """
    for session_id, attendance, has_sheet, people in rows:
        lines[session_id or ""].add(attendance, bool(has_sheet), people)
        total.add(attendance, bool(has_sheet), people)
