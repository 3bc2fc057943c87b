"""The states of an item, and how hard it is meant to be."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ItemState(enum.Enum):
    """A draft until a second person has reviewed its latest version; in use once an examination took it."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    IN_USE = "in_use"
    RETIRED = "retired"


class Difficulty(enum.Enum):
    """How hard an item is meant to be; what it proved to be stands in its statistics."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


TRANSITIONS: dict[ItemState, frozenset[ItemState]] = {
    ItemState.DRAFT: frozenset({ItemState.DRAFT, ItemState.REVIEWED, ItemState.RETIRED}),
    ItemState.REVIEWED: frozenset({ItemState.DRAFT, ItemState.IN_USE, ItemState.RETIRED}),
    ItemState.IN_USE: frozenset({ItemState.DRAFT, ItemState.IN_USE, ItemState.RETIRED}),
    ItemState.RETIRED: frozenset(),
}
USABLE = (ItemState.REVIEWED, ItemState.IN_USE)


def move(now: ItemState, to: ItemState) -> ItemState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        words = {state: state.value.replace("_", " ") for state in ItemState}
        raise Conflict(f"This item is {words[now]} and cannot become {words[to]}.")
    return to
