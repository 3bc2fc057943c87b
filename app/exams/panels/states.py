"""What a panel rates, how far it has come, and what a member may be to a candidate."""

from __future__ import annotations

import enum

from app.platform.errors import Conflict


class PanelForm(enum.Enum):
    """What raters have before them."""

    SCRIPTS = "scripts"
    INTERVIEW = "interview"
    EXPERIENCE = "experience"

    @property
    def title(self) -> str:
        return FORMS[self]


class PanelState(enum.Enum):
    """Being set up, being rated, or handed to the list."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def title(self) -> str:
        return {"draft": "Being set up", "open": "Rating", "closed": "Marks handed over"}[self.value]


class RelationKind(enum.Enum):
    """What somebody is to a member of a panel."""

    FAMILY = "family"
    HOUSEHOLD = "household"
    FRIEND = "friend"
    WORK = "work"
    BUSINESS = "business"
    DISPUTE = "dispute"
    OTHER = "other"

    @property
    def title(self) -> str:
        return KINDS[self]


class RelationState(enum.Enum):
    """Waiting for an officer, matched to a candidate, or looked at without finding one."""

    OPEN = "open"
    RECUSED = "recused"
    NOBODY = "nobody"

    @property
    def title(self) -> str:
        titles = {"open": "To be looked at", "recused": "Recused", "nobody": "No candidate"}
        return titles[self.value]


FORMS = {
    PanelForm.SCRIPTS: "Written scripts",
    PanelForm.INTERVIEW: "Structured interview",
    PanelForm.EXPERIENCE: "Training and experience",
}
KINDS = {
    RelationKind.FAMILY: "Family or former family",
    RelationKind.HOUSEHOLD: "Lives or lived in my home",
    RelationKind.FRIEND: "Friend",
    RelationKind.WORK: "Works or worked with me, for me or above me",
    RelationKind.BUSINESS: "Business or money",
    RelationKind.DISPUTE: "Dispute or complaint",
    RelationKind.OTHER: "Something else",
}
TRANSITIONS: dict[PanelState, frozenset[PanelState]] = {
    PanelState.DRAFT: frozenset({PanelState.OPEN}),
    PanelState.OPEN: frozenset({PanelState.CLOSED}),
    PanelState.CLOSED: frozenset({PanelState.OPEN}),
}


def move(now: PanelState, to: PanelState) -> PanelState:
    """Give `to` when the step is allowed, or raise Conflict."""
    if to not in TRANSITIONS[now]:
        raise Conflict(f"This panel cannot do that now: it is “{now.title.lower()}”.")
    return to
