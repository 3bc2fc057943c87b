"""What a report is: a title, facts, and sections of rows under declared columns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

Value = str | int | dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a report; every row has as many values as there are columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: str = "Nothing was recorded."

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"A row of “{self.title}” does not fit its columns: {wrong[0]!r}")


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it stood at `made_at`; `zone` is the one its moments are printed in."""

    name: str
    title: str
    number: str
    agency: str
    made_at: dt.datetime
    zone: str
    facts: tuple[tuple[str, Value], ...]
    sections: tuple[Section, ...]
