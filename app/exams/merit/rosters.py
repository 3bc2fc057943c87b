"""Rosters, tables that give each numbered turn to a name: vacancies to blocks (stage 9), turns to lists
(stage 10).

A roster is written point by point, or made from shares: a name has a point as soon as its share of all points
so far, rounded as declared, is one more than it has (alternation and proportion in Brazil, Law 12.990 of 2014
art. 4; rosters of posts in India).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.errors import MeritError
from app.exams.merit.reading import Node
from app.exams.merit.rounding import MODES, round_whole


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the turns in percent, and how what is due after so many turns is rounded."""

    percent: Fraction
    rounding: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Points 1 to `length` and the name of each; after the last the roster begins again."""

    length: int
    blocks: Mapping[int, str]
    other: str
    citation: str

    def block(self, point: int) -> str:
        """Give the name of a turn counted from 1 over the whole life of the roster."""
        if point < 1:
            raise MeritError("Roster points are counted from 1.")
        return self.blocks.get((point - 1) % self.length + 1, self.other)

    def run(self, first: int, turns: int) -> list[str]:
        """List the names of so many turns, from point `first` on."""
        return [self.block(point) for point in range(first, first + turns)]

    def counts(self, first: int, turns: int) -> dict[str, int]:
        """Count the turns of each name, from point `first` on."""
        return dict(Counter(self.run(first, turns)))


def read_roster(node: Node | None) -> Roster | None:
    """Read a roster with its blocks; a point given twice or beyond the length is refused."""
    if node is None:
        return None
    length, other = node.whole("length", least=1), node.text("other")
    blocks: dict[int, str] = {}
    shares: dict[str, Share] = {}
    for child in node.children("block"):
        name = child.text("name")
        if child.has("share"):
            shares[name] = Share(child.number("share"), child.text("rounding", "floor", MODES))
            if shares[name].percent <= 0:
                child.fault("A share must be above 0.", "share")
        else:
            _take_points(child, name, length, blocks)
        child.finish()
    if blocks and shares:
        node.fault("A roster has points or shares, not both.", "block")
    if sum(share.percent for share in shares.values()) > 100:
        node.fault("The shares of the roster add up to more than 100.", "block")
    blocks |= spread(shares, length)
    roster = Roster(length, blocks, other, node.text("citation"))
    node.finish()
    return roster


def _take_points(node: Node, name: str, length: int, blocks: dict[int, str]) -> None:
    points = node.raw("points")
    if not isinstance(points, list) or not all(type(point) is int for point in points):
        node.fault("'points' must be a list of whole numbers.", "points")
        return
    for point in points:
        if not 1 <= point <= length:
            node.fault(f"The roster has no point {point}.", "points")
        elif point in blocks:
            node.fault(f"Point {point} belongs to {blocks[point]!r} already.", "points")
        blocks[point] = name


def spread(shares: Mapping[str, Share], length: int) -> dict[int, str]:
    """Give points to names by their shares; what is due to nobody is left out.

    Of several due at one point the first declared has it, the others those that follow; what would come
    after the last point is put on the last points that are free.
    """
    points: dict[int, str] = {}
    waiting: list[str] = []
    had = dict.fromkeys(shares, 0)
    for point in range(1, length + 1):
        for name, share in shares.items():
            due = round_whole(share.percent * point / 100, share.rounding)
            waiting += [name] * (due - had[name])
            had[name] = due
        waiting.sort(key=list(shares).index)
        if waiting:
            points[point] = waiting.pop(0)
    free = [point for point in range(1, length + 1) if point not in points]
    points |= zip(reversed(free), reversed(waiting), strict=False)
    return points
