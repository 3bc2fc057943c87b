"""The kinds of personnel action, their states, and how a person stands."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class ActionKind(enum.Enum):
    APPOINTMENT = "appointment"
    PROMOTION = "promotion"
    TRANSFER = "transfer"
    DETAIL = "detail"
    LEAVE_WITHOUT_PAY = "leave_without_pay"
    RETURN_TO_DUTY = "return_to_duty"
    REINSTATEMENT = "reinstatement"
    REDUCTION = "reduction"
    SUSPENSION = "suspension"
    WITHIN_GRADE_INCREASE = "within_grade_increase"
    QUALITY_STEP_INCREASE = "quality_step_increase"
    CHANGE_OF_HOURS = "change_of_hours"
    SEPARATION = "separation"
    CORRECTION = "correction"

    @property
    def title(self) -> str:
        return self.value.replace("_", " ").capitalize().replace("Within grade", "Within-grade")


class ActionState(enum.Enum):
    """`corrected`: it took effect, and a correction stands in its place."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    EFFECTED = "effected"
    CORRECTED = "corrected"

    @property
    def title(self) -> str:
        return _TITLES[self]


class Standing(enum.Enum):
    IN_SERVICE = "in_service"
    ON_LEAVE_WITHOUT_PAY = "on_leave_without_pay"
    SUSPENDED = "suspended"
    SEPARATED = "separated"

    @property
    def title(self) -> str:
        return self.value.replace("_", " ").capitalize()


_TITLES = {
    ActionState.PROPOSED: "Waits for approval",
    ActionState.APPROVED: "Approved, not yet in effect",
    ActionState.REFUSED: "Refused",
    ActionState.CANCELLED: "Cancelled",
    ActionState.EFFECTED: "In effect",
    ActionState.CORRECTED: "Replaced by a correction",
}
TRANSITIONS: dict[ActionState, frozenset[ActionState]] = {
    ActionState.PROPOSED: frozenset({ActionState.APPROVED, ActionState.REFUSED, ActionState.CANCELLED}),
    ActionState.APPROVED: frozenset({ActionState.EFFECTED, ActionState.CANCELLED}),
    ActionState.EFFECTED: frozenset({ActionState.CORRECTED, ActionState.CANCELLED}),
    ActionState.REFUSED: frozenset(),
    ActionState.CANCELLED: frozenset(),
    ActionState.CORRECTED: frozenset(),
}


def move(now: ActionState, to: ActionState) -> ActionState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This action cannot be {to.value}: {now.title.lower()}.")
    return to
