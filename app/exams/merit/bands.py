"""Stage 7: bands and categories, by declared lower bounds or by the standard error of the difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from app.exams.merit.candidates import Candidates
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Integers, Marks, fraction, plain
from app.exams.merit.reading import Node
from app.exams.merit.rounding import Rounding, round_fraction
from app.exams.merit.statistics import root


@dataclass(frozen=True, slots=True)
class Category:
    """A named band; `least` is its lowest mark, None when people are put in it by hand."""

    name: str
    title: str
    least: Fraction | None
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """Categories from the best down.

    `by` is "total", "earned", "attribute.<name>" (given by raters), or "sed": then each band reaches from the
    best mark not yet in one down by `confidence` standard errors of the difference.
    """

    by: str
    categories: tuple[Category, ...]
    confidence: Fraction
    deviation: Fraction | None
    reliability: Fraction | None
    places: int
    citation: str

    def name(self, index: int) -> str:
        """Name a category by its place; "" for people below all of them."""
        if self.by == "sed":
            return f"band {index + 1}"
        return self.categories[index].name if index < len(self.categories) else ""


def read_bands(root_node: Node, unit: Fraction | None) -> Bands | None:
    """Read [bands] with its [[bands.category]], best first.

    `unit` is the smallest step of the deciding mark, None where it is exact; it tells whether bounds
    leave a gap.
    """
    node = root_node.child("bands")
    if node is None:
        return None
    by = node.text("by", "total")
    if by not in ("total", "earned", "sed") and not by.startswith("attribute."):
        node.fault("'by' must be total, earned, sed or attribute.<name>.", "by")
    children = node.children("category")
    categories = []
    for child in children:
        name = child.text("name")
        least = child.number("least") if by in ("total", "earned") else None
        categories.append(Category(name, child.text("title", name), least, child.optional_number("most")))
        child.finish()
    _check_order(children, categories)
    _check_gaps(children, categories, unit)
    if not categories and by != "sed":
        node.fault("[bands] needs at least one [[bands.category]].")
    bands = Bands(
        by,
        tuple(categories),
        node.number("confidence", Fraction(196, 100)),
        node.optional_number("deviation"),
        node.optional_number("reliability"),
        node.whole("places", 4),
        node.text("citation"),
    )
    node.finish()
    return bands


def _check_order(nodes: list[Node], categories: list[Category]) -> None:
    for node, better, worse in zip(nodes[1:], categories, categories[1:], strict=False):
        if better.least is not None and worse.least is not None and worse.least >= better.least:
            text = f"{worse.name!r} from {plain(worse.least)} overlaps {better.name!r}"
            node.fault(f"{text} from {plain(better.least)}; write the best category first.", "least")
    names = [category.name for category in categories]
    for position, name in enumerate(names):
        if name in names[:position]:
            nodes[position].fault(f"The category {name!r} stands here twice.", "name")


def _check_gaps(nodes: list[Node], categories: list[Category], unit: Fraction | None) -> None:
    for node, better, worse in zip(nodes[1:], categories, categories[1:], strict=False):
        if worse.most is None or better.least is None:
            continue
        if worse.most >= better.least:
            text = f"{worse.name!r} up to {plain(worse.most)} overlaps {better.name!r}"
            node.fault(f"{text} from {plain(better.least)}.", "most")
        elif unit is None or worse.most + unit < better.least:
            text = f"A mark between {plain(worse.most)} and {plain(better.least)} falls into no category"
            node.fault(f"{text}; declare the rounding of the total or leave 'most' out.", "most")


def categorise(
    bands: Bands, marks: Mapping[str, Marks], candidates: Candidates, facts: Mapping[str, Any]
) -> Integers:
    """Give each person the place of their category, 0 for the best; len(categories) for none."""
    if bands.by == "sed":
        return _by_error(marks["total"], band_width(bands, facts))
    if bands.by in marks:
        place = np.full(len(candidates), len(bands.categories), dtype=np.int64)
        for index in range(len(bands.categories) - 1, -1, -1):
            place[marks[bands.by].at_least(bands.categories[index].least or Fraction(0))] = index
        return place
    return _by_attribute(bands, candidates)


def _by_attribute(bands: Bands, candidates: Candidates) -> Integers:
    name = bands.by.removeprefix("attribute.")
    if name not in candidates.attributes:
        raise InputError("candidates", "the rulebook puts people into categories by it.", column=name)
    places = {category.name: index for index, category in enumerate(bands.categories)}
    values = candidates.attributes[name]
    for candidate, value in zip(candidates.ids.tolist(), values, strict=True):
        if value is not None and value not in places:
            raise InputError("candidates", f"{value!r} is no category.", row=candidate, column=name)
    return np.array([places.get(str(value), len(places)) for value in values], dtype=np.int64)


def standard_error(deviation: Fraction, reliability: Fraction) -> Fraction:
    """Give the standard error of measurement, SD x root(1 - reliability)."""
    return deviation * root(1 - reliability)


def band_width(bands: Bands, facts: Mapping[str, Any]) -> Fraction:
    """Give the width of a band: confidence x root(2) x standard error of measurement, rounded half up.

    Deviation and reliability come from the rulebook, or from the facts of the examination.
    """
    known = {"deviation": bands.deviation, "reliability": bands.reliability}
    for name, value in known.items():
        if value is None and name not in facts:
            raise InputError("facts", "the rulebook asks for it to make bands.", column=name)
    deviation, reliability = (
        value if value is not None else fraction(facts[name]) for name, value in known.items()
    )
    square = 2 * bands.confidence**2 * deviation**2 * (1 - reliability)
    return round_fraction(root(square), Rounding(bands.places))


def _by_error(marks: Marks, width: Fraction) -> Integers:
    """Make fixed bands from the top: each begins at the best mark below the one before."""
    place = np.zeros(len(marks), dtype=np.int64)
    left = np.ones(len(marks), dtype=bool)
    band = 0
    while left.any():
        best = Fraction(int(marks.numerators[left].max()), marks.denominator)
        inside = left & marks.at_least(best - width)
        place[inside] = band
        left &= ~inside
        band += 1
    return place
