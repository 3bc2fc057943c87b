"""Calling the merit core on an examination's sealed inputs, and turning its answer into rows to store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np

from app.exams import merit
from app.platform.errors import Conflict


@dataclass(frozen=True)
class Inputs:
    """Everything that a list is made of but its key.

    `sheets` are those of the merit core, or rows of answers in the order of `codes`; `series` names for each
    the booklet or language version, and is empty where there is one for all.
    `numbers` are the candidates with a sheet. `marks` gives the components that were marked outside the
    sheets, for everybody on the list; None says absent. `claims` and `attributes` are by candidate number,
    verified claims only. `list_id` goes into the draw and stays the same for every version of a list, so
    that a correction draws no new lots.
    """

    book: merit.Rulebook
    list_id: str
    codes: tuple[str, ...]
    numbers: tuple[str, ...]
    sheets: merit.Responses | tuple[tuple[str, ...], ...]
    claims: Mapping[str, Sequence[str]]
    attributes: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, Any]
    marks: Mapping[str, Mapping[str, Fraction | None]] = field(default_factory=dict)
    series: tuple[str, ...] = ()

    def answers_for(self, key: merit.Key) -> merit.Responses:
        """Give the sheets, each with its series where the key says something of that series alone."""
        sheets = self.sheets
        if not isinstance(sheets, merit.Responses):
            sheets = merit.Responses.from_rows(self.numbers, self.codes, sheets)
        sat = tuple(name if name in key.series else "" for name in self.series) if key.series else ()
        return replace(sheets, series=sat)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """List everybody with a sheet or a mark, by number."""
        marked = {number for column in self.marks.values() for number in column}
        return tuple(sorted(marked.union(self.numbers)))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A finished list with the scores of its sheets, None where nothing is answered on sheets."""

    listing: merit.MeritList
    scores: merit.Scores | None

    @property
    def denominator(self) -> int:
        """Give the denominator over which every amount of this list is a whole number."""
        working = self.listing.working
        return lcm(working.final.denominator, working.earned.denominator)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a list is bound to: any difference between what was approved and what is now blocks it."""

    inputs: str
    rows: str
    rulebook: str
    key_version: str | None
    responses: str | None
    marks: dict[str, int] = field(default_factory=dict)


def rank(inputs: Inputs, key: merit.Key | None, seed: str) -> Ranked:
    """Score and rank; what the core refuses comes out as Conflict with its sentence."""
    try:
        scores = score(inputs, key)
        table = tabulate(inputs, scores)
        listing = merit.rank(inputs.book, table, list_id=inputs.list_id, seed=seed, facts=inputs.facts)
    except merit.MeritError as error:
        raise Conflict(f"The list cannot be made. {error}") from error
    return Ranked(listing, scores)


def rank_again(inputs: Inputs, before: Ranked, key: merit.Key, seed: str) -> Ranked:
    """Rank by another version of the key, marking anew only what it changes."""
    if before.scores is None:
        raise Conflict("Nothing was answered on sheets, so no key moves anybody.")
    if before.scores.key.series.keys() != key.series.keys():
        return rank(inputs, key, seed)
    try:
        scores = merit.rescore(before.scores, key)
        table = tabulate(inputs, scores)
        listing = merit.rank(inputs.book, table, list_id=inputs.list_id, seed=seed, facts=inputs.facts)
    except merit.MeritError as error:
        raise Conflict(f"The list cannot be made. {error}") from error
    return Ranked(listing, scores)


def score(inputs: Inputs, key: merit.Key | None) -> merit.Scores | None:
    """Score the sheets by a key; None where the rulebook has no sheets."""
    if key is None:
        return None
    return merit.score(inputs.book, key, inputs.answers_for(key))


def tabulate(inputs: Inputs, scores: merit.Scores | None) -> merit.Candidates:
    """Put scores and given marks side by side, in the order of candidate numbers."""
    if scores is not None and not inputs.marks:
        return merit.Candidates.from_scores(scores, claims=inputs.claims, attributes=inputs.attributes)
    people = inputs.people
    marks, absent = _given(inputs)
    if scores is not None:
        sheets = merit.Candidates.from_scores(scores)
        rows = np.searchsorted(np.array(people), sheets.ids)
        for name, column in sheets.marks.items():
            numerators = np.zeros(len(people), dtype=np.int64)
            numerators[rows] = column.numerators
            marks[name] = merit.Marks(numerators, column.denominator)
        missing = np.ones(len(people), dtype=bool)
        missing[rows] = False
        absent[scores.component] = missing
    names = dict.fromkeys(name for values in inputs.attributes.values() for name in values)
    held = dict.fromkeys(claim for claims in inputs.claims.values() for claim in claims)
    return merit.Candidates(
        np.array(people),
        marks,
        {claim: np.array([claim in inputs.claims.get(own, ()) for own in people]) for claim in held},
        {name: [inputs.attributes.get(own, {}).get(name) for own in people] for name in names},
        absent,
        {scores.component: scores.maximum} if scores else {},
        {scores.component: scores.key_digest} if scores else {},
    )


def _given(inputs: Inputs) -> tuple[dict[str, merit.Marks], dict[str, Any]]:
    """Give a column of marks for each component that was marked outside the sheets, and who was absent."""
    columns = {name: [given.get(own) for own in inputs.people] for name, given in inputs.marks.items()}
    marks = {
        name: merit.Marks.of(Fraction(0) if mark is None else mark for mark in column)
        for name, column in columns.items()
    }
    return marks, {name: np.array([mark is None for mark in column]) for name, column in columns.items()}


def entries(ranked: Ranked) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every candidate's number with what is stored of the entry, in the order of the list.

    Amounts stand over the list's denominator.
    """
    over = ranked.denominator
    scores = () if ranked.scores is None else (ranked.scores,)
    for told in merit.explain_all(ranked.listing, *scores):
        row = told.row
        marks = row.earned_numerator * (over // row.earned_denominator)
        final = row.numerator * (over // row.denominator)
        yield (
            row.candidate_id,
            {
                "place": row.position,
                "rank": row.rank,
                "marks": marks,
                "preference": final - marks,
                "final": final,
                "denominator": over,
                "is_passed": row.passed,
                "has_preference": row.preference,
                "tier": row.tier,
                "category": row.category,
                "derivation": derivation(ranked.listing, told),
            },
        )


def derivation(listing: merit.MeritList, told: merit.Explanation) -> dict[str, Any]:
    """Give the whole arithmetic of one place as plain data for a page or a letter.

    `order_key` names what put this person after the one directly above when both have the same score.
    """
    row = told.row
    return {
        "score": row.score,
        "earned": row.earned,
        "points": row.points,
        "tied": len(row.tied_with),
        "failed": list(row.failed),
        "steps": [
            [step.stage, step.label, step.value, step.arithmetic, step.citation] for step in told.steps
        ],
        "above": told.above,
        "below": told.below,
        "decided_by": told.decided_by,
        "order_key": order_key(listing, row.position),
    }


def order_key(listing: merit.MeritList, place: int) -> str:
    """Name the key that put the person at a place (from 1) below one with the same score directly above."""
    if place < 2 or place > listing.passed_count:
        return ""
    upper, lower = int(listing.order[place - 2]), int(listing.order[place - 1])
    final = listing.working.final.numerators
    if final[upper] != final[lower]:
        return ""
    for key in listing.rulebook.order.keys:
        if key.by == "draw" or listing.working.keys[key.by][upper] != listing.working.keys[key.by][lower]:
            return str(key.title)
    return "candidate number"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of key moves: counts of people."""

    people: int
    scores: int
    ranks: int
    now_pass: int
    now_fail: int


def compare(before: Ranked, after: Ranked) -> Effect:
    """Count whose score, rank and passing differ between two lists of the same people.

    A rank counts as moved also where there was none before or is none now.
    """
    old, new = _columns(before), _columns(after)
    pairs = [(old[number], new[number]) for number in old]
    return Effect(
        people=len(pairs),
        scores=sum(a[0] != b[0] for a, b in pairs),
        ranks=sum(a[1] != b[1] for a, b in pairs),
        now_pass=sum(a[1] is None and b[1] is not None for a, b in pairs),
        now_fail=sum(a[1] is not None and b[1] is None for a, b in pairs),
    )


def _columns(ranked: Ranked) -> dict[str, tuple[Any, int | None]]:
    """Map each number to its score before preference, exactly, and its rank."""
    listing = ranked.listing
    earned = listing.working.earned.fractions()
    ids = listing.candidates.ids
    ranks: dict[str, int | None] = dict.fromkeys(ids.tolist())
    ranks |= dict(
        zip(ids[listing.order[: listing.passed_count]].tolist(), listing.ranks.tolist(), strict=True)
    )
    return {number: (mark, ranks[number]) for number, mark in zip(ids.tolist(), earned, strict=True)}
