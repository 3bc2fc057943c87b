"""What belongs to an account, table by table: each package says how its rows go when two accounts are joined.

Packages stand to the right of accounts and are unknown here, so each declares its own tables beside the
models. A column ending in `_by` says who did something; that is history, and never moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.merges.rules import Facts
from app.platform.actors import Actor

Key = dict[str, Any]
Describe = Callable[[Session, Key], str]
Prepare = Callable[[Session, str, dt.datetime], None]
SetAside = Callable[[Session, Key, Actor, dt.datetime], dict[str, Any]]
TakeBack = Callable[[Session, Key, dict[str, Any], Actor, dt.datetime], None]
Obstacle = Callable[[Session, Sequence[str]], str]
ChangedSince = Callable[[Session, dt.datetime], Iterable[str]]
FactsOf = Callable[[Session, Sequence[str] | None], Iterable[tuple[str, Facts]]]


@dataclass(frozen=True, slots=True)
class Holding:
    """One column that points at an account; `once_by` names what a person has at most one row for."""

    table: str
    column: str
    title: str
    moves: bool
    once_by: tuple[str, ...] | None = None
    asks: bool = True
    describe: Describe | None = None
    prepare: Prepare | None = None
    set_aside: SetAside | None = None
    take_back: TakeBack | None = None

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


HOLDINGS: dict[str, Holding] = {}
FACTS: list[FactsOf] = []
CHANGES: list[ChangedSince] = []
OBSTACLES: list[Obstacle] = []


def moves(
    name: str,
    title: str,
    *,
    once_by: tuple[str, ...] | None = None,
    asks: bool = True,
    describe: Describe | None = None,
    prepare: Prepare | None = None,
    set_aside: SetAside | None = None,
    take_back: TakeBack | None = None,
) -> None:
    """Declare that the rows of `table.column` go with the person, under `title` on the page of a merge.

    `once_by`: the other columns of a unique key, () when a person has one row at most; where both accounts
    have a row for the same, an officer chooses, or (`asks=False`) that of the account that goes on wins.
    `describe(session, key)` says in words what a row is; `key` holds its primary key. `prepare(session,
    account_id, at)` is called before rows arrive at an account. `set_aside(session, key, actor, at)` is for
    the row not chosen, and gives what `take_back(session, key, given, actor, at)` needs to undo it.
    """
    table, column = name.split(".")
    HOLDINGS[name] = Holding(
        table, column, title, True, once_by, asks, describe, prepare, set_aside, take_back
    )


def stays(name: str, why: str) -> None:
    """Declare that the rows of `table.column` stay with the closed account, and why."""
    table, column = name.split(".")
    HOLDINGS[name] = Holding(table, column, why, False)


def tell_facts(provider: FactsOf) -> FactsOf:
    """Register who knows facts (birth date, telephone, …) about persons, by which duplicates are found.

    `provider(session, account_ids)` gives pairs of account id and Facts; None asks for everybody's.
    """
    if provider not in FACTS:
        FACTS.append(provider)
    return provider


def tell_changes(provider: ChangedSince) -> ChangedSince:
    """Register who knows whose facts have changed: `provider(session, since)` gives ids of accounts."""
    if provider not in CHANGES:
        CHANGES.append(provider)
    return provider


def refuse_while(obstacle: Obstacle) -> Obstacle:
    """Register why two accounts cannot be joined just now: `obstacle(session, account_ids)` gives a sentence.

    It is empty when nothing stands in the way.
    """
    if obstacle not in OBSTACLES:
        OBSTACLES.append(obstacle)
    return obstacle
