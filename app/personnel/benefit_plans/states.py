"""What kinds of benefits there are, whom they cover, and the states of a plan's rates."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class BenefitKind(enum.Enum):
    HEALTH = "health"
    DENTAL = "dental"
    LIFE = "life"
    RETIREMENT = "retirement"

    @property
    def title(self) -> str:
        return {"life": "Life insurance", "retirement": "Retirement savings"}.get(
            self.value, self.value.capitalize()
        )


class Tier(enum.Enum):
    """Whom an enrolment covers."""

    SELF = "self"
    SELF_PLUS_ONE = "self_plus_one"
    FAMILY = "family"

    @property
    def title(self) -> str:
        return {"self": "Self only", "self_plus_one": "Self plus one", "family": "Self and family"}[
            self.value
        ]


class EventKind(enum.Enum):
    """What may happen in a life that lets a person choose anew."""

    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    BIRTH = "birth"
    DEATH = "death"
    DEPENDANT_ENDS = "dependant_ends"
    LOSS_OF_COVER = "loss_of_cover"
    OTHER_COVER = "other_cover"
    MOVE = "move"

    @property
    def title(self) -> str:
        return EVENT_TITLES[self]


EVENT_TITLES = {
    EventKind.MARRIAGE: "Marriage",
    EventKind.DIVORCE: "Divorce or legal separation",
    EventKind.BIRTH: "Birth or adoption of a child",
    EventKind.DEATH: "Death of a covered person",
    EventKind.DEPENDANT_ENDS: "A dependant is no longer eligible",
    EventKind.LOSS_OF_COVER: "Other coverage was lost",
    EventKind.OTHER_COVER: "Other coverage was gained",
    EventKind.MOVE: "Move out of the area of a plan",
}


class PlanState(enum.Enum):
    OFFERED = "offered"
    CLOSED = "closed"

    @property
    def title(self) -> str:
        return self.value.capitalize()


class RateState(enum.Enum):
    """A version of a plan's rates holds only once somebody else has approved it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def title(self) -> str:
        return self.value.capitalize()


def decide(now: RateState, to: RateState) -> RateState:
    """Give `to` for rates that wait for a decision, or raise Conflict."""
    if now is not RateState.PROPOSED:
        raise Conflict(f"These rates were {now.value} already.")
    return to
