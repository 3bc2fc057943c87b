"""How a version of a letter's wording comes to be used."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class WordingState(enum.Enum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"

    @property
    def title(self) -> str:
        return {"draft": "Draft", "submitted": "Waits for approval", "approved": "Approved"}[self.value]


TRANSITIONS: dict[WordingState, frozenset[WordingState]] = {
    WordingState.DRAFT: frozenset({WordingState.SUBMITTED}),
    WordingState.SUBMITTED: frozenset({WordingState.APPROVED, WordingState.DRAFT}),
    WordingState.APPROVED: frozenset(),
}


def move(now: WordingState, to: WordingState) -> WordingState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This is not possible now. The wording is: {now.title.lower()}.")
    return to
