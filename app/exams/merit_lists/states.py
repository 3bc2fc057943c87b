"""The states of a merit list."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ListState(enum.Enum):
    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


TRANSITIONS: dict[ListState, frozenset[ListState]] = {
    ListState.DRAFT: frozenset({ListState.APPROVED, ListState.DISCARDED}),
    ListState.APPROVED: frozenset({ListState.PUBLISHED, ListState.DISCARDED}),
    # back to approved, and from superseded to published, only while letters are held (publications.undo)
    ListState.PUBLISHED: frozenset({ListState.SUPERSEDED, ListState.APPROVED}),
    ListState.SUPERSEDED: frozenset({ListState.PUBLISHED}),
    ListState.DISCARDED: frozenset(),
}


def move(now: ListState, to: ListState) -> ListState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This list is {now.value} and cannot become {to.value}.")
    return to
