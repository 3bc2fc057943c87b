"""The kinds of answers, and what becomes of representatives and requests for time."""

from __future__ import annotations

import enum


class ReplyKind(enum.Enum):
    """How an answer was given; a hearing is what some laws ask for before a decision."""

    WRITTEN = "written"
    ORAL = "oral"
    HEARING = "hearing"

    @property
    def title(self) -> str:
        return {
            ReplyKind.WRITTEN: "Written answer",
            ReplyKind.ORAL: "Oral answer",
            ReplyKind.HEARING: "Hearing",
        }[self]


class RepresentativeState(enum.Enum):
    NAMED = "named"
    REFUSED = "refused"
    REPLACED = "replaced"


class Ground(enum.Enum):
    """Why a representative may be refused: 5 CFR 752.404(e) and 432.105(a)(4)(iii), read 2026-11-22."""

    CONFLICT_OF_INTEREST = "conflict_of_interest"
    CONFLICT_OF_POSITION = "conflict_of_position"
    PRIORITY_NEEDS = "priority_needs"
    UNREASONABLE_COSTS = "unreasonable_costs"

    @property
    def title(self) -> str:
        return {
            Ground.CONFLICT_OF_INTEREST: "A conflict of interest",
            Ground.CONFLICT_OF_POSITION: "A conflict of position",
            Ground.PRIORITY_NEEDS: "The work cannot spare the person",
            Ground.UNREASONABLE_COSTS: "Releasing the person costs the office unreasonably much",
        }[self]


class MoreTimeState(enum.Enum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
