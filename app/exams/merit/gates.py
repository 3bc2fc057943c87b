"""Stage 4: minima, for everybody and lower ones for holders of a claim."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.exams.merit.candidates import Candidates
from app.exams.merit.exact import Flags, Marks, plain
from app.exams.merit.reading import Node


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


def presence(candidates: Candidates, component: str) -> Flags:
    """Tell who sat a component."""
    return ~candidates.absent.get(component, np.zeros(len(candidates), dtype=bool))
