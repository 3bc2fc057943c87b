"""From candidates to a merit list: gates, composition, preference, rounding, bands, order, in that order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, overload

import numpy as np

from app.exams.merit import ordering
from app.exams.merit.candidates import Candidates
from app.exams.merit.certification import Eligible
from app.exams.merit.choice import Seeker
from app.exams.merit.columns import Picked, distinct_numbers
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import Integers, Marks, digest, plain
from app.exams.merit.gates import RELAXED
from app.exams.merit.responses import sorted_rows
from app.exams.merit.rounding import display_marks
from app.exams.merit.rulebook import Rulebook
from app.exams.merit.working import Working, work


class Others(Sequence[str]):
    """The ids of a group but one, in order, without a copy for each of its members."""

    def __init__(self, group: tuple[str, ...], own: str) -> None:
        self._group, self._own = group, own

    def __len__(self) -> int:
        return len(self._group) - 1

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._group if name != self._own)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...

    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


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
    tied_with: Sequence[str]
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
                    "ids": Picked(self.candidates.ids, self.order),
                    "ranks": self.ranks,
                    "scores": final.take(passed).reduced(),
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
        return self.page(0, len(self))

    def page(self, start: int, stop: int) -> tuple[Row, ...]:
        """List the rows from place `start`, counted from 0, up to but not with `stop`."""
        working, rulebook, indices = self.working, self.rulebook, self.order[start:stop]
        shown, bands = rulebook.total.display, rulebook.bands
        passed = max(min(self.passed_count, stop) - start, 0)
        count, fallen = len(indices), len(indices) - passed
        ids = self.candidates.ids[indices].tolist()
        ranks = self.ranks[start : start + passed].tolist()
        tied = [Others(self._group(start + place), ids[place]) for place in range(passed)]
        final, earned = working.final.take(indices), working.earned.take(indices)
        columns = (
            range(start + 1, start + count + 1),
            ids,
            [True] * passed + [False] * fallen,
            ranks + [None] * fallen,
            tied + [()] * fallen,
            final.numerators.tolist(),
            [final.denominator] * count,
            display_marks(final, shown),
            earned.numerators.tolist(),
            [earned.denominator] * count,
            display_marks(earned, shown),
            _exactly(working.preferred.points.take(indices)),
            working.preferred.tier[indices].tolist(),
            working.preferred.eligible[indices].tolist(),
            [bands.name(place) if bands else "" for place in working.category[indices].tolist()],
            self._failed(indices),
        )
        return tuple(Row(*values) for values in zip(*columns, strict=True))

    def _failed(self, indices: Integers) -> list[tuple[str, ...]]:
        """Name for each of some people the gates that were not met."""
        if not self.working.gates:
            return [()] * len(indices)
        met = np.stack([gate.met[indices] for gate in self.working.gates], axis=1)
        titles = [gate.title for gate in self.working.gates]
        kinds, places = np.unique(met, axis=0, return_inverse=True)
        known = [
            tuple(title for title, flag in zip(titles, kind, strict=True) if not flag)
            for kind in kinds.tolist()
        ]
        return [known[place] for place in places.ravel().tolist()]

    def row(self, candidate_id: str) -> Row:
        """Find one person's line."""
        position = self.position(candidate_id)
        return self.page(position, position + 1)[0]

    @property
    def shown(self) -> list[str]:
        """Write everybody's score, in the order of the candidates given."""
        return display_marks(self.working.final, self.rulebook.total.display)

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
        working, bands = self.working, self.rulebook.bands
        passed = self.order[: self.passed_count]
        columns = (
            self.candidates.ids[passed].tolist(),
            self.ranks.tolist(),
            working.final.numerators[passed].tolist(),
            working.preferred.eligible[passed].tolist(),
            working.category[passed].tolist(),
            working.preferred.tier[passed].tolist(),
        )
        return tuple(
            Eligible(
                candidate_id=candidate,
                position=position,
                rank=rank_held,
                numerator=numerator,
                denominator=working.final.denominator,
                preference=preference,
                category=bands.name(category) if bands else "",
                tier=tier,
            )
            for position, (candidate, rank_held, numerator, preference, category, tier) in enumerate(
                zip(*columns, strict=True), start=1
            )
        )

    def seekers(self) -> tuple[Seeker, ...]:
        """List those who passed, in order, with the claims that they hold, for seats.

        Whoever passed by a lower minimum only holds the claim "lowered-minimum" too.
        """
        held: dict[int, set[str]] = {}
        relaxed = [(RELAXED, gate.relaxed()) for gate in self.working.gates if gate.lowered]
        for claim, flags in (*self.candidates.claims.items(), *relaxed):
            for index in np.flatnonzero(flags).tolist():
                held.setdefault(index, set()).add(claim)
        passed = self.order[: self.passed_count].tolist()
        ids = self.candidates.ids
        return tuple(Seeker(str(ids[index]), frozenset(held.get(index, ()))) for index in passed)

    def scores_by_id(self) -> dict[str, Fraction]:
        """Give the deciding mark of everybody who passed."""
        passed = self.order[: self.passed_count].tolist()
        return {str(self.candidates.ids[index]): self.working.final.fraction(index) for index in passed}

    def _group(self, position: int) -> tuple[str, ...]:
        """List everybody of one rank; people who share it share the list."""
        places = self.same_rank(position)
        if places.start not in self._groups:
            people = self.order[places.start : places.stop]
            self._groups[places.start] = tuple(self.candidates.ids[people].tolist())
        return self._groups[places.start]

    @cached_property
    def _groups(self) -> dict[int, tuple[str, ...]]:
        return {}


def _exactly(marks: Marks) -> list[str]:
    """Write marks exactly, each distinct one once."""
    distinct, places = distinct_numbers(marks.numerators)
    texts = [plain(Fraction(numerator, marks.denominator)) for numerator in distinct.tolist()]
    return [texts[place] for place in places.tolist()]


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
    working = work(rulebook, candidates, facts or {})
    keys = rulebook.order.keys
    people = np.flatnonzero(working.passed)
    columns = [None if key.by == "draw" else working.keys[key.by][people] for key in keys]
    ids = candidates.ids[people]
    local, new = ordering.sort(
        columns, [key.splits for key in keys], ids, lambda row: ordering.draw(seed, list_id, str(ids[row]))
    )
    ranks = ordering.number(new, rulebook.order.numbering)
    by_id, _ = sorted_rows(candidates.ids)
    order = np.concatenate([people[local], by_id[~working.passed[by_id]]])
    return MeritList(rulebook, candidates, list_id, seed, dict(facts or {}), working, order, ranks)
