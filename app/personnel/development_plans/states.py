"""Where a development plan stands."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class PlanState(enum.Enum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    REVIEWED = "reviewed"

    @property
    def title(self) -> str:
        return TITLES[self]

    @property
    def colour(self) -> str:
        return _COLOURS[self]


TITLES = {
    PlanState.DRAFT: "Draft",
    PlanState.PROPOSED: "Waits for the supervisor",
    PlanState.AGREED: "Agreed",
    PlanState.REVIEWED: "Looked back on",
}
_COLOURS = {
    PlanState.DRAFT: "grey",
    PlanState.PROPOSED: "yellow",
    PlanState.AGREED: "green",
    PlanState.REVIEWED: "blue",
}
TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.PROPOSED}),
    PlanState.PROPOSED: frozenset({PlanState.DRAFT, PlanState.AGREED}),
    PlanState.AGREED: frozenset({PlanState.REVIEWED}),
    PlanState.REVIEWED: frozenset(),
}


def move(now: PlanState, to: PlanState) -> PlanState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"The plan cannot be changed so any more: {TITLES[now].lower()}.")
    return to
