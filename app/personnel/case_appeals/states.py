"""What may come of an appeal."""

from __future__ import annotations

import enum


class AppealOutcome(enum.Enum):
    """What whoever was asked decided of the action."""

    SUSTAINED = "sustained"
    MITIGATED = "mitigated"
    REVERSED = "reversed"
    DISMISSED = "dismissed"

    @property
    def title(self) -> str:
        return {
            AppealOutcome.SUSTAINED: "The action is sustained",
            AppealOutcome.MITIGATED: "The penalty is made lighter",
            AppealOutcome.REVERSED: "The action is reversed",
            AppealOutcome.DISMISSED: "The appeal is dismissed or withdrawn",
        }[self]

    @property
    def needs_remedy(self) -> bool:
        return self in (AppealOutcome.MITIGATED, AppealOutcome.REVERSED)
