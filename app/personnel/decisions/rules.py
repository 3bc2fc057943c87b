"""When a case may be decided, how, and when that may take effect; each refusal names the first lawful day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.personnel.discipline.regimes import Procedure
from app.personnel.discipline.rules import length_fault
from app.personnel.discipline.states import Action, CaseState
from app.platform.calendars import add_days, add_months
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

# From light to heavy; of two suspensions the longer is the heavier.
SEVERITY = {
    Action.REPRIMAND: 1,
    Action.SUSPENSION: 2,
    Action.LONG_SUSPENSION: 2,
    Action.DEMOTION: 3,
    Action.REMOVAL: 4,
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The days of a case that a decision depends on."""

    delivered_on: dt.date
    reply_due_on: dt.date
    effective_from_on: dt.date


Specification = tuple[str, int]
"""A charge's id and the number of the specification in it, from 1."""


def first_decision_day(law: Procedure, clock: Clock) -> dt.date:
    """Give the first day on which the case may be decided: the day after what must have run."""
    runs_until = clock.effective_from_on if law.is_decided_after_notice else clock.reply_due_on
    return add_days(runs_until, 1)


def last_decision_day(law: Procedure, clock: Clock) -> dt.date | None:
    """Give the last day on which it may be decided, where the law has one."""
    if law.decide_within_days is None:
        return None
    return add_days(clock.effective_from_on, law.decide_within_days)


def check_state(state: CaseState) -> None:
    """Raise Conflict before the notice was delivered, and for a second decision."""
    if state in (CaseState.DRAFT, CaseState.PROPOSED):
        raise Conflict("The notice has not been delivered, so there is nothing to decide yet.")
    if state is not CaseState.DELIVERED:
        raise Conflict(f"This case is {state.title.lower()}. A case is decided once.")


def check_official(actor: str | None, official: str, proposer: str | None) -> None:
    """Raise Conflict unless who decides is the deciding official, and did not propose."""
    if actor is not None and actor == proposer:
        raise Conflict("You proposed this action, so somebody else has to decide on it.")
    if actor != official:
        raise Conflict("Only the deciding official named in the notice decides this case.")


def check_day(law: Procedure, clock: Clock, today: dt.date) -> None:
    """Raise Conflict for a decision that the clock forbids today."""
    first, last = first_decision_day(law, clock), last_decision_day(law, clock)
    if today < first:
        runs = "notice runs" if law.is_decided_after_notice else "employee may answer"
        until = write_date(add_days(first, -1))
        raise Conflict(
            f"No decision before {write_date(first)}: the {runs} until the end of {until} ({law.law})."
        )
    if last is not None and today > last:
        raise Conflict(
            f"The decision was due by {write_date(last)} ({law.law}). Withdraw the case, or propose anew."
        )


def check_hearing(law: Procedure, was_heard: bool) -> None:
    """Raise Conflict where the law asks for a hearing and none is on record."""
    if law.needs_hearing and not was_heard:
        raise Conflict(f"No decision before a hearing on the charges is on record ({law.law}).")


def check_findings(noticed: Collection[Specification], found: Iterable[Specification]) -> None:
    """Raise Invalid unless each specification of the notice is judged, and no other."""
    judged = set(found)
    if judged - set(noticed):
        raise Invalid(findings="A charge that the notice does not state cannot be sustained")
    if set(noticed) - judged:
        raise Invalid(findings="Say of each specification whether it is sustained")


def check_penalty(
    law: Procedure,
    *,
    proposed: tuple[Action, int | None],
    decided: tuple[Action, int | None] | None,
    sustained: int,
) -> None:
    """Raise Invalid for a penalty without a sustained charge, heavier than proposed, or not of the procedure.

    Each is an action with the days of a suspension; None decides that nothing is done.
    """
    if decided is None:
        return
    action, days = decided
    if not sustained:
        raise Invalid(action="No charge is sustained, so no penalty can be imposed")
    if fault := length_fault(law, action, days):
        raise Invalid(days=fault)
    if weight(action, days) > weight(*proposed):
        raise Invalid(action="The penalty must not be heavier than the one that was proposed")


def weight(action: Action, days: int | None) -> tuple[int, int]:
    """Give how heavy a penalty is, to be compared with others."""
    return SEVERITY[action], days or 0


def first_effective_day(clock: Clock, today: dt.date) -> dt.date:
    """Give the first day on which a decision of today may take effect."""
    return max(clock.effective_from_on, today)


def check_effect(
    law: Procedure,
    clock: Clock,
    decided: tuple[Action, int | None] | None,
    effective_on: dt.date | None,
    today: dt.date,
) -> dt.date | None:
    """Give the effective day of a penalty; Invalid before the notice has run, or too long a suspension."""
    if decided is None:
        return None
    if effective_on is None:
        raise Invalid(effective_on="Enter the day on which it takes effect")
    first = first_effective_day(clock, today)
    if effective_on < first:
        raise Invalid(effective_on=f"It may take effect from {write_date(first)} on ({law.law})")
    action, days = decided
    months = law.longest_suspension_months
    if action.has_days and months and add_days(effective_on, days or 0) > add_months(effective_on, months):
        raise Invalid(days=f"From this day a suspension would be longer than {months} months ({law.law})")
    return effective_on


def check_carry_out(state: CaseState, effective_on: dt.date | None, today: dt.date) -> None:
    """Raise Conflict for carrying out what was not decided, is nothing, or has not come into effect."""
    if state is not CaseState.DECIDED:
        raise Conflict(f"This case is {state.title.lower()}, so there is nothing to carry out.")
    if effective_on is None:
        raise Conflict("No penalty was imposed, so there is nothing to carry out. Close the case.")
    if today < effective_on:
        raise Conflict(f"This takes effect on {write_date(effective_on)}. Carry it out from that day on.")
