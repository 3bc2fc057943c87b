"""What a saved search may become, and how often it mails."""

from __future__ import annotations

import datetime as dt
import enum

from app.platform.errors import Conflict
from app.platform.sentences import Sentence, say


class SearchState(enum.Enum):
    ACTIVE = "active"
    PAUSED = "paused"
    DELETED = "deleted"


class Frequency(enum.Enum):
    """The least time between two mails about one search."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def title(self) -> Sentence:
        return FREQUENCY_TITLES[self]

    @property
    def period(self) -> dt.timedelta:
        return PERIODS[self]


FREQUENCY_TITLES = {
    Frequency.AT_ONCE: say("At once"),
    Frequency.DAILY: say("At most once a day"),
    Frequency.WEEKLY: say("At most once a week"),
}
PERIODS = {
    Frequency.AT_ONCE: dt.timedelta(0),
    Frequency.DAILY: dt.timedelta(days=1),
    Frequency.WEEKLY: dt.timedelta(days=7),
}
TRANSITIONS = {
    SearchState.ACTIVE: frozenset({SearchState.PAUSED, SearchState.DELETED}),
    SearchState.PAUSED: frozenset({SearchState.ACTIVE, SearchState.DELETED}),
    # undone as long as it is kept; it comes back without mail, so that nobody is written to unasked
    SearchState.DELETED: frozenset({SearchState.PAUSED}),
}


def move(state: SearchState, to: SearchState) -> SearchState:
    """Give the next state, or raise Conflict when the table does not lead there."""
    if to not in TRANSITIONS[state]:
        raise Conflict(say("This search was changed meanwhile. Look at the list again."))
    return to
