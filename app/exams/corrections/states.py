"""What an officer may decide about a certificate or an appointment that a correction touches."""

from __future__ import annotations

import enum


class Consequence(enum.Enum):
    """What follows of a correction for what was done under the list before."""

    STANDS = "stands"
    REVIEWED = "reviewed"
    CERTIFIED_AGAIN = "certified_again"
    ENDED = "ended"

    @property
    def title(self) -> str:
        return TITLES[self]


TITLES = {
    Consequence.STANDS: "It stands as it is",
    Consequence.REVIEWED: "It goes to a review of its lawfulness",
    Consequence.CERTIFIED_AGAIN: "Names are certified again from the corrected list",
    Consequence.ENDED: "It is ended, by an act of its own",
}
