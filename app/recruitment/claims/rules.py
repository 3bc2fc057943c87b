"""Which claims may be made, until when they may be proved, and who may decide on them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from app.platform.errors import Conflict, Invalid
from app.platform.sentences import say
from app.recruitment.applications.kinds import CLAIMS, in_order
from app.recruitment.applications.states import ClaimState, Standing, Submission

NONE = "none"


def check_kinds(kinds: Collection[str], honoured: Collection[str]) -> frozenset[str]:
    """Give the claims that are meant; Invalid(kinds=...) when "none" is ticked beside a claim.

    `honoured` are the kinds that the vacancy's rulebook knows.
    """
    if not kinds:
        raise Invalid(kinds=say("Select what you claim, or that you claim none of these."))
    if NONE in kinds and len(kinds) > 1:
        raise Invalid(kinds=say("Select either what you claim or that you claim none, not both."))
    if set(kinds) - set(honoured) - {NONE}:
        raise Invalid(kinds=say("Select one of the choices on the page."))
    return frozenset(kinds) - {NONE}


def honoured_kinds(codes: Iterable[str]) -> list[str]:
    """Give the kinds that a person may claim among those that a rulebook knows, in the order of the page."""
    return in_order(set(codes) & CLAIMS.keys())


def demand_open(
    submission: Submission,
    standing: Standing,
    state: ClaimState,
    closes_at: dt.datetime | None,
    at: dt.datetime,
) -> None:
    """Raise Conflict when evidence for a claim is no longer taken.

    A draft's claims are open. After it was submitted, a claim stays open until the moment that the office
    has set for the vacancy, if it has, and in any case until a list rests on it.
    """
    if submission is Submission.DRAFT:
        return
    if submission is Submission.WITHDRAWN:
        raise Conflict(say("This application was withdrawn, so no evidence is needed."))
    if state is ClaimState.VERIFIED:
        raise Conflict(say("This claim is verified, so no more evidence is needed."))
    if standing is not Standing.NONE:
        raise Conflict(say("The list has been made, so evidence is no longer taken for it."))
    if closes_at is not None and at >= closes_at:
        raise Conflict(say("The time for evidence has passed for this vacancy."))


def demand_may_decide(*, is_own: bool, submission: Submission, standing: Standing) -> None:
    """Raise Conflict when an officer may not decide on a claim of this application."""
    if is_own:
        raise Conflict("This is your own application. Another officer must decide the claim.")
    if submission is not Submission.SUBMITTED:
        raise Conflict("This application was withdrawn, so there is nothing to decide.")
    if standing is not Standing.NONE:
        raise Conflict("A list rests on this claim already. It is corrected by a new version of the list.")


def demand_other_officer(appealed_decider: str | None, officer: str | None) -> None:
    """Raise Conflict when who decided would decide on the appeal against it."""
    if appealed_decider is not None and appealed_decider == officer:
        raise Conflict("The applicant appeals against your decision. Another officer must decide now.")


def is_past(day: dt.date | None, today: dt.date) -> bool:
    """Tell whether a last day lies behind."""
    return day is not None and day < today
