"""What a posting may become, and the small vocabularies of a vacancy."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict
from app.platform.sentences import say


class PostingState(enum.Enum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def title(self) -> str:
        return STATE_TITLES[self]


class EmploymentType(enum.Enum):
    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    TEMPORARY = "temporary"
    INTERN = "intern"

    @property
    def title(self) -> str:
        return {
            "full_time": say("Full time"),
            "part_time": say("Part time"),
            "temporary": say("Temporary"),
        }.get(self.value, say("Internship"))


class Audience(enum.Enum):
    """Who may apply."""

    EVERYONE = "everyone"
    EMPLOYEES = "employees"

    @property
    def title(self) -> str:
        return say("Everyone") if self is Audience.EVERYONE else say("Current employees only")


class CriterionKind(enum.Enum):
    EDUCATION = "education"
    EXPERIENCE = "experience"
    LICENCE = "licence"
    SKILL = "skill"
    RESIDENCE = "residence"
    OTHER = "other"

    @property
    def title(self) -> str:
        return CRITERION_TITLES[self]


EMPLOYMENT_TITLES = {
    EmploymentType.FULL_TIME: say("Full time"),
    EmploymentType.PART_TIME: say("Part time"),
    EmploymentType.TEMPORARY: say("Temporary"),
    EmploymentType.INTERN: say("Internship"),
}

STATE_TITLES = {
    PostingState.DRAFT: "Draft",
    PostingState.SUBMITTED: "Waiting for approval",
    PostingState.APPROVED: "Approved",
    PostingState.PUBLISHED: say("Published"),
    PostingState.CLOSED: say("Closed"),
    PostingState.CANCELLED: say("Cancelled"),
}

CRITERION_TITLES = {
    CriterionKind.EDUCATION: say("Education"),
    CriterionKind.EXPERIENCE: say("Experience"),
    CriterionKind.LICENCE: say("Licence or certificate"),
    CriterionKind.SKILL: say("Skill"),
    CriterionKind.RESIDENCE: say("Residence or citizenship"),
    CriterionKind.OTHER: say("Other"),
}

TRANSITIONS: dict[PostingState, frozenset[PostingState]] = {
    PostingState.DRAFT: frozenset({PostingState.SUBMITTED, PostingState.CANCELLED}),
    PostingState.SUBMITTED: frozenset({PostingState.DRAFT, PostingState.APPROVED, PostingState.CANCELLED}),
    PostingState.APPROVED: frozenset({PostingState.DRAFT, PostingState.PUBLISHED, PostingState.CANCELLED}),
    PostingState.PUBLISHED: frozenset({PostingState.CLOSED, PostingState.CANCELLED}),
    # back only by the clock-stop rule, after an interruption of intake
    PostingState.CLOSED: frozenset({PostingState.PUBLISHED}),
    PostingState.CANCELLED: frozenset(),
}

# What the public may read: a cancelled posting only when it had been published.
PUBLIC = frozenset({PostingState.PUBLISHED, PostingState.CLOSED, PostingState.CANCELLED})


def move(state: PostingState, to: PostingState) -> PostingState:
    """Give the next state, or raise Conflict when the table does not lead there."""
    if to not in TRANSITIONS[state]:
        raise Conflict(f"This posting is “{state.title.lower()}” and cannot become “{to.title.lower()}”.")
    return to
