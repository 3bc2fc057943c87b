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


@dataclass(frozen=True, slots=True)
class Keep:
    """Only the best of a component go on: `per_vacancy` times the vacancies, plus `plus`, ties included."""

    per_vacancy: Fraction
    plus: Fraction
    rounding: str
    citation: str

    def gate(self, title: str, marks: Marks, still_in: Flags, facts: Mapping[str, Any]) -> "Gate":
        """Count the best among those who have met every gate before."""
        vacancies = facts.get("vacancies", 0)
        if self.per_vacancy and not (isinstance(vacancies, int) and vacancies > 0):
            text = "the rulebook keeps a number of people for each vacancy."
            raise InputError("facts", text, column="vacancies")
        number = round_whole(self.per_vacancy * vacancies + self.plus, self.rounding)
        own = np.sort(marks.numerators[still_in])[::-1]
        if number >= len(own):
            return Gate(f"{title} (best {number})", None, still_in)
        last = Fraction(int(own[number - 1]), marks.denominator)
        return Gate(f"{title} (best {number})", last, still_in & marks.at_least(last))


@dataclass(frozen=True)
class Gate:
    """A minimum as applied: its title, the least number (None where presence is asked) and who met it."""

    title: str
    minimum: Fraction | None
    met: Flags


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
    keep = Keep(
        node.number("per_vacancy", 0),
        node.number("plus", 0),
        node.text("rounding", "ceiling", MODES),
        node.text("citation"),
    )
    if keep.per_vacancy + keep.plus < 1:
        node.fault("Nobody would go on; give per_vacancy or plus.")
    node.finish()
    return keep


def present_all(candidates: Candidates) -> Flags:
    """Tell for everybody that no gate has been shut."""
    return np.ones(len(candidates), dtype=bool)


def presence(candidates: Candidates, component: str) -> Flags:
    """Tell who sat a component."""
    return ~candidates.absent.get(component, np.zeros(len(candidates), dtype=bool))
