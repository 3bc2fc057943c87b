"""Calling the merit core on an examination's sealed inputs, and turning its answer into rows to store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lcm
from typing import Any

from app.exams import merit
from app.platform.errors import Conflict


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a list is made of but its key; sheets are rows of answers in the order of `codes`.

    `claims` and `attributes` are by candidate number, verified claims only. `list_id` goes into the draw
    and stays the same for every version of a list, so that a correction draws no new lots.
    """

    book: merit.Rulebook
    list_id: str
    codes: tuple[str, ...]
    numbers: tuple[str, ...]
    sheets: tuple[tuple[str, ...], ...]
    claims: Mapping[str, Sequence[str]]
    attributes: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A finished list with the scores it was made from."""

    listing: merit.MeritList
    scores: merit.Scores

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
    key_version: str
    responses: str


def rank(inputs: Inputs, key: merit.Key, seed: str) -> Ranked:
    """Score and rank; what the core refuses comes out as Conflict with its sentence."""
    try:
        responses = merit.Responses.from_rows(inputs.numbers, inputs.codes, inputs.sheets)
        scores = merit.score(inputs.book, key, responses)
        table = merit.Candidates.from_scores(scores, claims=inputs.claims, attributes=inputs.attributes)
        listing = merit.rank(inputs.book, table, list_id=inputs.list_id, seed=seed, facts=inputs.facts)
    except merit.MeritError as error:
        raise Conflict(f"The list cannot be made. {error}") from error
    return Ranked(listing, scores)


def entry_values(ranked: Ranked, place: int) -> dict[str, Any]:
    """Give what is stored of the person at a place (from 1), amounts over the list's denominator."""
    row = ranked.listing.rows[place - 1]
    over = ranked.denominator
    marks = row.earned_numerator * (over // row.earned_denominator)
    final = row.numerator * (over // row.denominator)
    return {
        "place": place,
        "rank": row.rank,
        "marks": marks,
        "preference": final - marks,
        "final": final,
        "denominator": over,
        "is_passed": row.passed,
        "has_preference": row.preference,
        "tier": row.tier,
        "category": row.category,
        "derivation": derivation(ranked, row),
    }


def derivation(ranked: Ranked, row: merit.Row) -> dict[str, Any]:
    """Give the whole arithmetic of one place as plain data for a page or a letter.

    `order_key` names what put this person after the one directly above when both have the same score.
    """
    told = merit.explain(ranked.listing, row.candidate_id, ranked.scores)
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
        "order_key": order_key(ranked.listing, row.position),
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
