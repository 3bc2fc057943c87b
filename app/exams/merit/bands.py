"""Stage 7: bands and categories by declared lower bounds."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.exams.merit.candidates import Candidates
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Integers, Marks, plain
from app.exams.merit.reading import Node


@dataclass(frozen=True, slots=True)
class Category:
    """A named band; `least` is its lowest mark, None when people are put in it by hand.

    `score` is the published score of the band, where everybody in it is given the same one.
    """

    name: str
    title: str
    least: Fraction | None
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class Bands:
    """Categories from the best down, filled by the total or by an attribute given by raters."""

    by: str
    categories: tuple[Category, ...]
    citation: str

    def name(self, index: int) -> str:
        """Name a category by its place; "" for people below all of them."""
        return self.categories[index].name if index < len(self.categories) else ""


def read_bands(root: Node) -> Bands | None:
    """Read [bands] with its [[bands.category]], best first."""
    node = root.child("bands")
    if node is None:
        return None
    by = node.text("by", "total")
    if by != "total" and not by.startswith("attribute."):
        node.fault("'by' must be total or attribute.<name>.", "by")
    children = node.children("category")
    categories = []
    for child in children:
        name = child.text("name")
        least = child.number("least") if by == "total" else None
        categories.append(Category(name, child.text("title", name), least, child.optional_number("score")))
        child.finish()
    _check_order(children, categories)
    if not categories:
        node.fault("[bands] needs at least one [[bands.category]].")
    bands = Bands(by, tuple(categories), node.text("citation"))
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


def categorise(bands: Bands, total: Marks, candidates: Candidates) -> Integers:
    """Give each person the place of their category, 0 for the best; len(categories) for none."""
    if bands.by == "total":
        place = np.full(len(total), len(bands.categories), dtype=np.int64)
        for index in range(len(bands.categories) - 1, -1, -1):
            least = bands.categories[index].least
            if least is not None:
                place[total.at_least(least)] = index
        return place
    name = bands.by.removeprefix("attribute.")
    if name not in candidates.attributes:
        raise InputError("candidates", "the rulebook puts people into categories by it.", column=name)
    places = {category.name: index for index, category in enumerate(bands.categories)}
    for candidate, value in zip(candidates.ids.tolist(), candidates.attributes[name], strict=True):
        if value is not None and value not in places:
            raise InputError("candidates", f"{value!r} is no category.", row=candidate, column=name)
    return np.array(
        [places.get(str(value), len(places)) for value in candidates.attributes[name]], dtype=np.int64
    )
