"""Stage 9: rosters, tables that give each numbered vacancy to a block."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.exams.merit.errors import MeritError
from app.exams.merit.reading import Node


@dataclass(frozen=True, slots=True)
class Roster:
    """Points 1 to `length` and the block of each; after the last the roster begins again."""

    length: int
    blocks: Mapping[int, str]
    other: str
    citation: str

    def block(self, point: int) -> str:
        """Give the block of a vacancy counted from 1 over the whole life of the roster."""
        if point < 1:
            raise MeritError("Roster points are counted from 1.")
        return self.blocks.get((point - 1) % self.length + 1, self.other)

    def counts(self, first: int, vacancies: int) -> dict[str, int]:
        """Count the vacancies of each block, from point `first` on."""
        return dict(Counter(self.block(point) for point in range(first, first + vacancies)))


def read_roster(node: Node | None) -> Roster | None:
    """Read [seats.roster] with its [[seats.roster.block]]; a point given twice or beyond the length is
    refused.
    """
    if node is None:
        return None
    length, other = node.whole("length", least=1), node.text("other")
    blocks: dict[int, str] = {}
    for child in node.children("block"):
        name, points = child.text("name"), child.raw("points")
        if not isinstance(points, list) or not all(type(point) is int for point in points):
            child.fault("'points' must be a list of whole numbers.", "points")
            points = []
        for point in points:
            if not 1 <= point <= length:
                child.fault(f"The roster has no point {point}.", "points")
            elif point in blocks:
                child.fault(f"Point {point} belongs to {blocks[point]!r} already.", "points")
            blocks[point] = name
        child.finish()
    roster = Roster(length, blocks, other, node.text("citation"))
    node.finish()
    return roster
