"""What a correction may be."""

from __future__ import annotations

import datetime as dt

from app.personnel.accruals.regimes import Regime
from app.personnel.accruals.rules import restored_until
from app.personnel.leave.states import EntrySort, LeaveKind
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

# The office's own: more at once is a slip of the pen.
MOST_MINUTES = 60 * 2000
SORTS = (EntrySort.OPENING, EntrySort.CORRECTED, EntrySort.EARNED, EntrySort.RESTORED)


def check(kind: LeaveKind, sort: EntrySort, minutes: int, effective_on: dt.date, hired_on: dt.date) -> None:
    """Raise Invalid for minutes or days that cannot be."""
    if sort not in SORTS:
        raise Invalid(sort="Select what this is")
    if not minutes or abs(minutes) > MOST_MINUTES:
        raise Invalid(hours="Enter hours above or below 0, at most 2,000")
    if minutes < 0 and sort in (EntrySort.EARNED, EntrySort.RESTORED):
        raise Invalid(hours="What is earned or restored comes into the ledger, so the hours are above 0")
    if sort is EntrySort.EARNED and kind is not LeaveKind.COMPENSATORY:
        raise Invalid(kind="Only compensatory time off is earned by overtime")
    if sort is EntrySort.RESTORED and kind is not LeaveKind.RESTORED:
        raise Invalid(kind="Restored leave is kept apart, in its own ledger")
    if effective_on < hired_on:
        raise Invalid(effective_on=f"The person serves since {write_date(hired_on)}")


def expires_on(regime: Regime | None, sort: EntrySort, effective_on: dt.date) -> dt.date | None:
    """Give the last day on which what comes may be used; None where it has none."""
    if sort is not EntrySort.RESTORED:
        return None
    last = restored_until(regime, effective_on) if regime is not None else None
    if last is None:
        raise Invalid(sort="The agency’s rule knows no restored leave")
    return last


def demand_second_person(actor_id: str | None, proposed_by: str, own_account_id: str | None) -> None:
    """Raise Conflict when who decides is who proposed, or whose ledger it is."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this, so somebody else has to decide.")
    demand_not_own(actor_id, own_account_id)


def demand_not_own(actor_id: str | None, own_account_id: str | None) -> None:
    """Raise Conflict when it is one's own ledger."""
    if own_account_id is not None and actor_id == own_account_id:
        raise Conflict("Somebody else has to correct your own ledger.")
