"""Tables and periods that a rulebook states: steps from a bound to a value, and spans of time."""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from app.exams.merit.errors import MeritError
from app.exams.merit.exact import Marks, fraction, plain
from app.exams.merit.reading import Node
from app.platform.calendars import add_business_days, add_days, add_months


@dataclass(frozen=True, slots=True)
class StepTable:
    """Values that hold from a lower bound up to the next; `bounds` rise, below the first there is none."""

    name: str
    title: str
    bounds: tuple[Fraction, ...]
    values: tuple[str, ...]
    citation: str

    def value(self, at: int | str | Fraction) -> str | None:
        """Look a value up; None below the first bound."""
        place = bisect_right(self.bounds, fraction(at))
        return self.values[place - 1] if place else None

    def convert(self, marks: Marks) -> Marks:
        """Replace each mark by the value of its step; a mark below the first bound is refused."""
        if not len(marks):
            return marks
        low = Fraction(int(marks.numerators.min()), marks.denominator)
        if low < self.bounds[0]:
            raise MeritError(f"The table {self.title!r} says nothing about a mark of {plain(low)}.")
        bounds = [-((-bound.numerator * marks.denominator) // bound.denominator) for bound in self.bounds]
        places = np.searchsorted(np.array(bounds, dtype=np.int64), marks.numerators, side="right") - 1
        return Marks.of(self.values).take(places)


@dataclass(frozen=True, slots=True)
class Period:
    """A span counted from a day; the first day is not counted. `endless` never ends."""

    name: str
    title: str
    months: int
    days: int
    business_days: int
    endless: bool
    citation: str

    def ends_on(self, start: date, holidays: Collection[date] = ()) -> date | None:
        """Give the last day, None when it never ends."""
        if self.endless:
            return None
        counted = add_days(add_months(start, self.months), self.days)
        return add_business_days(counted, self.business_days, holidays)


def read_tables(root: Node) -> tuple[StepTable, ...]:
    """Read every [[table]] with its steps."""
    tables = []
    for node in root.children("table"):
        name = node.text("name")
        bounds, values = read_steps(node, "step", numbers=False)
        if not bounds:
            node.fault(f"The table {name!r} has no steps.")
        tables.append(StepTable(name, node.text("title", name), bounds, values, node.text("citation")))
        node.finish()
    return tuple(tables)


def read_steps(node: Node, key: str, *, numbers: bool) -> tuple[tuple[Fraction, ...], tuple[str, ...]]:
    """Read steps { from = "45", value = "80.0" }, whose bounds must rise."""
    bounds: list[Fraction] = []
    values: list[str] = []
    for child in node.children(key):
        bound = child.number("from")
        if bounds and bound <= bounds[-1]:
            child.fault(f"The step from {plain(bound)} must stand above {plain(bounds[-1])}.", "from")
        bounds.append(bound)
        values.append(plain(child.number("value")) if numbers else child.text("value"))
        child.finish()
    return tuple(bounds), tuple(values)


def read_periods(root: Node) -> tuple[Period, ...]:
    """Read every [[period]]."""
    periods = []
    for node in root.children("period"):
        name = node.text("name")
        period = Period(
            name,
            node.text("title", name),
            12 * node.whole("years", 0) + node.whole("months", 0),
            node.whole("days", 0),
            node.whole("business_days", 0),
            node.flag("endless", False),
            node.text("citation"),
        )
        if not (period.months or period.days or period.business_days or period.endless):
            node.fault(f"The period {name!r} has no length.")
        node.finish()
        periods.append(period)
    return tuple(periods)
