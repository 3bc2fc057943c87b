"""What decides about a list: when it may be drafted, who approves, and whether it is still itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from app.exams.merit_lists.states import ListState
from app.exams.scoring.rules import Sealed
from app.platform.errors import Conflict, Invalid

CLASSES = 16
SEED_LENGTHS = (8, 200)


def check_draft(
    blocks: Sequence[str], open_state: ListState | None, is_correction: bool, reason: str
) -> None:
    """Raise Conflict while something is missing or a list is open, Invalid for an unexplained correction."""
    if open_state is not None:
        raise Conflict(f"A list of this examination is already {open_state.value}. Finish that one first.")
    if blocks:
        raise Conflict(blocks[0])
    if is_correction and not reason.strip():
        raise Invalid(reason="Enter why a new version of the published list is made.")


def check_seed(seed: str, is_needed: bool) -> str:
    """Give the public seed, or nothing where no draw is declared; Invalid when it is too short to be one."""
    if not is_needed:
        return ""
    if not SEED_LENGTHS[0] <= len(seed) <= SEED_LENGTHS[1]:
        raise Invalid(
            seed=f"Enter the seed that was drawn in public, {SEED_LENGTHS[0]} characters or more. "
            "Ties are broken by lot, and anyone must be able to draw it again."
        )
    return seed


def demand_second_person(actor_id: str | None, drafted_by: str | None) -> None:
    """Raise Conflict when who approves is who drafted."""
    if actor_id is None or actor_id == drafted_by:
        raise Conflict("You drafted this list, so a second person has to approve it.")


def check_same(approved: Sealed, now: Sealed) -> None:
    """Raise Conflict, naming what changed, unless the list computed now is the one that was approved."""
    names = {
        "rulebook": "the rulebook",
        "key_version": "the key in force",
        "responses": "the imported answers",
        "marks": "the marks of a part",
        "inputs": "the answers, claims or applications",
        "rows": "the ranks",
    }
    for field, words in names.items():
        if getattr(approved, field) != getattr(now, field):
            raise Conflict(
                f"This list is not the same as when it was drafted: {words} changed since. "
                "Discard it and draft a new one."
            )


def check_rows(stored: Iterable[Mapping[str, Any]], computed: Iterable[Mapping[str, Any]]) -> None:
    """Raise Conflict at the first stored entry that the sealed inputs do not give again."""
    for own, again in zip_longest(stored, computed):
        if own is None or again is None:
            raise Conflict(
                "Entries were added to or taken from this list after it was drafted. Call the auditor."
            )
        if own != again:
            raise Conflict(
                f"The entry of candidate {again['number']} was changed after the list was drafted. "
                "Nothing was published. Call the auditor."
            )


def is_in_force(state: ListState, expires_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether names may be certified from a list."""
    return state is ListState.PUBLISHED and (expires_on is None or today <= expires_on)


@dataclass(frozen=True, slots=True)
class Class:
    """One bar of the distribution: scores from `low` up to but without the next one's."""

    label: str
    count: int


def histogram(scores: Iterable[tuple[Fraction, int]]) -> list[Class]:
    """Sort scores with their counts into equal classes of a round width, at most CLASSES of them."""
    counted = list(scores)
    if not counted:
        return []
    values = [score for score, _ in counted]
    low, high = min(values), max(values)
    width = next(width for width in _widths() if (high // width) - (low // width) < CLASSES)
    start = (low // width) * width
    bars = [0] * (int((high - start) // width) + 1)
    for score, count in counted:
        bars[int((score - start) // width)] += count
    return [Class(str(start + place * width), count) for place, count in enumerate(bars)]


def _widths() -> Iterator[int]:
    """Give 1, 2, 5, 10, 20, 50 and so on without end."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
