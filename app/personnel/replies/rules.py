"""When the employee may answer, when more time may be agreed, and when somebody is heard."""

from __future__ import annotations

import datetime as dt

from app.personnel.discipline.regimes import Procedure
from app.personnel.discipline.rules import MOST_NOTICE_DAYS
from app.personnel.discipline.states import CaseState
from app.personnel.replies.states import ReplyKind
from app.platform.calendars import add_days
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

BEFORE_DECISION = (CaseState.PROPOSED, CaseState.DELIVERED)


def check_open(state: CaseState, delivered_on: dt.date, reply_due_on: dt.date, today: dt.date) -> None:
    """Raise Conflict unless the time to answer runs today; its last day counts whole."""
    if state is CaseState.PROPOSED:
        raise Conflict("The notice has not been delivered yet. Your time to answer begins when it is.")
    if state is not CaseState.DELIVERED:
        raise Conflict(f"This case is {state.title.lower()}, so it can no longer be answered.")
    if today > reply_due_on:
        raise Conflict(f"The time to answer ended with {write_date(reply_due_on)}.")
    if today < delivered_on:
        raise Conflict(f"The notice is delivered on {write_date(delivered_on)}.")


def check_before_decision(state: CaseState) -> None:
    """Raise Conflict once the case was decided, or before anything was proposed."""
    if state not in BEFORE_DECISION:
        raise Conflict(f"This case is {state.title.lower()}, so this cannot be changed any more.")


def check_more_time(law: Procedure, delivered_on: dt.date, reply_due_on: dt.date, until_on: dt.date) -> None:
    """Raise Invalid for a day that gives no more time, or more than a notice may run."""
    if until_on <= reply_due_on:
        raise Invalid(until_on=f"Choose a day after {write_date(reply_due_on)}, on which the time ends now")
    last = add_days(delivered_on, (law.most_notice_days or MOST_NOTICE_DAYS) - 1)
    if until_on > last:
        raise Invalid(until_on=f"The latest day is {write_date(last)} ({law.law})")


def effect_after(until_on: dt.date, effective_from_on: dt.date) -> dt.date:
    """Give the first day on which the action may take effect, after more time to answer was agreed."""
    return max(effective_from_on, add_days(until_on, 1))


def check_heard(
    kind: ReplyKind,
    law: Procedure,
    given_on: dt.date,
    *,
    delivered_on: dt.date,
    reply_due_on: dt.date,
    today: dt.date,
) -> None:
    """Raise Invalid for an oral answer or a hearing on a day on which it cannot have been lawful."""
    if given_on > today:
        raise Invalid(given_on="The day must not be after today")
    if given_on < delivered_on:
        raise Invalid(given_on=f"The notice was delivered on {write_date(delivered_on)}, so not before")
    if kind is ReplyKind.HEARING and not law.needs_hearing:
        raise Invalid(kind=f"This procedure knows an oral answer, but no hearing ({law.law})")
    first = add_days(reply_due_on, 1)
    if kind is ReplyKind.HEARING and given_on < first:
        raise Invalid(
            given_on=f"No hearing before {write_date(first)}: the charges may be answered until then"
        )
