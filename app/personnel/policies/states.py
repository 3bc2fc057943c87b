"""What kinds of policies there are, and how a version comes to be in force."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class PolicyKind(enum.Enum):
    REGULATION = "regulation"
    POLICY = "policy"
    GUIDE = "guide"

    @property
    def title(self) -> str:
        return self.value.capitalize()


class Topic(enum.Enum):
    """What rules a policy stands behind: the pages that apply them show it."""

    LEAVE = "leave"
    FLEXIBLE_WORK = "flexible_work"
    DISCIPLINE = "discipline"
    GRIEVANCES = "grievances"
    PERFORMANCE = "performance"
    TRAINING = "training"
    BENEFITS = "benefits"
    SEPARATION = "separation"
    CONDUCT = "conduct"

    @property
    def title(self) -> str:
        return self.value.replace("_", " ").capitalize()


class VersionState(enum.Enum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"

    @property
    def title(self) -> str:
        return {"draft": "Draft", "submitted": "Waits for approval", "published": "Approved"}[self.value]


TRANSITIONS: dict[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.SUBMITTED}),
    VersionState.SUBMITTED: frozenset({VersionState.PUBLISHED, VersionState.DRAFT}),
    VersionState.PUBLISHED: frozenset(),
}


def move(now: VersionState, to: VersionState) -> VersionState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This is not possible now. The version is: {now.title.lower()}.")
    return to
