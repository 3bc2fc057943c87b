"""What is proposed about an appointment, and how far it has come."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ProposedAct(enum.Enum):
    """`take_back`: the person never took the appointment up."""

    APPOINT = "appoint"
    TAKE_BACK = "take_back"

    @property
    def title(self) -> str:
        return "Appoint" if self is ProposedAct.APPOINT else "Take back"


class ProposalState(enum.Enum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:
        return "Waits for approval" if self is ProposalState.PROPOSED else self.value.capitalize()


TRANSITIONS: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.PROPOSED: frozenset(
        {ProposalState.APPROVED, ProposalState.REFUSED, ProposalState.WITHDRAWN}
    ),
    ProposalState.APPROVED: frozenset(),
    ProposalState.REFUSED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}


def move(now: ProposalState, to: ProposalState) -> ProposalState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This proposal was {now.value} already.")
    return to
