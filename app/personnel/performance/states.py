"""What becomes of a cycle and of the plans in it."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class CycleState(enum.Enum):
    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"

    @property
    def title(self) -> str:
        return {"draft": "In preparation", "running": "Running", "closed": "Closed"}[self.value]


class PlanState(enum.Enum):
    """A plan counts from the day it is issued; acknowledging says that it was read, no more."""

    DRAFT = "draft"
    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    RATED = "rated"
    VOID = "void"

    @property
    def title(self) -> str:
        return {
            "draft": "Being written",
            "issued": "Waits to be acknowledged",
            "acknowledged": "In force",
            "rated": "Rated",
            "void": "Void",
        }[self.value]


CYCLES: dict[CycleState, frozenset[CycleState]] = {
    CycleState.DRAFT: frozenset({CycleState.RUNNING}),
    CycleState.RUNNING: frozenset({CycleState.CLOSED}),
    CycleState.CLOSED: frozenset(),
}
PLANS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.ISSUED, PlanState.VOID}),
    PlanState.ISSUED: frozenset({PlanState.ACKNOWLEDGED, PlanState.RATED, PlanState.VOID}),
    PlanState.ACKNOWLEDGED: frozenset({PlanState.RATED, PlanState.VOID}),
    PlanState.RATED: frozenset(),
    PlanState.VOID: frozenset(),
}
# Work is looked at and rated on a plan that was given to the person, whether acknowledged or not.
IN_FORCE = frozenset({PlanState.ISSUED, PlanState.ACKNOWLEDGED})


def move_cycle(now: CycleState, to: CycleState) -> CycleState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in CYCLES[now]:
        raise Conflict(f"This cycle is {now.title.lower()}, so this cannot be done.")
    return to


def move_plan(now: PlanState, to: PlanState) -> PlanState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in PLANS[now]:
        raise Conflict(f"The state of this plan is “{now.title}”, so this cannot be done.")
    return to
