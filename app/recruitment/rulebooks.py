"""The rulebooks that a posting may name, as the package of examinations describes them in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.recruitment.postings.models import Posting


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an examination: its `share` of the total in percent, its least and highest marks.

    They are as written; what a part does not have is "". `note` is what applicants should know of it.
    """

    title: str
    kind: str
    share: str
    least: str
    highest: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A rulebook in the version in force on a day; `sentences` say what it means for an applicant.

    `claims` are the kinds of claims that it honours, by the codes that applications write. `seal` is the
    SHA-256 of the sealed plan of an announced posting, "" before.
    """

    name: str
    title: str
    sentences: tuple[str, ...]
    citation: str
    claims: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    seal: str = ""


class Source(Protocol):
    """What the package of examinations tells and does for postings."""

    def offered(self, session: Session, on: dt.date, agency_id: str) -> Sequence[Described]:
        """Describe the rulebooks in force on a day for an agency, its own among them."""

    def sealed(self, session: Session, posting_id: str) -> Described | None:
        """Describe the rulebook in the sealed plan of a posting, None before its announcement."""

    def seal(self, session: Session, posting: Posting, actor: Actor, at: dt.datetime) -> str:
        """Seal the plan of a posting that is being announced, and give its SHA-256."""


_source: Source | None = None


def bind(source: Source) -> None:
    """Make `source` what tells the rulebooks in force on a day; the program does so when it starts."""
    global _source
    _source = source


def offered(session: Session, on: dt.date, agency_id: str) -> tuple[Described, ...]:
    """List the rulebooks in force on a day for an agency, by title."""
    books = _bound().offered(session, on, agency_id)
    return tuple(sorted(books, key=lambda described: (described.title, described.name)))


def find(session: Session, name: str | None, on: dt.date, agency_id: str) -> Described | None:
    """Find a rulebook in force on a day for an agency, or None."""
    return next((book for book in _bound().offered(session, on, agency_id) if book.name == name), None)


def find_for(session: Session, posting: Posting, on: dt.date) -> Described | None:
    """Find the rulebook of a posting: the sealed one once it is announced, until then the one in force."""
    if posting.announced_on is None:
        return find(session, posting.rulebook, on, posting.agency_id)
    sealed = _bound().sealed(session, posting.id)
    return sealed or find(session, posting.rulebook, posting.announced_on, posting.agency_id)


def seal(session: Session, posting: Posting, actor: Actor, at: dt.datetime) -> str:
    """Seal the exam plan of a posting that is being announced, and give its SHA-256."""
    return _bound().seal(session, posting, actor, at)


def _bound() -> Source:
    if _source is None:
        raise RuntimeError("No rulebooks are bound: call bind() first.")
    return _source
