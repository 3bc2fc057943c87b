"""The states of a disciplinary case, and the actions that one may propose."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class CaseState(enum.Enum):
    """How far a case is; `proposed` is noticed but not handed over yet.

    `not_entered`: a penalty was decided that the service record could not take.
    """

    DRAFT = "draft"
    PROPOSED = "proposed"
    DELIVERED = "delivered"
    DECIDED = "decided"
    CARRIED_OUT = "carried_out"
    NOT_ENTERED = "not_entered"
    APPEALED = "appealed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Action(enum.Enum):
    """What may be proposed; a suspension of more than 14 days is a longer procedure of its own."""

    REPRIMAND = "reprimand"
    SUSPENSION = "suspension"
    LONG_SUSPENSION = "long_suspension"
    DEMOTION = "demotion"
    REMOVAL = "removal"

    @property
    def title(self) -> str:
        return TITLES[self]

    @property
    def has_days(self) -> bool:
        return self in (Action.SUSPENSION, Action.LONG_SUSPENSION)


TITLES = {
    Action.REPRIMAND: "Written reprimand",
    Action.SUSPENSION: "Suspension of 14 days or less",
    Action.LONG_SUSPENSION: "Suspension of more than 14 days",
    Action.DEMOTION: "Reduction in grade or pay",
    Action.REMOVAL: "Removal from service",
}

TRANSITIONS = {
    CaseState.DRAFT: (CaseState.PROPOSED, CaseState.WITHDRAWN),
    CaseState.PROPOSED: (CaseState.DELIVERED, CaseState.WITHDRAWN),
    CaseState.DELIVERED: (CaseState.DECIDED, CaseState.WITHDRAWN),
    CaseState.DECIDED: (CaseState.CARRIED_OUT, CaseState.NOT_ENTERED, CaseState.CLOSED),
    CaseState.CARRIED_OUT: (CaseState.APPEALED, CaseState.CLOSED),
    CaseState.NOT_ENTERED: (CaseState.APPEALED, CaseState.CLOSED),
    CaseState.APPEALED: (CaseState.CLOSED,),
    CaseState.CLOSED: (),
    CaseState.WITHDRAWN: (),
}


def move(state: CaseState, target: CaseState) -> CaseState:
    """Give the target state, or raise Conflict when it cannot follow."""
    if target not in TRANSITIONS[state]:
        now, wanted = (one.title.lower() for one in (state, target))
        raise Conflict(f"This case is {now}; it can no longer become {wanted}.")
    return target


class Forum(enum.Enum):
    """Who may be asked to look at a decision again."""

    BOARD = "board"
    GRIEVANCE = "grievance"
    COMMISSION = "commission"
    COURT = "court"

    @property
    def title(self) -> str:
        return {
            Forum.BOARD: "Appeal to the Merit Systems Protection Board",
            Forum.GRIEVANCE: "Grievance",
            Forum.COMMISSION: "Appeal to the civil service commission",
            Forum.COURT: "Review by the court",
        }[self]


class DutyStatus(enum.Enum):
    """Where the employee stands while the notice runs."""

    ON_DUTY = "on_duty"
    NOTICE_LEAVE = "notice_leave"
    SUSPENDED = "suspended"

    @property
    def title(self) -> str:
        return {
            DutyStatus.ON_DUTY: "Stays on duty",
            DutyStatus.NOTICE_LEAVE: "On paid leave",
            DutyStatus.SUSPENDED: "Suspended without pay until the charges are determined",
        }[self]

    def sentence(self, suspended_days: int) -> str:
        """Say it to the employee; `suspended_days` is for how long the law lets a suspension last."""
        if self is DutyStatus.ON_DUTY:
            return "You stay on duty in your position, with your usual pay, while this notice runs."
        if self is DutyStatus.SUSPENDED:
            return (
                "You are suspended without pay from the day after this letter is handed to you, until the "
                f"charges are determined, but for at most {suspended_days} days. If you are cleared, you are "
                "paid for this time."
            )
        return "You are on paid leave, and need not report for duty, while this notice runs."


class Stage(enum.Enum):
    """Where the clock of a case stands on a day."""

    REPLY_RUNS = "reply_runs"
    READY = "ready"
    EFFECT_DUE = "effect_due"

    @property
    def title(self) -> str:
        return {
            Stage.REPLY_RUNS: "The time to answer runs",
            Stage.READY: "The time to answer is over, not decided",
            Stage.EFFECT_DUE: "The effective date has come, not carried out",
        }[self]
