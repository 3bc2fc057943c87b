"""What the stories of one load share: the timeline, the dice, and the ids of what was made so far."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.accounts.queries import actor_of, get_account
from app.demonstration.people import Person, Register
from app.demonstration.sheets import Paper
from app.demonstration.timeline import Timeline
from app.platform.actors import Actor
from app.recruitment.documents.rules import CheckedFile
from app.recruitment.postings.states import CriterionKind


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion of a posting as applicants and screeners need it."""

    id: str
    kind: CriterionKind
    statement: str
    is_essential: bool


@dataclass(frozen=True, slots=True)
class Advert:
    """A posting that was written, the zone of its deadline, and what it asks."""

    posting_id: str
    time_zone: str
    criteria: tuple[Asked, ...]


@dataclass(slots=True)
class Received:
    """An application that was submitted; `unmet` is the id of the essential criterion that is missing."""

    application_id: str
    person: Person
    unmet: str | None
    claims: tuple[str, ...]
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """An examination, its paper, and the latest version of its key and list."""

    examination_id: str
    paper: Paper
    key_id: str = ""
    list_id: str = ""


@dataclass(slots=True)
class Office:
    """The city's office while it is being filled.

    `agencies` are ids by code; `accounts` and `people` go by the first part of the mail address. By
    occupation: `vacant` positions that nobody asked for, `employees`, `appointments` and the numbers of the
    posts that they report to (`superiors`). By vacancy:
    `positions` and `requisitions` (ids), `adverts`, `sittings`, what was `received`, and for whom places are
    `reserved`. `applying` holds applicants' actors by their number, `papers` stored files with digests,
    `courses` ids by code.
    """

    timeline: Timeline
    seed: str
    password_hash: str
    register: Register
    applicants: list[Person] = field(default_factory=list)
    agencies: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    vacant: dict[str, list[str]] = field(default_factory=dict)
    employees: dict[str, list[str]] = field(default_factory=dict)
    appointments: dict[str, list[str]] = field(default_factory=dict)
    positions: dict[str, list[str]] = field(default_factory=dict)
    requisitions: dict[str, str] = field(default_factory=dict)
    adverts: dict[str, Advert] = field(default_factory=dict)
    received: dict[str, list[Received]] = field(default_factory=dict)
    sittings: dict[str, Sitting] = field(default_factory=dict)
    reserved: dict[str, list[Person]] = field(default_factory=dict)
    applying: dict[int, Actor] = field(default_factory=dict)
    superiors: dict[str, list[str]] = field(default_factory=dict)
    courses: dict[str, str] = field(default_factory=dict)
    papers: dict[str, tuple[CheckedFile, str]] = field(default_factory=dict)
    _members: dict[str, Actor] = field(default_factory=dict)

    def dice(self, name: str) -> random.Random:
        """Give dice of its own to a story, so that a change in one does not change the others."""
        return random.Random(f"{self.seed}:{name}")  # noqa: S311 - chance for show, not for secrets

    def member(self, session: Session, key: str) -> Actor:
        """Give the actor whose mail address begins with `key`, with the roles held when first asked for."""
        if key not in self._members:
            self._members[key] = actor_of(get_account(session, self.accounts[key]))
        return self._members[key]
