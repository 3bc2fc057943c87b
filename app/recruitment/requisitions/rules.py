"""What decides about a requisition: one class, one agency, vacant positions, two people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.platform.errors import Conflict, Invalid
from app.recruitment.requisitions.states import RequisitionState

MOST_POSITIONS = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the rules need to know of a position that was picked."""

    id: str
    number: str
    agency_id: str
    class_code: str
    is_vacant: bool


def check_positions(
    chosen: Sequence[Chosen], asked: Collection[str], agency_id: str, taken: Collection[str]
) -> None:
    """Raise Invalid unless all that were asked for exist, are vacant and free, of one agency and class.

    `taken` are the ids of positions that stand in another live requisition.
    """
    if not asked:
        raise Invalid(positions="Select at least one vacant position.")
    if len(asked) > MOST_POSITIONS:
        raise Invalid(positions=f"Select {MOST_POSITIONS} positions or fewer in one requisition.")
    if len(chosen) != len(set(asked)) or any(position.agency_id != agency_id for position in chosen):
        raise Invalid(positions="Some of these positions are not in the agency. Select from the list.")
    filled = [position.number for position in chosen if not position.is_vacant]
    if filled:
        raise Invalid(positions=f"Not vacant any more: {', '.join(filled)}.")
    waiting = [position.number for position in chosen if position.id in taken]
    if waiting:
        raise Invalid(positions=f"Already in another requisition: {', '.join(waiting)}.")
    if len({position.class_code for position in chosen}) > 1:
        raise Invalid(positions="Select positions of one class only: each class has its own examination.")


def demand_second_person(actor_id: str | None, *involved: str | None) -> None:
    """Raise Conflict when the person who decides is the one who wrote or submitted the requisition."""
    if actor_id is None or actor_id in involved:
        raise Conflict(
            "You wrote or submitted this requisition, so you cannot also decide. Ask a second officer."
        )


def check_not_advertised(is_advertised: bool) -> None:
    """Raise Conflict while a posting stands for the requisition."""
    if is_advertised:
        raise Conflict("A posting stands for this requisition. Cancel the posting first.")


# What can be done in each state; the rules above and the services check more.
ACTS: dict[RequisitionState, tuple[str, ...]] = {
    RequisitionState.DRAFT: ("edit", "submit", "cancel"),
    RequisitionState.SUBMITTED: ("decide", "cancel"),
    RequisitionState.APPROVED: ("cancel",),
    RequisitionState.REFUSED: (),
    RequisitionState.CANCELLED: (),
}


def acts_in(state: RequisitionState) -> tuple[str, ...]:
    """List what can be done with a requisition in a state, by the names of the acts."""
    return ACTS[state]
