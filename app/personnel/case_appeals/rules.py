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


def find_remedy(law: Procedure, forum: Forum) -> Remedy:
    """Give the remedy by its forum; Invalid where the procedure knows none there."""
    found = next((one for one in law.remedies if one.forum is forum), None)
    if found is None:
        raise Invalid(forum=f"This procedure knows no such remedy ({law.law})")
    return found


def last_day(law: Procedure, received_on: dt.date, effective_on: dt.date) -> dt.date:
    """Give the last day on which any of the remedies may be taken."""
    return max(one.last_day(received_on, effective_on) for one in law.remedies)


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
    if state is not CaseState.CARRIED_OUT:
        raise Conflict(
            f"This case is {state.title.lower()}. An appeal follows once the decision is carried out."
        )
    first = effective_on if remedy.is_from_effect else decided_on
    if filed_on < first:
        raise Invalid(filed_on=f"It can be contested from {first.isoformat()} on ({remedy.law})")
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
        raise Invalid(decided_on=f"The appeal was filed on {filed_on.isoformat()}, so not before")
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
    has_open_appeal: bool,
    waits_for_remedy: bool,
    today: dt.date,
) -> None:
    """Raise Conflict while a case cannot be closed, with the first day on which it can.

    `last_remedy_on` is the last day to contest, None where nothing was imposed.
    """
    if state is CaseState.DECIDED and last_remedy_on is not None:
        raise Conflict("The decision is not carried out yet.")
    if state not in (CaseState.DECIDED, CaseState.CARRIED_OUT, CaseState.APPEALED):
        raise Conflict(f"This case is {state.title.lower()}, so it cannot be closed.")
    if has_open_appeal:
        raise Conflict("An appeal is pending. Close the case once it is decided.")
    if waits_for_remedy:
        raise Conflict(
            "The appeal changed the action. Put the service record right before the case is closed."
        )
    if state is CaseState.CARRIED_OUT and last_remedy_on is not None and today <= last_remedy_on:
        first = add_days(last_remedy_on, 1)
        raise Conflict(
            f"The decision can be contested until {last_remedy_on.isoformat()}. Close the case from "
            f"{first.isoformat()} on."
        )


def retained_until(closed_on: dt.date, years: int) -> dt.date:
    """Give the day until which the file is kept."""
    return add_months(closed_on, 12 * years)
