"""The states of a disciplinary case, and the actions that one may propose."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class CaseState(enum.Enum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:
        return self.value.capitalize()


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
    CaseState.PROPOSED: (CaseState.WITHDRAWN,),
    CaseState.WITHDRAWN: (),
}


def move(state: CaseState, target: CaseState) -> CaseState:
    """Give the target state, or raise Conflict when it cannot follow."""
    if target not in TRANSITIONS[state]:
        raise Conflict(f"This case is {state.value}; it can no longer become {target.value}.")
    return target


class DutyStatus(enum.Enum):
    """Where the employee stands while the notice runs."""

    ON_DUTY = "on_duty"
    NOTICE_LEAVE = "notice_leave"

    @property
    def title(self) -> str:
        return "Stays on duty" if self is DutyStatus.ON_DUTY else "On paid leave"

    @property
    def sentence(self) -> str:
        if self is DutyStatus.ON_DUTY:
            return "You stay on duty in your position, with your usual pay, while this notice runs."
        return "You are on paid leave, and need not report for duty, while this notice runs."
