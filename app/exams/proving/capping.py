"""The cap on preference: how many people may owe a place among the best to points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.exams.proving.inputs import NotProvable
from app.exams.proving.rounding import to_whole
from app.exams.proving.worksheet import Amount, Counts, Expression, Worksheet, same_scale, whole

if TYPE_CHECKING:
    from app.exams.merit.preference import Cap


@dataclass
class _Kind:
    """People who have the same mark without points and the same with them."""

    plain: int
    lifted: int
    people: int
    denied: bool = False

    @property
    def mark(self) -> int:
        """Give the mark that they stand with now."""
        return self.plain if self.denied else self.lifted


def deny(
    sheet: Worksheet, cap: Cap, earned: Amount, final: Amount, passing: Expression, facts: Mapping[str, Any]
) -> Expression:
    """Tell whose points fall away: of those who owe their place to them, the lowest beyond the cap."""
    vacancies = facts.get("vacancies")
    if not isinstance(vacancies, int) or vacancies < 0:
        raise NotProvable("The announcement does not say its vacancies.")
    plain, lifted = same_scale([earned, final])
    plain, lifted = sheet.store(plain), sheet.store(lifted)
    sheet.settle()
    kinds = [_Kind(*pair, people) for pair, people in sheet.count(lifted.value, plain.value, passing).items()]
    allowed = to_whole(cap.percent * vacancies / 100, cap.rounding)
    while _denies_more(kinds, allowed, vacancies):
        pass
    table: Counts = {(kind.plain, kind.lifted): int(kind.denied) for kind in kinds}
    return passing & (sheet.look_up(lifted.value, table, plain.value) == whole(1))


def _denies_more(kinds: list[_Kind], allowed: int, vacancies: int) -> bool:
    """Take the points from those beyond the cap, once; their places go to others, who may owe theirs too."""
    bar = _last_place([(kind.plain, kind.people) for kind in kinds], vacancies)
    line = _last_place([(kind.mark, kind.people) for kind in kinds], vacancies)
    owing = [kind for kind in kinds if not kind.denied and kind.plain < bar and kind.lifted >= line]
    people = 0
    for lifted in sorted({kind.lifted for kind in owing}, reverse=True):
        equal = [kind for kind in owing if kind.lifted == lifted]
        people += sum(kind.people for kind in equal)
        for kind in equal:
            kind.denied = people > allowed
    return people > allowed


def _last_place(marks: list[tuple[int, int]], places: int) -> int:
    """Give the mark that stands on the last of so many places, above all where there is none."""
    lowest = max((mark for mark, _people in marks), default=0) + 1
    for mark, people in sorted(marks, reverse=True):
        if places <= 0:
            break
        lowest, places = mark, places - people
    return lowest
