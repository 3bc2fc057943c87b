"""Ranking a list again under tried rules, from the columns that were kept when it was drafted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.exams import merit
from app.exams.sandboxes.rules import Path
from app.platform import storage
from app.platform.errors import Conflict, Invalid

# A process keeps the last few rankings, so that turning a page of a trial ranks nothing. A list of 100,000
# takes some tens of megabytes.
KEPT = 3


@dataclass(frozen=True, slots=True)
class Basis:
    """What a list is ranked from: the digest of its columns, the text of its rulebook, its seed and facts."""

    columns: str
    rulebook: str
    list_id: str
    seed: str
    facts: str

    @classmethod
    def of(cls, columns: str, rulebook: str, list_id: str, seed: str, facts: Mapping[str, Any]) -> Basis:
        """Take the facts as JSON, so that a basis can be told from others."""
        return cls(columns, rulebook, list_id, seed, json.dumps(dict(facts), sort_keys=True))


@dataclass(frozen=True, slots=True)
class Trial:
    """The list as it is, the list as tried, and how many people that moves."""

    real: merit.MeritList
    tried: merit.MeritList
    scores: int
    ranks: int
    entering: int
    leaving: int


@lru_cache(maxsize=KEPT)
def _candidates(columns: str) -> merit.Candidates:
    return merit.unpack(storage.current().get(columns))


@lru_cache(maxsize=KEPT * 2)
def _rank(basis: Basis, changes: tuple[tuple[Path, str | None], ...], vacancies: int) -> merit.MeritList:
    book = merit.rulebook.load(basis.rulebook, "frozen rulebook")
    facts = json.loads(basis.facts)
    if vacancies and "vacancies" in facts:
        facts["vacancies"] = vacancies
    tried = merit.adjust(book, dict(changes)) if changes else book
    candidates = _candidates(basis.columns)
    return merit.rank(tried, candidates, list_id=basis.list_id, seed=basis.seed, facts=facts)


@lru_cache(maxsize=KEPT)
def try_out(basis: Basis, changes: tuple[tuple[Path, str | None], ...], vacancies: int) -> Trial:
    """Rank the same people under changed rules and compare; Invalid tells why rules cannot be so."""
    try:
        real, tried = _rank(basis, (), 0), _rank(basis, changes, vacancies)
        moved = merit.movement(real, tried)
    except merit.RulebookError as error:
        raise Invalid(**{"": " ".join(dict.fromkeys(one.sentence for one in error.problems))}) from error
    except merit.MeritError as error:
        raise Invalid(**{"": str(error)}) from error
    return Trial(real, tried, moved.scores, moved.ranks, moved.now_pass, moved.now_fail)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who could be considered for so many vacancies: the names within reach, and the rule in a sentence."""

    names: tuple[str, ...]
    sentence: str


@lru_cache(maxsize=KEPT)
def reach(
    basis: Basis, changes: tuple[tuple[Path, str | None], ...], vacancies: int, on: dt.date
) -> Reach | None:
    """Work out who would be within reach of so many vacancies; None where the rulebook certifies nobody."""
    listing = _rank(basis, changes, vacancies if changes else 0)
    if listing.rulebook.certification is None or not vacancies or not listing.passed_count:
        return None
    try:
        found = merit.certify(
            listing.rulebook, listing.eligibles(), issued_on=on, vacancies=vacancies, list_established_on=on
        )
    except merit.MeritError as error:
        raise Conflict(f"Reach cannot be worked out. {error}") from error
    return Reach(tuple(name.candidate_id for name in found.names), found.sentence)
