"""Stage 4: minima, for everybody and lower ones for holders of a claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from app.exams.merit.candidates import Candidates
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Flags, Marks, plain
from app.exams.merit.reading import Node
from app.exams.merit.rounding import MODES, round_whole

Facts = Mapping[str, Any]


# A claim that nobody verifies: the list itself gives it to people who passed by a lower minimum only.
RELAXED = "lowered-minimum"


@dataclass(frozen=True, slots=True)
class Lowered:
    """A lower minimum for holders of a claim."""

    claim: str
    minimum: Fraction
    citation: str


@dataclass(frozen=True, slots=True)
class Minimum:
    """What must be reached; nothing is rounded before comparing unless the value itself is rounded."""

    minimum: Fraction
    lowered: tuple[Lowered, ...] = ()

    def met(self, marks: Marks, candidates: Candidates) -> Flags:
        """Tell who reaches it."""
        met = marks.at_least(self.minimum)
        for rule in self.lowered:
            met = met | (candidates.claim(rule.claim) & marks.at_least(rule.minimum))
        return met

    def gate(self, title: str, marks: Marks, candidates: Candidates) -> "Gate":
        """Apply it to a column."""
        return Gate(title, self.minimum, self.met(marks, candidates), marks, self.lowered)


@dataclass(frozen=True, slots=True)
class Best:
    """How many of the best go on: `per_vacancy` times the vacancies, plus `plus`, plus `percent` of them.

    With a `claim` they are counted among its holders only. `fact` names the number of vacancies.
    """

    claim: str
    per_vacancy: Fraction
    plus: Fraction
    percent: Fraction
    rounding: str
    fact: str
    citation: str

    def number(self, people: int, facts: Facts) -> int:
        """Count how many go on of so many people."""
        vacancies = facts.get(self.fact, 0)
        if self.per_vacancy and not (isinstance(vacancies, int) and vacancies >= 0 and self.fact in facts):
            text = "the rulebook keeps a number of people for each vacancy."
            raise InputError("facts", text, column=self.fact)
        exact = self.per_vacancy * vacancies + self.plus + self.percent * people / 100
        return round_whole(exact, self.rounding)

    def kept(self, marks: Marks, still_in: Flags, facts: Facts) -> tuple[Flags, int]:
        """Tell who stands among the best, everybody tied with the last included, and how many were asked."""
        own = np.sort(marks.numerators[still_in])[::-1]
        number = self.number(len(own), facts)
        if number >= len(own):
            return still_in, number
        if not number:
            return np.zeros(len(still_in), dtype=bool), number
        inside: Flags = still_in & (marks.numerators >= own[number - 1])
        return inside, number


@dataclass(frozen=True, slots=True)
class Keep:
    """Only the best of a component go on; `groups` count the best of the holders of a claim beside them."""

    best: Best
    groups: tuple[Best, ...]

    def gate(self, title: str, marks: Marks, still_in: Flags, facts: Facts, candidates: Candidates) -> "Gate":
        """Count the best among those who have met every gate before."""
        met, number = self.best.kept(marks, still_in, facts)
        last = None
        if not np.array_equal(met, still_in) and met.any():
            last = Fraction(int(marks.numerators[met].min()), marks.denominator)
        for group in self.groups:
            met = met | group.kept(marks, still_in & candidates.claim(group.claim), facts)[0]
        return Gate(f"{title} (best {number})", last, met, marks)


@dataclass(frozen=True)
class Gate:
    """A minimum as applied: its title, the least number (None where presence is asked) and who met it.

    `marks` is the column that was held against it.
    """

    title: str
    minimum: Fraction | None
    met: Flags
    marks: Marks | None = None
    lowered: tuple[Lowered, ...] = ()

    def relaxed(self) -> Flags:
        """Tell who met it only because it is lower for them."""
        if self.marks is None or self.minimum is None:
            return np.zeros(len(self.met), dtype=bool)
        return self.met & ~self.marks.at_least(self.minimum)


def read_minimum(node: Node, limit: Fraction | None) -> Minimum | None:
    """Read `minimum` and the [[...lower]] of a table; one above the limit is refused as unreachable."""
    minimum = node.optional_number("minimum")
    lowered = []
    for child in node.children("lower"):
        lowered.append(Lowered(child.text("claim"), child.number("minimum"), child.text("citation")))
        if minimum is None or lowered[-1].minimum >= minimum:
            child.fault("A lowered minimum must stand below the minimum for everybody.", "minimum")
        child.finish()
    if minimum is None:
        return None
    if limit is not None and minimum > limit:
        node.fault(f"Nobody can reach a minimum of {plain(minimum)} out of {plain(limit)}.", "minimum")
    return Minimum(minimum, tuple(lowered))


def read_keep(node: Node | None) -> Keep | None:
    """Read [component.keep]."""
    if node is None:
        return None
    groups = tuple(_read_best(child, child.text("claim")) for child in node.children("group"))
    return Keep(_read_best(node, ""), groups)


def _read_best(node: Node, claim: str) -> Best:
    best = Best(
        claim,
        node.number("per_vacancy", 0),
        node.number("plus", 0),
        node.number("percent", 0),
        node.text("rounding", "ceiling", MODES),
        node.text("fact", "vacancies"),
        node.text("citation"),
    )
    if best.per_vacancy + best.plus + best.percent <= 0:
        node.fault("Nobody would go on; give per_vacancy, plus or percent.")
    if not 0 <= best.percent <= 100:
        node.fault("'percent' must be at least 0 and at most 100.", "percent")
    node.finish()
    return best


def present_all(candidates: Candidates) -> Flags:
    """Tell for everybody that no gate has been shut."""
    return np.ones(len(candidates), dtype=bool)


def presence(candidates: Candidates, component: str) -> Flags:
    """Tell who sat a component."""
    return ~candidates.absent.get(component, np.zeros(len(candidates), dtype=bool))
