"""Kinds of incidents, their remedies, and how far one has come."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say


class IncidentKind(enum.Enum):
    """What happened."""

    POWER_CUT = "power_cut"
    LATE_START = "late_start"
    DISTURBANCE = "disturbance"
    SUSPECTED_COPYING = "suspected_copying"
    OTHER = "other"

    @property
    def title(self) -> Sentence:
        return KINDS[self]


class Remedy(enum.Enum):
    """How it is made good."""

    NONE = "none"
    EXTRA_TIME = "extra_time"
    RESIT = "resit"

    @property
    def title(self) -> Sentence:
        return REMEDIES[self]


class IncidentState(enum.Enum):
    """Reported, then a remedy is proposed by one person and decided by another."""

    REPORTED = "reported"
    PROPOSED = "proposed"
    DECIDED = "decided"


KINDS = {
    IncidentKind.POWER_CUT: say("The power failed"),
    IncidentKind.LATE_START: say("The examination began late"),
    IncidentKind.DISTURBANCE: say("The examination was disturbed"),
    IncidentKind.SUSPECTED_COPYING: say("Copying is suspected"),
    IncidentKind.OTHER: say("Something else happened"),
}
REMEDIES = {
    Remedy.NONE: say("Nothing changes"),
    Remedy.EXTRA_TIME: say("More time was given"),
    Remedy.RESIT: say("The examination is sat again"),
}
TRANSITIONS: dict[IncidentState, frozenset[IncidentState]] = {
    IncidentState.REPORTED: frozenset({IncidentState.PROPOSED}),
    IncidentState.PROPOSED: frozenset({IncidentState.REPORTED, IncidentState.DECIDED}),
    IncidentState.DECIDED: frozenset(),
}


def move(now: IncidentState, to: IncidentState) -> IncidentState:
    """Give `to` when it may follow, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict("This incident has gone on in the meantime. Open its page again.")
    return to
