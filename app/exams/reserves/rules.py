"""When somebody may be called from a reserve, to which place, and who is next.

A reserve serves the vacancies of its certificate and no others, and after its last day nobody is called from
it (docs/law.md, reserve lists).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.exams.certificates.states import CertificateState
from app.exams.merit_lists.states import ListState
from app.exams.reserves.states import ReserveState
from app.platform.errors import Conflict, Invalid

# As the rulebook names them (app/exams/merit/reserve.py), in words about the person whose place it was.
CAUSES: Mapping[str, str] = {
    "declined": "declined",
    "not-reported": "was appointed and did not report for duty",
    "left": "was appointed and has left",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place that fell free: whose it was, since when and by which cause.

    `recorded_by` is who recorded that, None where it was the person. `position_id` is the position that the
    person had been appointed to.
    """

    name_id: str
    number: str
    person: str
    cause: str
    since: dt.date
    recorded_by: str | None
    position_id: str | None


def demand_alive(
    state: ReserveState, lapses_on: dt.date, today: dt.date, list_state: ListState, list_in_force: bool
) -> None:
    """Raise Conflict when nobody can be called any more: lapsed, ended, or the list is not in force."""
    if state is ReserveState.ENDED:
        raise Conflict("The certificate was returned, so nobody is called from its reserve any more.")
    if state is ReserveState.LAPSED or today > lapses_on:
        raise Conflict(f"The reserve lapsed on {lapses_on.isoformat()}. Nobody is called from it any more.")
    if list_state is not ListState.PUBLISHED:
        raise Conflict("The list was corrected after this reserve was formed, so nobody is called from it.")
    if not list_in_force:
        raise Conflict("The list has ended, and its reserve with it.")


def find_place(places: Sequence[Place], name_id: str) -> Place:
    """Give the free place that was chosen; Invalid where it is none."""
    found = next((place for place in places if place.name_id == name_id), None)
    if found is None:
        raise Invalid(place_id="Select a place that fell free and that nobody was called to yet.")
    return found


def demand_next(wanted: str, due: str | None) -> None:
    """Raise Conflict when nobody is left, or when the person wanted is not the next in order."""
    if due is None:
        raise Conflict("Nobody is left in this reserve who can be called.")
    if wanted != due:
        raise Conflict("Somebody else comes first: nobody is called from the reserve out of its order.")


def demand_other_person(actor_id: str | None, place: Place, account_id: str) -> None:
    """Raise Conflict when who calls is called, or recorded by themselves that the place fell free."""
    if actor_id is None or actor_id == account_id:
        raise Conflict("You stand in this reserve yourself, so another officer has to call.")
    if actor_id == place.recorded_by:
        raise Conflict("You recorded why this place fell free, so another officer has to call the next.")


def demand_certificate(state: CertificateState) -> None:
    """Raise Conflict unless the certificate is issued, or closed because every vacancy was filled."""
    if state not in (CertificateState.ISSUED, CertificateState.CLOSED):
        raise Conflict(f"This certificate is {state.value}, so nobody is called to it.")


def check_reason(reason: str) -> str:
    """Give the reason without white space around it; Invalid when it is empty."""
    if not reason.strip():
        raise Invalid(reason="Enter what shows that the place fell free.")
    return reason.strip()
