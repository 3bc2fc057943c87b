"""Why somebody leaves, and how far it has come."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class SeparationKind(enum.Enum):
    RESIGNATION = "resignation"
    RETIREMENT = "retirement"
    REMOVAL = "removal"
    DEATH = "death"
    END_OF_TERM = "end_of_term"
    REDUCTION = "reduction_in_force"

    @property
    def title(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def is_own(self) -> bool:
        """Tell whether the person asks for it."""
        return self in (SeparationKind.RESIGNATION, SeparationKind.RETIREMENT)


class SeparationState(enum.Enum):
    """`effected`: the last day has passed and the post is vacant, while something is still to be cleared."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    EFFECTED = "effected"
    FINISHED = "finished"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:
        return TITLES[self]


TITLES = {
    SeparationState.SUBMITTED: "Waits for the office",
    SeparationState.ACCEPTED: "Accepted",
    SeparationState.EFFECTED: "In effect, not all cleared",
    SeparationState.FINISHED: "Finished",
    SeparationState.REFUSED: "Refused",
    SeparationState.WITHDRAWN: "Withdrawn",
}
LIVE = (SeparationState.SUBMITTED, SeparationState.ACCEPTED, SeparationState.EFFECTED)
CLEARED = (SeparationState.ACCEPTED, SeparationState.EFFECTED)
TRANSITIONS: dict[SeparationState, frozenset[SeparationState]] = {
    SeparationState.SUBMITTED: frozenset(
        {SeparationState.ACCEPTED, SeparationState.REFUSED, SeparationState.WITHDRAWN}
    ),
    SeparationState.ACCEPTED: frozenset({SeparationState.EFFECTED, SeparationState.WITHDRAWN}),
    SeparationState.EFFECTED: frozenset({SeparationState.FINISHED}),
    SeparationState.FINISHED: frozenset(),
    SeparationState.REFUSED: frozenset(),
    SeparationState.WITHDRAWN: frozenset(),
}


def move(now: SeparationState, to: SeparationState) -> SeparationState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This cannot be done any more: the separation is {now.value}.")
    return to


class Signer(enum.Enum):
    """Who signs a step of a clearance off: who supervises the leaver, the office, or the people of a desk."""

    SUPERVISOR = "supervisor"
    OFFICE = "office"
    DESK = "desk"

    @property
    def title(self) -> str:
        return SIGNERS[self]


SIGNERS = {
    Signer.SUPERVISOR: "The supervisor",
    Signer.OFFICE: "The human resources office",
    Signer.DESK: "A desk, by the people named for it",
}


class ItemState(enum.Enum):
    OPEN = "open"
    DONE = "done"
    WAIVED = "waived"

    @property
    def title(self) -> str:
        return self.value.capitalize()


def settle(now: ItemState, to: ItemState) -> ItemState:
    """Give `to` for an item that is open, or raise Conflict."""
    if now is not ItemState.OPEN:
        raise Conflict(f"This step is {now.value} already.")
    return to
