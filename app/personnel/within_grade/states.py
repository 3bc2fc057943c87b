"""What becomes of an increase within the grade that falls due."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class IncreaseState(enum.Enum):
    DUE = "due"
    DETERMINED = "determined"
    GRANTED = "granted"
    DENIED = "denied"
    ASKED = "asked"
    UPHELD = "upheld"
    LAPSED = "lapsed"

    @property
    def title(self) -> str:
        return {
            "due": "Waits for the supervisor",
            "determined": "Waits for approval",
            "granted": "Granted",
            "denied": "Denied",
            "asked": "Reconsideration asked for",
            "upheld": "Denied, and upheld",
            "lapsed": "Lapsed",
        }[self.value]


# Who was denied is judged again once the work is acceptable (5 CFR 531.411). What lapsed is due once more
# when the service says so again, as of somebody who came from another agency.
TRANSITIONS: dict[IncreaseState, frozenset[IncreaseState]] = {
    IncreaseState.DUE: frozenset({IncreaseState.DETERMINED, IncreaseState.LAPSED}),
    IncreaseState.DETERMINED: frozenset(
        {IncreaseState.DUE, IncreaseState.GRANTED, IncreaseState.DENIED, IncreaseState.LAPSED}
    ),
    IncreaseState.DENIED: frozenset({IncreaseState.ASKED, IncreaseState.DETERMINED, IncreaseState.LAPSED}),
    IncreaseState.ASKED: frozenset({IncreaseState.GRANTED, IncreaseState.UPHELD}),
    IncreaseState.UPHELD: frozenset({IncreaseState.DETERMINED, IncreaseState.LAPSED}),
    IncreaseState.GRANTED: frozenset(),
    IncreaseState.LAPSED: frozenset({IncreaseState.DUE}),
}
# Those in which a step is still to come: nobody has two of them.
WAITING = frozenset(IncreaseState) - {IncreaseState.GRANTED, IncreaseState.LAPSED}


def move(now: IncreaseState, to: IncreaseState) -> IncreaseState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"The state of this increase is “{now.title}”, so this cannot be done.")
    return to
