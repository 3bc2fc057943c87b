"""What may stand in a cell of a file of answers, and which marks a person has to look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.exams.responses.packing import texts_of
from app.exams.responses.states import Doubt

BLANK_CODE, SEVERAL_CODE = 0, 1
UNREADABLE_SIGN = "?"
BETWEEN = "+/"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file may hold: its items, its candidates and the marks of its answers.

    `series` maps a booklet series to the items' codes by printed number; without it columns are headed by
    the codes themselves. `left_out` are headings of columns that hold no answers.
    """

    codes: tuple[str, ...]
    numbers: Collection[str]
    options: tuple[str, ...]
    blanks: tuple[str, ...]
    multiples: tuple[str, ...]
    series: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """List what is stored for an item, by code."""
        return texts_of(self.options)

    @property
    def names(self) -> tuple[str, ...]:
        """List what the file calls the items: printed numbers where booklets have series, else codes."""
        return tuple(next(iter(self.series.values()))) if self.series else self.codes

    def meanings(self) -> dict[str, int]:
        """Map each plain text of a cell to what is stored for it; an empty cell is a blank."""
        known = dict.fromkeys(self.multiples, SEVERAL_CODE)
        known |= {text: code for code, text in enumerate(self.options, start=2)}
        return known | dict.fromkeys((*self.blanks, ""), BLANK_CODE)

    def doubt(self, text: str, *, is_scanned: bool) -> tuple[int, Doubt] | None:
        """Say what is stored for a text that a scanner was not sure of, None where it is no answer.

        `?` could not be read; `B?` is a faint B; `A+C` and `A/C` are two marks, as is `AC` where OMRChecker
        wrote it.
        """
        codes = {option: code for code, option in enumerate(self.options, start=2)}
        if text == UNREADABLE_SIGN:
            return BLANK_CODE, Doubt.UNREADABLE
        if text.endswith(UNREADABLE_SIGN) and text[:-1].strip() in codes:
            return codes[text[:-1].strip()], Doubt.FAINT
        marks = [text]
        for sign in BETWEEN:
            marks = [part.strip() for mark in marks for part in mark.split(sign)]
        if len(marks) == 1 and is_scanned:
            marks = list(text)
        is_several = len(marks) > 1 and len(set(marks)) == len(marks)
        return (SEVERAL_CODE, Doubt.SEVERAL) if is_several and set(marks) <= codes.keys() else None
