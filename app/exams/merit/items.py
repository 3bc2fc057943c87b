"""Answer keys: which options of an item are right, and what became of the item after challenge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

from app.exams.merit.errors import InputError
from app.exams.merit.exact import digest, fraction, plain
from app.exams.merit.reading import Node

# normal: one right option. several: any accepted option is right. full-credit-all: everybody gets the right
# mark. full-credit-answered: everybody who did not leave it blank does. neutralised: nobody does, and the
# marks of the item are divided over those that remain.
TREATMENTS = ("normal", "several", "full-credit-all", "full-credit-answered", "neutralised")


@dataclass(frozen=True, slots=True)
class Scheme:
    """Marks for a right, a wrong and a blank answer."""

    right: Fraction = Fraction(1)
    wrong: Fraction = Fraction(0)
    blank: Fraction = Fraction(0)

    def data(self) -> list[str]:
        """Give the three marks as text."""
        return [plain(self.right), plain(self.wrong), plain(self.blank)]


# One mark for a right answer, none for a wrong or blank one.
PLAIN = Scheme()


def read_scheme(node: Node | None, default: Scheme) -> Scheme:
    """Read right, wrong and blank; what is left out is taken from the default."""
    if node is None:
        return default
    scheme = Scheme(
        node.number("right", default.right),
        node.number("wrong", default.wrong),
        node.number("blank", default.blank),
    )
    if scheme.right <= 0:
        node.fault("The mark for a right answer must be above 0.", "right")
    if scheme.wrong > scheme.right or scheme.blank > scheme.right:
        node.fault("A wrong or blank answer may not earn more than a right one.", "right")
    return scheme


@dataclass(frozen=True, slots=True)
class Item:
    """One question: the options accepted as right and its treatment.

    `scheme` replaces the component's marks for this item; `credits` gives single options a mark of their own
    (partial credit) and goes before `accepted`.
    """

    code: str
    accepted: tuple[str, ...] = ()
    treatment: str = "normal"
    section: str = ""
    scheme: Scheme | None = None
    credits: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.treatment not in TREATMENTS:
            raise InputError(
                "key", f"treatment {self.treatment!r} is none of {', '.join(TREATMENTS)}.", row=self.code
            )
        needed = {"normal": (1, 1), "several": (2, 255)}.get(self.treatment, (0, 255))
        if not self.credits and not needed[0] <= len(self.accepted) <= needed[1]:
            wanted = (
                "exactly one accepted option"
                if self.treatment == "normal"
                else "two or more accepted options"
            )
            raise InputError("key", f"a {self.treatment} item needs {wanted}.", row=self.code)
        if len(set(self.accepted)) != len(self.accepted):
            raise InputError("key", "an option is accepted twice.", row=self.code)

    @property
    def named(self) -> frozenset[str]:
        """List the options that the key names; all others give the same mark."""
        return frozenset(self.accepted) | {option for option, _ in self.credits}

    def mark(self, option: str | None, scheme: Scheme) -> Fraction:
        """Give the mark of one answer (None is a blank) before any redistribution."""
        scheme = self.scheme or scheme
        if self.treatment == "neutralised":
            return Fraction(0)
        if self.treatment == "full-credit-all" or (
            option is not None and self.treatment == "full-credit-answered"
        ):
            return scheme.right
        if option is None:
            return scheme.blank
        for credited, mark in self.credits:
            if option == credited:
                return fraction(mark)
        return scheme.right if option in self.accepted else scheme.wrong

    def data(self) -> dict[str, Any]:
        """Give the item as plain data for its digest; the order of accepted options does not count."""
        return {
            "code": self.code,
            "accepted": sorted(self.accepted),
            "treatment": self.treatment,
            "section": self.section,
            "scheme": self.scheme.data() if self.scheme else None,
            "credits": sorted([option, plain(fraction(mark))] for option, mark in self.credits),
        }


@dataclass(frozen=True, slots=True)
class Series:
    """A booklet series or language version.

    `order` maps the code printed in this booklet to the item of the key; an empty one changes nothing.
    `items` replaces items of the key for people who sat this series only.
    """

    order: Mapping[str, str] = field(default_factory=dict)
    items: tuple[Item, ...] = ()

    def data(self) -> dict[str, Any]:
        """Give the series as plain data."""
        return {"order": dict(self.order), "items": [item.data() for item in self.items]}


@dataclass(frozen=True)
class Key:
    """One version of the answer key of a component; a correction is a new version, never a change."""

    version: int
    items: tuple[Item, ...]
    series: Mapping[str, Series] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.items:
            raise InputError("key", "it has no items.")
        seen: set[str] = set()
        for item in self.items:
            if item.code in seen:
                raise InputError("key", "the item stands in it twice.", row=item.code)
            seen.add(item.code)
        for name, series in self.series.items():
            self._check_series(name, series, seen)

    def _check_series(self, name: str, series: Series, codes: set[str]) -> None:
        table = f"series {name}"
        if series.order and sorted(series.order.values()) != sorted(codes):
            raise InputError(table, "its order must name each item of the key exactly once.")
        for item in series.items:
            if item.code not in codes:
                raise InputError(table, "the key has no such item.", row=item.code)

    @cached_property
    def by_code(self) -> Mapping[str, Item]:
        """Find an item by its code."""
        return MappingProxyType({item.code: item for item in self.items})

    def items_for(self, series: str = "") -> tuple[Item, ...]:
        """List the items as they hold for people of one series ("" is the key itself)."""
        if series not in self.series:
            return self.items
        own = {item.code: item for item in self.series[series].items}
        return tuple(own.get(item.code, item) for item in self.items)

    def printed(self, series: str = "") -> dict[str, Item]:
        """Map each code printed in a booklet of the series to the item it shows."""
        items = {item.code: item for item in self.items_for(series)}
        order = self.series[series].order if series in self.series else {}
        return {printed: items[order.get(printed, printed)] for printed in (order or items)}

    @cached_property
    def digest(self) -> str:
        """Give the SHA-256 of the key; the order of items does not count."""
        items = sorted((item.data() for item in self.items), key=lambda item: item["code"])
        series = {name: series.data() for name, series in sorted(self.series.items())}
        return digest({"version": self.version, "items": items, "series": series})

    def replacing(self, item: Item) -> "Key":
        """Make the next version of the key with one item changed."""
        if item.code not in self.by_code:
            raise InputError("key", "the key has no such item.", row=item.code)
        items = tuple(item if old.code == item.code else old for old in self.items)
        return Key(self.version + 1, items, self.series)
