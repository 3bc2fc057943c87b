"""What waits: how one kind of work is found, how much of it there is for somebody, and until when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from app.platform.actors import Actor
from app.platform.db import Base

QUEUE = "home.staff"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kind of work that waits: how much, since when, and where to do it."""

    text: str
    endpoint: str
    values: dict[str, str]
    count: int
    since: dt.datetime | None
    key: str = ""
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue is shown: one kind, one agency, what is overdue, or what a text stands in."""

    kind: str = ""
    agency_id: str = ""
    is_overdue: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class One:
    """Where one piece of work is done: the page, its parameter and the column it takes, and its name."""

    endpoint: str
    parameter: str
    id: Any
    label: Any


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of work is found; `proposer` is who may not do it, being the one who asked for it.

    Work without an `agency` is for those alone who hold their role in all of them. Its deadline is the
    column `due`, else so many `days` after it began to wait: the office's own target, no law. `own` names
    the column of the one account that it waits for, where it is not for everybody with the permission.
    With `within` it waits only so many days before its deadline. `bulk` names the act of app/home/bulk.py
    that can be done on many pieces of it. `visible` gives the condition under which the noun itself shows
    a piece to somebody, where that is less than its agency and the permission.
    """

    text: str
    permission: str
    endpoint: str
    table: type[Base]
    condition: ColumnElement[bool]
    agency: InstrumentedAttribute[Any] | None
    since: InstrumentedAttribute[Any]
    proposer: InstrumentedAttribute[Any] | None = None
    joins: tuple[tuple[Any, ColumnElement[bool]], ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    one: One | None = None
    days: int = 0
    due: InstrumentedAttribute[Any] | None = None
    own: InstrumentedAttribute[Any] | None = None
    bulk: str = ""
    within: int = 0
    visible: Callable[[Actor], ColumnElement[bool]] | None = None

    @property
    def key(self) -> str:
        """Give the name under which addresses ask for this kind."""
        return re.sub(r"[^a-z]+", "-", self.text.lower())

    @property
    def is_for_one(self) -> bool:
        """Tell whether it waits for one account, whatever roles that has: who leads people needs none."""
        return self.own is not None and self.permission == QUEUE


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work: what it is, whose agency's, since when it waits, and until when it is to be done."""

    kind: Kind
    id: str
    label: str
    agency_id: str
    since: dt.datetime | None
    due: dt.datetime | None
    is_overdue: bool

    @property
    def chosen(self) -> str:
        """Give what a form names this piece of work by."""
        return f"{self.kind.key}:{self.id}"


_kinds: dict[str, Kind] = {}


def add(kinds: Iterable[Kind]) -> None:
    """Add kinds of work; each noun's kinds stand in a file of this folder."""
    for kind in kinds:
        if _kinds.setdefault(kind.key, kind) is not kind:
            raise RuntimeError(f"Two kinds of work are called {kind.text}.")


def list_kinds() -> list[Kind]:
    """List every kind of work, in the order in which they were added."""
    return list(_kinds.values())


def find_kind(key: str) -> Kind | None:
    """Find a kind of work by its name in addresses."""
    return _kinds.get(key)
