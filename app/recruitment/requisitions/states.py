"""What a requisition may become."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class RequisitionState(enum.Enum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"

    @property
    def title(self) -> str:
        return TITLES[self]


TITLES = {
    RequisitionState.DRAFT: "Draft",
    RequisitionState.SUBMITTED: "Waiting for approval",
    RequisitionState.APPROVED: "Approved",
    RequisitionState.REFUSED: "Refused",
    RequisitionState.CANCELLED: "Cancelled",
}

TRANSITIONS: dict[RequisitionState, frozenset[RequisitionState]] = {
    RequisitionState.DRAFT: frozenset({RequisitionState.SUBMITTED, RequisitionState.CANCELLED}),
    RequisitionState.SUBMITTED: frozenset(
        {RequisitionState.APPROVED, RequisitionState.REFUSED, RequisitionState.CANCELLED}
    ),
    RequisitionState.APPROVED: frozenset({RequisitionState.CANCELLED}),
    RequisitionState.REFUSED: frozenset(),
    RequisitionState.CANCELLED: frozenset(),
}

# While a requisition is in one of these, its positions may stand in no other.
LIVE = frozenset({RequisitionState.DRAFT, RequisitionState.SUBMITTED, RequisitionState.APPROVED})


def move(state: RequisitionState, to: RequisitionState) -> RequisitionState:
    """Give the next state, or raise Conflict when the table does not lead there."""
    if to not in TRANSITIONS[state]:
        raise Conflict(f"This requisition is “{state.title.lower()}” and cannot become “{to.title.lower()}”.")
    return to
