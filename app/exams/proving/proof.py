"""Proving a list: computed a second time, and compared by its digest or place by place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from app.exams import merit
from app.exams.proving import vocabulary
from app.exams.proving.inputs import Case, Column, Exact, Marks, NotProvable, Sheets, gather

if TYPE_CHECKING:
    from app.exams.proving.listing import Listed


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One place: `rank` and `mark` are None for who did not pass."""

    position: int
    candidate_id: str
    rank: int | None
    mark: Fraction | None


@dataclass(frozen=True)
class Proof:
    """A list as the second computation makes it; `digest` is that of `merit.rank(...)` when both agree."""

    ids: tuple[str, ...]
    ranks: tuple[int, ...]
    numerators: tuple[int, ...]
    denominator: int
    inputs_digest: str
    digest: str

    @cached_property
    def rows(self) -> tuple[ProofRow, ...]:
        """List everybody: those who passed in order, then the others by id."""
        passed = len(self.ranks)
        return tuple(
            ProofRow(
                place + 1,
                candidate,
                self.ranks[place] if place < passed else None,
                Fraction(self.numerators[place], self.denominator) if place < passed else None,
            )
            for place, candidate in enumerate(self.ids)
        )

    def first_difference(self, merit_list: merit.MeritList) -> str:
        """Say in a sentence where a list first differs from this one, "" when it does not."""
        if merit_list.digest == self.digest:
            return ""
        if merit_list.inputs_digest != self.inputs_digest:
            return "The marks, claims or attributes that the list is made of differ."
        for own, other in zip(self.rows, merit_list.rows, strict=False):
            mark = Fraction(other.numerator, other.denominator) if other.passed else None
            listed = (other.candidate_id, other.rank, mark)
            proved = (own.candidate_id, own.rank, own.mark)
            if listed != proved:
                where = f"At place {own.position}"
                return f"{where} the list has {_words(*listed)}, and the proof {_words(*proved)}."
        return "Rulebook, keys or the number of people differ."


def _words(candidate: str, rank: int | None, mark: Fraction | None) -> str:
    if rank is None or mark is None:
        return f"{candidate} without a rank"
    return f"{candidate} on rank {rank} with {merit.plain(mark)}"


def prove(
    rulebook: merit.Rulebook,
    sheets: Sheets | merit.Responses | Mapping[str, Sheets | merit.Responses] | None = None,
    key: merit.Key | Mapping[str, merit.Key] | None = None,
    claims: Mapping[str, Iterable[str]] | None = None,
    facts: Mapping[str, Any] | None = None,
    seed: str = "",
    *,
    list_id: str,
    attributes: Mapping[str, Mapping[str, Any]] | None = None,
    marks: Marks | None = None,
    maxima: Mapping[str, Exact] | None = None,
    key_digests: Mapping[str, str] | None = None,
    engine: Any = "",
) -> Proof:
    """Make a list a second time; NotProvable where the rulebook says something unknown here.

    `sheets` and `key` are by component, or alone where the rulebook has one component of items. `marks`
    gives components that were marked elsewhere: {component: {candidate id: exact number, None for absent}}.
    `engine` is "" for DuckDB in this process, the URL of a PostgreSQL server, or a Spark session.
    """
    vocabulary.check(rulebook)
    case = gather(
        rulebook,
        {name: _as_sheets(own) for name, own in _by_component(rulebook, sheets).items()},
        _by_component(rulebook, key),
        marks or {},
        claims=claims or {},
        attributes=attributes or {},
        facts=facts or {},
        maxima=maxima or {},
        key_digests=key_digests or {},
        list_id=list_id,
        seed=seed,
    )
    # Ibis and the engines take a second to load, so only who proves pays for it.
    from app.exams.proving import engines, listing

    with engines.open_engine(engine) as opened:
        return _proof(case, listing.make(case, opened))


def _as_sheets(sheets: Sheets | merit.Responses) -> Sheets:
    return sheets if isinstance(sheets, Sheets) else Sheets.from_responses(sheets)


def _by_component(rulebook: merit.Rulebook, given: Any) -> dict[str, Any]:
    """Write what was given for the one component of items under its name."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return dict(given)
    names = [part.name for part in rulebook.components if part.kind == "items"]
    if len(names) != 1:
        raise NotProvable("The rulebook has not exactly one component of items; name the component.")
    return {names[0]: given}


def _proof(case: Case, listed: Listed) -> Proof:
    ids = tuple(case.ids[row] for row in listed.order.tolist())
    ranks, numerators = tuple(listed.ranks.tolist()), tuple(listed.numerators.tolist())
    needs_seed = any(key.by == "draw" for key in case.rulebook.order.keys)
    inputs = _digest(
        {
            "candidates": _people_digest(case, listed),
            "list": case.list_id,
            "seed": case.seed if needs_seed else "",
            "facts": case.facts,
        }
    )
    scores = _lowest_terms(Column(listed.numerators, listed.denominator))
    rows = {"ids": ids, "ranks": ranks, "scores": scores}
    body = {"inputs": inputs, "rulebook": case.rulebook.digest, "keys": case.key_digests, "rows": rows}
    return Proof(ids, ranks, numerators, listed.denominator, inputs, _digest(body))


def _people_digest(case: Case, listed: Listed) -> str:
    """Give the digest of the people as they go into a list: marks, absences, claims, attributes, maxima."""
    return _digest(
        {
            "ids": case.ids,
            "marks": {name: _lowest_terms(column) for name, column in listed.marks.items()},
            "claims": {name: np.flatnonzero(held).tolist() for name, held in case.claims.items()},
            "absent": {name: np.flatnonzero(away).tolist() for name, away in case.absent.items()},
            "attributes": case.attributes,
            "maxima": {name: merit.plain(value) for name, value in listed.maxima.items()},
        }
    )


def _lowest_terms(column: Column) -> dict[str, Any]:
    shared = int(np.gcd.reduce(column.numerators, initial=column.denominator))
    return {
        "denominator": column.denominator // shared,
        "numerators": (column.numerators // shared).tolist(),
    }


def _digest(data: Any) -> str:
    """Give the SHA-256 of JSON with sorted keys and without spaces."""

    def other(value: Any) -> str:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Fraction):
            return f"{value.numerator}/{value.denominator}"
        raise NotProvable(f"{value!r} cannot stand among the inputs of a list.")

    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=other)
    return hashlib.sha256(text.encode()).hexdigest()
