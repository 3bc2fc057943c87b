"""What waits: how one kind of work is found, and how much of it there is for somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from app.platform.db import Base


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kind of work that waits: how much, since when, and where to do it."""

    text: str
    endpoint: str
    values: dict[str, str]
    count: int
    since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of work is found; `proposer` is who may not do it, being the one who asked for it.

    Work without an `agency` is for those alone who hold their role in all of them.
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
