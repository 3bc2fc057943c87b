"""The states of a certificate and what became of each name on it."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class CertificateState(enum.Enum):
    DRAFTED = "drafted"
    ISSUED = "issued"
    CLOSED = "closed"
    EXPIRED = "expired"
    DISCARDED = "discarded"


class Outcome(enum.Enum):
    """What became of a name; a pass-over that needs approval waits as an objection."""

    PENDING = "pending"
    OBJECTED = "objected"
    PASSED_OVER = "passed_over"
    DECLINED = "declined"
    APPOINTED = "appointed"


TRANSITIONS: dict[CertificateState, frozenset[CertificateState]] = {
    CertificateState.DRAFTED: frozenset({CertificateState.ISSUED, CertificateState.DISCARDED}),
    CertificateState.ISSUED: frozenset({CertificateState.CLOSED, CertificateState.EXPIRED}),
    # a place fell free again within the life of its reserve
    CertificateState.CLOSED: frozenset({CertificateState.ISSUED}),
    CertificateState.EXPIRED: frozenset(),
    CertificateState.DISCARDED: frozenset(),
}

OUTCOMES: dict[Outcome, frozenset[Outcome]] = {
    Outcome.PENDING: frozenset({Outcome.OBJECTED, Outcome.PASSED_OVER, Outcome.DECLINED, Outcome.APPOINTED}),
    Outcome.OBJECTED: frozenset({Outcome.PASSED_OVER, Outcome.PENDING}),
    # passed over for one vacancy, a person may still be chosen for the next
    Outcome.PASSED_OVER: frozenset({Outcome.APPOINTED, Outcome.DECLINED}),
    Outcome.DECLINED: frozenset(),
    Outcome.APPOINTED: frozenset(),
}

OUTCOME_WORDS = {
    Outcome.PENDING: "No decision yet",
    Outcome.OBJECTED: "Pass-over waits for approval",
    Outcome.PASSED_OVER: "Passed over",
    Outcome.DECLINED: "Declined",
    Outcome.APPOINTED: "Appointed",
}


def move(now: CertificateState, to: CertificateState) -> CertificateState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This certificate is {now.value} and cannot become {to.value}.")
    return to


def move_outcome(now: Outcome, to: Outcome) -> Outcome:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in OUTCOMES[now]:
        raise Conflict(f"This name already stands as: {OUTCOME_WORDS[now].lower()}.")
    return to
