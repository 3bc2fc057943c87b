"""When an appeal may be recorded, what may come of it, and when a case may be closed."""

from __future__ import annotations

import datetime as dt

from app.personnel.case_appeals.states import AppealOutcome
from app.personnel.decisions.rules import weight
from app.personnel.discipline.regimes import Procedure, Remedy
from app.personnel.discipline.rules import length_fault
from app.personnel.discipline.states import Action, CaseState, Forum
from app.platform.calendars import add_days, add_months
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

Span = tuple[dt.date, dt.date]
"""The first and the last day of a time, both counted."""


def days_kept(action: Action | None, days: int | None) -> int:
    """Give how many days of suspension a penalty has; 0 where it is none."""
    return (days or 0) if action is not None and action.has_days else 0


def pay_owed(first: dt.date, last: dt.date) -> Span | None:
    """Give the time for which pay is owed, where there is any: 5 U.S.C. 5596(b)(1), read 2026-11-22."""
    return (first, last) if first <= last else None


def find_remedy(law: Procedure, forum: Forum) -> Remedy:
    """Give the remedy by its forum; Invalid where the procedure knows none there."""
    found = next((one for one in law.remedies if one.forum is forum), None)
    if found is None:
        raise Invalid(forum=f"This procedure knows no such remedy ({law.law})")
    return found


def check_filing(
    state: CaseState,
    remedy: Remedy,
    filed_on: dt.date,
    *,
    decided_on: dt.date,
    effective_on: dt.date,
    today: dt.date,
) -> None:
    """Raise Conflict before the action took effect; Invalid for a day before anything could be contested."""
    if state not in (CaseState.CARRIED_OUT, CaseState.NOT_ENTERED):
        raise Conflict(
            f"This case is {state.title.lower()}. An appeal follows once the decision is carried out."
        )
    first = effective_on if remedy.is_from_effect else decided_on
    if filed_on < first:
        raise Invalid(filed_on=f"It can be contested from {write_date(first)} on ({remedy.law})")
    if filed_on > today:
        raise Invalid(filed_on="The day must not be after today")


def is_late(filed_on: dt.date, due_on: dt.date) -> bool:
    """Tell whether an appeal came after its last day; whoever is asked decides what follows from that."""
    return filed_on > due_on


def check_outcome(
    law: Procedure,
    outcome: AppealOutcome,
    *,
    was: tuple[Action, int | None],
    lighter: tuple[Action, int | None] | None,
    filed_on: dt.date,
    decided_on: dt.date,
    today: dt.date,
) -> None:
    """Raise Invalid for an outcome on an impossible day, or a lighter penalty that is none."""
    if decided_on < filed_on:
        raise Invalid(decided_on=f"The appeal was filed on {write_date(filed_on)}, so not before")
    if decided_on > today:
        raise Invalid(decided_on="The day must not be after today")
    if outcome is not AppealOutcome.MITIGATED:
        if lighter is not None:
            raise Invalid(action="Only a lighter penalty is named here. Leave this empty")
        return
    if lighter is None:
        raise Invalid(action="Select the lighter penalty")
    if fault := length_fault(law, *lighter):
        raise Invalid(days=fault)
    if weight(*lighter) >= weight(*was):
        raise Invalid(action="This penalty is not lighter than the one that was decided")


def check_closing(
    state: CaseState,
    *,
    last_remedy_on: dt.date | None,
    is_received: bool,
    has_open_appeal: bool,
    waits_for_remedy: bool,
    today: dt.date,
) -> None:
    """Raise Conflict while a case cannot be closed, with the first day on which it can.

    `last_remedy_on` is the last day to contest, None where nothing was imposed; `is_received` whether the
    delivery of the decision is on record.
    """
    if state is CaseState.DECIDED and last_remedy_on is not None:
        raise Conflict("The decision is not carried out yet.")
    can_be_contested = state in (CaseState.CARRIED_OUT, CaseState.NOT_ENTERED)
    if not can_be_contested and state not in (CaseState.DECIDED, CaseState.APPEALED):
        raise Conflict(f"This case is {state.title.lower()}, so it cannot be closed.")
    if has_open_appeal:
        raise Conflict("An appeal is pending. Close the case once it is decided.")
    if waits_for_remedy:
        raise Conflict(
            "The appeal changed the action. Put the service record right before the case is closed."
        )
    if can_be_contested and last_remedy_on is not None and not is_received:
        raise Conflict(
            "When the decision was delivered is not on record. The time to contest it may run from that day."
        )
    if can_be_contested and last_remedy_on is not None and today <= last_remedy_on:
        first = add_days(last_remedy_on, 1)
        raise Conflict(
            f"The decision can be contested until {write_date(last_remedy_on)}. Close the case from "
            f"{write_date(first)} on."
        )


def retained_until(closed_on: dt.date, years: int) -> dt.date:
    """Give the day until which the file is kept."""
    return add_months(closed_on, 12 * years)
