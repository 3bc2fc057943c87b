"""What takes longest about a list, worked out before the transaction that needs it.

The derivation of every place and the second computation follow from the list alone. On SQLite nobody else
writes while a transaction is open: inside `ahead()` both are worked out once, kept by the digests of what
they follow from, and found again by the transaction, which ranks anew and so knows whether they still hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.exams import merit, proving
from app.exams.examinations.queries import get_examination
from app.exams.merit_lists import queries, rules
from app.exams.merit_lists.models import MeritList
from app.exams.scoring.queries import load_inputs, load_key, load_ranking
from app.exams.scoring.rules import Inputs, Ranked, entries
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid

# What a list follows from: its own digest, and that of the answers, which the derivations count.
Digests = tuple[str, str]


@dataclass
class _Kept:
    """What was worked out ahead, by what it follows from; `checked` are lists whose stored rows were read."""

    rows: dict[Digests, list[tuple[Any, ...]]] = field(default_factory=dict)
    seconds: dict[Digests, proving.Second] = field(default_factory=dict)
    checked: set[tuple[str, Digests]] = field(default_factory=set)


_kept: ContextVar[_Kept | None] = ContextVar("worked_out_ahead", default=None)


@contextmanager
def ahead() -> Iterator[None]:
    """Keep what is worked out inside until the end; a transaction opened inside finds it."""
    token = _kept.set(_Kept())
    try:
        yield
    finally:
        _kept.reset(token)


def digests_of(ranked: Ranked) -> Digests:
    """Name what everything about a ranking follows from."""
    return ranked.listing.digest, ranked.scores.responses_digest if ranked.scores else ""


def rows_of(ranked: Ranked) -> list[tuple[Any, ...]]:
    """Give what is stored of every entry after the candidate's number, its derivation as JSON."""
    kept, digests = _kept.get(), digests_of(ranked)
    if kept is not None and digests in kept.rows:
        return kept.rows[digests]
    rows = [
        (number, *(values[column] for column in queries.COLUMNS[:-1]), json.dumps(values["derivation"]))
        for number, values in entries(ranked)
    ]
    if kept is not None:
        kept.rows[digests] = rows
    return rows


def find_second(ranked: Ranked) -> proving.Second | None:
    """Find what the second computation of a list gave ahead, of the very same answers and key."""
    kept = _kept.get()
    return kept.seconds.get(digests_of(ranked)) if kept is not None else None


def second_of(inputs: Inputs, key: merit.Key | None, ranked: Ranked) -> proving.Second:
    """Compute a list the other way; Conflict for any difference."""
    kept, digests = _kept.get(), digests_of(ranked)
    second = proving.demand_agreement(inputs, key, ranked.listing)
    if kept is not None:
        kept.seconds[digests] = second
    return second


def check_stored(session: Session, merit_list: MeritList, ranked: Ranked) -> None:
    """Raise Conflict for any difference between the stored entries and those that come out now."""
    kept, own = _kept.get(), (merit_list.id, digests_of(ranked))
    if kept is not None and own in kept.checked:
        return
    names = ("number", *queries.COLUMNS)
    computed = (dict(zip(names, (*row[:-1], json.loads(row[-1])), strict=True)) for row in rows_of(ranked))
    rules.check_rows(queries.load_rows(session, merit_list.id), computed)
    if kept is not None:
        kept.checked.add(own)


def prepare_draft(session: Session, examination_id: str, seed: str, actor: Actor) -> None:
    """Work out ahead the entries that a draft would store; what stands against it, the act itself says."""
    examination = get_examination(session, examination_id, actor)
    seed = queries.find_first_seed(session, examination_id) or seed.strip()
    with suppress(Conflict, Invalid):
        rows_of(load_ranking(session, examination, seed)[0])


def prepare_decision(session: Session, list_id: str, actor: Actor, *, publishes: bool) -> None:
    """Compare a list ahead with what comes out now, and compute it the other way if it is to be published.

    What stands against it, the act itself says.
    """
    merit_list = queries.get_list(session, list_id, actor)
    with suppress(Conflict, Invalid):
        ranked, _ = load_ranking(session, merit_list.examination, merit_list.seed)
        check_stored(session, merit_list, ranked)
        if publishes:
            inputs = load_inputs(
                session, merit_list.examination, merit_list.import_id, merit_list.mark_versions
            )
            key = merit_list.key_version
            second_of(inputs, load_key(key) if key else None, ranked)
