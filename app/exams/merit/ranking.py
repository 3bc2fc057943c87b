"""From candidates to a merit list: gates, composition, preference, rounding, bands, order, in that order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from app.exams.merit import bands as banding
from app.exams.merit import ordering
from app.exams.merit.candidates import Candidates
from app.exams.merit.certification import Eligible
from app.exams.merit.components import check_marks, factor
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import Flags, Integers, Marks, digest, plain, total
from app.exams.merit.preference import Preferred, add_points, apply_preferences
from app.exams.merit.rounding import display, round_marks
from app.exams.merit.rulebook import Rulebook


@dataclass(frozen=True)
class Gate:
    """A minimum and who meets it."""

    title: str
    column: str
    minimum: Fraction | None
    met: Flags


@dataclass(frozen=True)
class Working:
    """Every intermediate column of a list, in the order of the candidates given."""

    shares: Mapping[str, Marks]
    composed: Marks
    earned: Marks
    gates: tuple[Gate, ...]
    passed: Flags
    preferred: Preferred
    final: Marks
    category: Integers
    keys: Mapping[str, Integers]


@dataclass(frozen=True, slots=True)
class Row:
    """One person's line of a merit list.

    `rank` is None for people who did not pass; they stand at the end, by id. `score` is the deciding value
    (`numerator`/`denominator`), after preference. `tied_with` lists others of the same rank.
    """

    position: int
    candidate_id: str
    passed: bool
    rank: int | None
    tied_with: tuple[str, ...]
    numerator: int
    denominator: int
    score: str
    earned_numerator: int
    earned_denominator: int
    earned: str
    points: str
    tier: int
    preference: bool
    category: str
    failed: tuple[str, ...]


@dataclass(frozen=True)
class MeritList:
    """A finished list; equal inputs, rulebook, seed and facts always give the same digest."""

    rulebook: Rulebook
    candidates: Candidates
    list_id: str
    seed: str
    facts: Mapping[str, Any]
    working: Working = field(repr=False)
    order: Integers = field(repr=False)
    ranks: Integers = field(repr=False)

    def __len__(self) -> int:
        return len(self.order)

    @property
    def passed_count(self) -> int:
        """Count the people with a rank; they stand first in `order`."""
        return len(self.ranks)

    @cached_property
    def digest(self) -> str:
        """Give the SHA-256 of inputs digest, rulebook digest, key digests and rows, as canonical JSON."""
        final, passed = self.working.final, self.order[: self.passed_count]
        return digest(
            {
                "inputs": self.inputs_digest,
                "rulebook": self.rulebook.digest,
                "keys": dict(self.candidates.key_digests),
                "rows": {
                    "ids": self.candidates.ids[self.order].tolist(),
                    "ranks": self.ranks.tolist(),
                    "denominator": final.denominator,
                    "numerators": final.numerators[passed].tolist(),
                },
            }
        )

    @cached_property
    def inputs_digest(self) -> str:
        """Give the SHA-256 of the candidates, list id, seed and facts."""
        return digest(
            {
                "candidates": self.candidates.digest,
                "list": self.list_id,
                "seed": self.seed if self.rulebook.order.needs_seed else "",
                "facts": dict(self.facts),
            }
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """List everybody: those who passed in order, then the others by id."""
        return tuple(self._row(position) for position in range(len(self)))

    def row(self, candidate_id: str) -> Row:
        """Find one person's line."""
        return self._row(self.position(candidate_id))

    def position(self, candidate_id: str) -> int:
        """Find a person's place in `order`, from 0."""
        if candidate_id not in self.positions:
            raise InputError("merit list", "there is no such candidate.", row=candidate_id)
        return self.positions[candidate_id]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Map each candidate id to its place in `order`."""
        ids = self.candidates.ids[self.order].tolist()
        return {candidate: position for position, candidate in enumerate(ids)}

    def same_rank(self, position: int) -> range:
        """Give the places that share a rank with a place among those who passed."""
        rank = self.ranks[position]
        start = int(np.searchsorted(self.ranks, rank, side="left"))
        return range(start, int(np.searchsorted(self.ranks, rank, side="right")))

    def eligibles(self) -> tuple[Eligible, ...]:
        """List those who passed, in order, as certification needs them."""
        rows = (self._row(position) for position in range(self.passed_count))
        return tuple(
            Eligible(
                row.candidate_id,
                row.position,
                row.rank or 0,
                row.numerator,
                row.denominator,
                row.preference,
                row.category,
                row.tier,
            )
            for row in rows
        )

    def _row(self, position: int) -> Row:
        working, index, rulebook = self.working, int(self.order[position]), self.rulebook
        passed = position < self.passed_count
        final, earned = working.final.fraction(index), working.earned.fraction(index)
        shown = rulebook.total.display
        tied = (
            [self.order[other] for other in self.same_rank(position) if other != position] if passed else []
        )
        return Row(
            position=position + 1,
            candidate_id=str(self.candidates.ids[index]),
            passed=passed,
            rank=int(self.ranks[position]) if passed else None,
            tied_with=tuple(self.candidates.ids[tied].tolist()),
            numerator=int(working.final.numerators[index]),
            denominator=working.final.denominator,
            score=display(final, shown),
            earned_numerator=int(working.earned.numerators[index]),
            earned_denominator=working.earned.denominator,
            earned=display(earned, shown),
            points=plain(working.preferred.points.fraction(index)),
            tier=int(working.preferred.tier[index]),
            preference=bool(working.preferred.eligible[index]),
            category=rulebook.bands.name(int(working.category[index])) if rulebook.bands else "",
            failed=tuple(gate.title for gate in working.gates if not gate.met[index]),
        )


def rank(
    rulebook: Rulebook,
    candidates: Candidates,
    *,
    list_id: str,
    seed: str = "",
    facts: Mapping[str, Any] | None = None,
) -> MeritList:
    """Make the merit list.

    `seed` is the public seed of the draw, refused when empty though the rulebook declares a draw. `facts` are
    the facts of the announcement that the rulebook asks for (such as the grade). The order of the candidates
    given changes nothing.
    """
    if rulebook.order.needs_seed and not seed:
        raise MeritError("The rulebook breaks ties by a draw; the list needs its public seed.")
    working = _work(rulebook, candidates, facts or {})
    keys = rulebook.order.keys
    people = np.flatnonzero(working.passed)
    columns = [working.keys[key.by][people] for key in keys if key.by != "draw"]
    draw_at = next((place for place, key in enumerate(keys) if key.by == "draw"), None)
    ids = candidates.ids[people]
    local = ordering.sort(columns, ids, lambda row: ordering.draw(seed, list_id, str(ids[row])), draw_at)
    splitting = [working.keys[key.by][people] for key in keys if key.splits and key.by != "draw"]
    new = ordering.boundaries(splitting, local)
    if draw_at is not None and keys[draw_at].splits:
        new[:] = True
    ranks = ordering.number(new, rulebook.order.numbering)
    others = np.flatnonzero(~working.passed)
    order = np.concatenate([people[local], others[np.argsort(candidates.ids[others])]])
    return MeritList(rulebook, candidates, list_id, seed, dict(facts or {}), working, order, ranks)


def _work(rulebook: Rulebook, candidates: Candidates, facts: Mapping[str, Any]) -> Working:
    shares = _shares(rulebook, candidates)
    composed = total(list(shares.values()), len(candidates))
    rules = rulebook.total
    earned = round_marks(composed, rules.decision) if rules.decision else composed
    gates = [*_component_gates(rulebook, candidates)]
    if rules.minimum is not None:
        judged = earned if rules.gate == "after" else composed
        gates.append(Gate("total", "total", rules.minimum, judged.at_least(rules.minimum)))
    passing = np.ones(len(candidates), dtype=bool)
    for gate in gates:
        passing &= gate.met
    preferred = apply_preferences(rulebook.preferences, candidates, earned, passing, rules.scale, facts)
    final = add_points(rulebook.preferences, earned, preferred.points)
    category = np.zeros(len(candidates), dtype=np.int64)
    if rulebook.bands:
        category = banding.categorise(rulebook.bands, final, candidates)
        inside = category < len(rulebook.bands.categories)
        gates.append(Gate("a category", "category", None, inside))
        passing &= inside
        category = np.where(preferred.floated & inside, 0, category)
    keys = _key_columns(rulebook, candidates, composed, earned, final, preferred, category)
    return Working(shares, composed, earned, tuple(gates), passing, preferred, final, category, keys)


def _shares(rulebook: Rulebook, candidates: Candidates) -> dict[str, Marks]:
    shares = {}
    for component in rulebook.components:
        if component.name not in candidates.marks:
            raise InputError(
                "candidates", "the rulebook needs marks of this component.", column=component.name
            )
        marks, known = candidates.marks[component.name], candidates.maxima.get(component.name)
        check_marks(component, marks, candidates.ids, known)
        shares[component.name] = marks.times(factor(component, rulebook.total, known))
    return shares


def _component_gates(rulebook: Rulebook, candidates: Candidates) -> list[Gate]:
    gates = []
    for component in rulebook.components:
        present = ~candidates.absent.get(component.name, np.zeros(len(candidates), dtype=bool))
        if component.absent == "fails":
            gates.append(Gate(f"{component.title} (presence)", component.name, None, present))
        if component.minimum is not None:
            met = candidates.marks[component.name].at_least(component.minimum)
            gates.append(Gate(component.title, component.name, component.minimum, met))
        for section in component.sections:
            if section.minimum is not None:
                name = f"{component.name}.{section.name}"
                if name not in candidates.marks:
                    raise InputError("candidates", "the rulebook sets a minimum for it.", column=name)
                met = candidates.marks[name].at_least(section.minimum)
                gates.append(Gate(f"{component.title}, {section.name}", name, section.minimum, met))
    return gates


def _key_columns(
    rulebook: Rulebook,
    candidates: Candidates,
    composed: Marks,
    earned: Marks,
    final: Marks,
    preferred: Preferred,
    category: Integers,
) -> dict[str, Integers]:
    known = {
        "total": final.numerators,
        "earned": earned.numerators,
        "exact": composed.plus(preferred.points).numerators,
        "tier": preferred.tier,
        "preference": preferred.eligible.astype(np.int64),
        "category": category,
    }
    columns = {}
    for key in rulebook.order.keys:
        head, _, rest = key.by.partition(".")
        if key.by in known:
            columns[key.by] = ordering.signed(known[key.by], key)
        elif head == "claim":
            columns[key.by] = ordering.signed(candidates.claim(rest).astype(np.int64), key)
        elif head == "attribute":
            if rest not in candidates.attributes:
                raise InputError("candidates", "the rulebook breaks ties by it.", column=rest)
            columns[key.by] = ordering.attribute_column(candidates.attributes[rest], rest, key)
        elif head in ("component", "section"):
            if rest not in candidates.marks:
                raise InputError("candidates", "the rulebook breaks ties by it.", column=rest)
            columns[key.by] = ordering.signed(candidates.marks[rest].numerators, key)
    return columns
