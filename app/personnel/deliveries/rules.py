"""When a notice, and then the decision, can have been delivered."""

from __future__ import annotations

import datetime as dt

from app.personnel.discipline.states import CaseState
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date


def check_state(state: CaseState) -> None:
    """Raise Conflict before anything was proposed, and once a delivery is on record."""
    if state is CaseState.DRAFT:
        raise Conflict("Nothing was proposed yet, so there is no notice to deliver.")
    if state is not CaseState.PROPOSED:
        raise Conflict(
            f"This case is {state.title.lower()}. A delivery is recorded once, after the proposal."
        )


AFTER_DECISION = (CaseState.DECIDED, CaseState.CARRIED_OUT, CaseState.NOT_ENTERED, CaseState.APPEALED)


def check_decided(state: CaseState, is_recorded: bool) -> None:
    """Raise Conflict before the decision and after the end of a case, and for a second delivery."""
    if is_recorded:
        raise Conflict("The delivery of the decision is on record already.")
    if state not in AFTER_DECISION:
        raise Conflict(f"This case is {state.title.lower()}, so there is no decision to deliver.")


def check_decision_day(delivered_on: dt.date, decided_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a day before the decision or after today."""
    if delivered_on < decided_on:
        raise Invalid(delivered_on=f"It was decided on {write_date(decided_on)}, so not delivered before")
    if delivered_on > today:
        raise Invalid(delivered_on="The day of delivery must not be after today")


def check_day(delivered_on: dt.date, proposed_on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a day before the proposal or after today."""
    if delivered_on < proposed_on:
        raise Invalid(
            delivered_on=f"The action was proposed on {write_date(proposed_on)}, so the notice cannot have "
            "been delivered before"
        )
    if delivered_on > today:
        raise Invalid(delivered_on="The day of delivery must not be after today")
