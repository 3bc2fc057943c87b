"""Setting the arithmetic of two to four candidates side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.exams.merit_lists.models import MeritListEntry
from app.exams.results.rules import Step, shown_steps

MOST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the arithmetic, for each candidate in turn; None where it is no step of theirs."""

    label: str
    cells: tuple[Step | None, ...]
    is_same: bool


def side_by_side(entries: Sequence[MeritListEntry]) -> list[Line]:
    """Line up the steps of several candidates by stage and label, in the order of the working."""
    columns = [{_key(step): step for step in shown_steps(entry.derivation)} for entry in entries]
    keys: list[tuple[str, str]] = []
    for column in columns:
        place = 0
        for key in column:
            if key in keys:
                place = keys.index(key) + 1
            else:
                keys.insert(place, key)
                place += 1
    lines = []
    for key in keys:
        cells = tuple(column.get(key) for column in columns)
        values = {step.value if step else None for step in cells}
        lines.append(Line(key[1], cells, len(values) == 1))
    return lines


def _key(step: Step) -> tuple[str, str]:
    return step.stage, step.label
