"""The sum that must hold before a list: registered are present, absent or excused, and sheets are present."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.exams.examinations.states import Attendance

MOST_NAMED = 50


@dataclass(slots=True)
class Line:
    """One session, or everyone: people by attendance, sheets, and the candidates that do not fit.

    `expected` are those whom nobody has marked, `sheetless` present without a sheet, `odd` sheets of people
    who were not present; each holds (number, candidate id), the first ones only, the counts are whole.
    """

    name: str
    session_id: str = ""
    counts: dict[Attendance, int] = field(default_factory=lambda: dict.fromkeys(Attendance, 0))
    sheets: int = 0
    missing: int = 0
    surplus: int = 0
    expected: list[tuple[str, str]] = field(default_factory=list)
    sheetless: list[tuple[str, str]] = field(default_factory=list)
    odd: list[tuple[str, str]] = field(default_factory=list)

    @property
    def registered(self) -> int:
        return sum(self.counts.values())

    def is_complete(self, *, has_sheets: bool) -> bool:
        """Tell whether nothing is left open."""
        is_marked = not self.counts[Attendance.EXPECTED]
        return is_marked and not (has_sheets and (self.missing or self.surplus))

    def add(self, number: str, own: str, attendance: Attendance, has_sheet: bool) -> None:
        """Count one candidate."""
        self.counts[attendance] += 1
        self.sheets += has_sheet
        if attendance is Attendance.EXPECTED:
            _note(self.expected, number, own)
        if attendance is Attendance.PRESENT and not has_sheet:
            self.missing += 1
            _note(self.sheetless, number, own)
        if attendance is not Attendance.PRESENT and has_sheet:
            self.surplus += 1
            _note(self.odd, number, own)


def fill(
    rows: Iterable[tuple[str, str, Attendance, str | None, bool]], lines: Mapping[str, Line], total: Line
) -> None:
    """Count candidates (number, id, attendance, session, sheet) into the line of their session and the total.

    `lines` are by session id, "" for who has none.
    """
    for number, own, attendance, session_id, has_sheet in rows:
        lines[session_id or ""].add(number, own, attendance, has_sheet)
        total.add(number, own, attendance, has_sheet)


def _note(known: list[tuple[str, str]], number: str, own: str) -> None:
    if len(known) < MOST_NAMED:
        known.append((number, own))
