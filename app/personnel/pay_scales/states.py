"""Whether a version of a pay scale is in force."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class VersionState(enum.Enum):
    DRAFT = "draft"
    APPROVED = "approved"
    DISCARDED = "discarded"

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    VersionState.DRAFT: "Waits for a second person",
    VersionState.APPROVED: "Approved",
    VersionState.DISCARDED: "Discarded",
}
TRANSITIONS: dict[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.APPROVED, VersionState.DISCARDED}),
    VersionState.APPROVED: frozenset(),
    VersionState.DISCARDED: frozenset(),
}


def move(now: VersionState, to: VersionState) -> VersionState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This version is {now.value} already.")
    return to
