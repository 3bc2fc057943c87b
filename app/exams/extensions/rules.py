"""When a certificate may live longer, and who decides it."""

from __future__ import annotations

import datetime as dt

from app.exams.certificates.states import CertificateState
from app.platform.errors import Conflict, Invalid


def check_extension(
    *,
    state: CertificateState,
    expires_on: dt.date | None,
    list_ends_on: dt.date | None,
    ends_on: dt.date,
    reason: str,
) -> str:
    """Give the reason, or raise for a certificate without an end or an end that the list does not reach."""
    if state is not CertificateState.ISSUED or expires_on is None:
        raise Conflict("Only an issued certificate with a last day can be extended.")
    if ends_on <= expires_on:
        raise Invalid(ends_on=f"The new last day must be after {expires_on.isoformat()}")
    if list_ends_on is not None and ends_on > list_ends_on:
        raise Invalid(ends_on=f"The list ends on {list_ends_on.isoformat()}. Enter that day or earlier")
    if not reason.strip():
        raise Invalid(reason="Enter the reason")
    return reason.strip()


def demand_second_person(actor_id: str | None, proposed_by: str) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this extension, so a second HR officer has to decide on it.")
