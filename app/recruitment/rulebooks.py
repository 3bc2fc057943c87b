"""The rulebooks that a posting may name, as the package of examinations describes them in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A rulebook in the version in force on a day; `sentences` say what it means for an applicant.

    `claims` are the kinds of claims that it honours, by the codes that applications write.
    """

    name: str
    title: str
    sentences: tuple[str, ...]
    citation: str
    claims: tuple[str, ...] = ()


Source = Callable[[dt.date], Sequence[Described]]
_source: Source | None = None


def bind(source: Source) -> None:
    """Make `source` what tells the rulebooks in force on a day; the program does so when it starts."""
    global _source
    _source = source


def offered(on: dt.date) -> tuple[Described, ...]:
    """List the rulebooks in force on a day, by title."""
    if _source is None:
        raise RuntimeError("No rulebooks are bound: call bind() first.")
    return tuple(sorted(_source(on), key=lambda described: (described.title, described.name)))


def find(name: str | None, on: dt.date) -> Described | None:
    """Find a rulebook in force on a day, or None."""
    return next((described for described in offered(on) if described.name == name), None)
