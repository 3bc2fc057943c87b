"""From the marks of components to one total, with every minimum on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import TYPE_CHECKING, Any

import ibis

from app.exams import merit
from app.exams.proving import normalising
from app.exams.proving.inputs import NotProvable
from app.exams.proving.rounding import to_whole
from app.exams.proving.worksheet import Amount, Counts, Expression, Worksheet, added, flag, same_scale, whole

if TYPE_CHECKING:
    from app.exams.merit.components import Component
    from app.exams.merit.gates import Best, Keep, Minimum
    from app.exams.merit.tables import StepTable


@dataclass
class Sources:
    """What the components begin with, as columns of the worksheet.

    `marks` holds components and "component.section"; `absent` components; `sessions` attributes as numbers
    with their names; `maxima` what follows from a key.
    """

    marks: Mapping[str, Amount]
    absent: Mapping[str, Expression]
    claims: Mapping[str, Expression]
    sessions: Mapping[str, tuple[Expression, Mapping[int, str]]]
    maxima: Mapping[str, Fraction]

    def holds(self, claim: str) -> Expression:
        """Tell who holds a claim."""
        return self.claims.get(claim, flag(False))


@dataclass
class Composed:
    """The values of components, the total, its highest value, and the minima met so far."""

    sheet: Worksheet
    sources: Sources
    rulebook: merit.Rulebook
    facts: Mapping[str, Any]
    values: dict[str, Amount] = field(default_factory=dict)
    maxima: dict[str, Fraction | None] = field(default_factory=dict)
    gates: list[Expression] = field(default_factory=list)
    present: dict[str, Expression] = field(default_factory=dict)

    def passing(self) -> Expression:
        """Tell who met every minimum so far."""
        return reduce(lambda one, other: one & other, self.gates, flag(True))

    def total(self) -> Amount:
        """Compute every component and put them together."""
        rules = self.rulebook.total
        return self.sheet.store(self._whole("", rules.method, rules.best, rules.scale))

    @property
    def highest(self) -> Fraction:
        """Give the highest total before preference."""
        rules = self.rulebook.total
        top = rules.scale if rules.method == "weighted" else self._top("", rules.method, rules.best)
        return rules.scale if top is None else top

    def _parts(self, name: str) -> list[Component]:
        return [part for part in self.rulebook.components if part.of == name]

    def _whole(self, name: str, method: str, best: int, scale: Fraction | None) -> Amount:
        for part in self._parts(name):
            self._component(part)
        parts = [part for part in self._parts(name) if not part.qualifying]
        factors = sum((part.factor for part in parts), Fraction(0))
        shares = []
        for part in parts:
            if method == "weighted":
                maximum = self.maxima[part.name]
                if maximum is None or part.weight is None or scale is None:
                    raise NotProvable(f"The maximum of {part.title!r} is not known.")
                factor = part.weight * scale / (100 * maximum)
            else:
                factor = part.factor / factors if method == "mean" else part.factor
            shares.append(self.sheet.store(self.values[part.name].times(factor)))
        return _together(shares, method, best)

    def _component(self, part: Component) -> None:
        if part.kind == "composite":
            value = self._whole(part.name, part.method, part.best, part.maximum)
            top = self._top(part.name, part.method, part.best) if part.maximum is None else part.maximum
            sat = [self.present[inner.name] for inner in self._parts(part.name)]
            self.present[part.name] = self.sheet.add(reduce(lambda one, other: one | other, sat))
        else:
            value, top = self._leaf(part), self._leaf_top(part)
        value = self._shaped(part, value)
        top = part.out_of if part.out_of is not None else top
        if part.rounding:
            value = self.sheet.rounded(value, part.rounding.places, part.rounding.mode)
        self.values[part.name], self.maxima[part.name] = self.sheet.store(value), top
        if part.minimum is not None:
            self.gates.append(self.meets(part.minimum, value))
        if part.keep is not None:
            self._keep(part.keep, value)

    def _leaf_top(self, part: Component) -> Fraction | None:
        name = part.marks_of or part.name
        return part.maximum if part.maximum is not None else self.sources.maxima.get(name)

    def _leaf(self, part: Component) -> Amount:
        name = part.marks_of or part.name
        present = self.present[part.name] = ~self.sources.absent.get(name, flag(False))
        if part.absent == "fails":
            self.gates.append(present)
        for section in part.sections:
            if section.minimum is not None:
                own = self.sources.marks[f"{part.name}.{section.name}"]
                self.gates.append(self.meets(section.minimum, own))
        return self.sources.marks[name]

    def _shaped(self, part: Component, value: Amount) -> Amount:
        """Bring marks to one scale over all sessions, then through the table."""
        if part.normalise:
            rules, denominator, present = part.normalise, value.denominator, self.present[part.name]
            session, names = self.sources.sessions[rules.by] if rules.by else (whole(0), {0: ""})
            value = self.sheet.store(value)
            value = self.sheet.convert(
                value,
                10**rules.rounding.places,
                lambda counts: normalising.table(rules, names, counts, denominator),
                by=session,
                where=present,
            )
        return self._by_table(part, part.table, value) if part.table else value

    def _by_table(self, part: Component, table: StepTable, value: Amount) -> Amount:
        """Replace each mark by the value of the last step that it reaches."""
        steps = list(zip(table.bounds, map(Fraction, table.values), strict=True))
        denominator = lcm(1, *(new.denominator for _bound, new in steps))

        def rule(counts: Counts) -> Counts:
            result = {}
            for session, unit in counts:
                reached = [new for bound, new in steps if bound <= Fraction(unit, value.denominator)]
                if not reached:
                    raise NotProvable(f"The table of {part.title!r} says nothing about a mark so low.")
                result[session, unit] = int(reached[-1] * denominator)
            return result

        return self.sheet.convert(value, denominator, rule)

    def meets(self, rule: Minimum, value: Amount) -> Expression:
        """Tell who has the minimum, or the lower one for holders of a claim."""
        met = value.at_least(rule.minimum)
        for lower in rule.lowered:
            met = met | (self.sources.holds(lower.claim) & value.at_least(lower.minimum))
        return self.sheet.add(met)

    def _keep(self, rule: Keep, value: Amount) -> None:
        """Keep the best of those still in, and of each group, and whoever is equal to the last of them."""
        still_in = self.sheet.add(self.passing())
        kept = self._best(rule.best, value, still_in)
        for group in rule.groups:
            kept = kept | self._best(group, value, still_in & self.sources.holds(group.claim))
        self.gates.append(self.sheet.add(kept))

    def _best(self, rule: Best, value: Amount, among: Expression) -> Expression:
        among = self.sheet.add(among)
        self.sheet.settle()
        counts = self.sheet.count(value.value, where=among)
        people = sum(counts.values())
        vacancies = self.facts.get(rule.fact, 0)
        number = to_whole(
            rule.per_vacancy * vacancies + rule.plus + rule.percent * people / 100, rule.rounding
        )
        if number >= people:
            return among
        seen = 0
        for _, unit in sorted(counts, reverse=True):
            seen += counts[0, unit]
            if seen >= number > 0:
                return among & (value.value >= whole(unit))
        return flag(False)

    def _top(self, name: str, method: str, best: int) -> Fraction | None:
        """Give the highest value of an unweighted whole, None where that of a part is not known."""
        tops = []
        counting = [part for part in self._parts(name) if not part.qualifying]
        for part in counting:
            top = part.out_of if part.out_of is not None else part.maximum
            if top is None:
                return None
            tops.append(top * part.factor)
        factors = sum((part.factor for part in counting), Fraction(0))
        if method == "mean":
            return sum(tops, Fraction(0)) / factors
        return {
            "sum": sum(tops, Fraction(0)),
            "best": sum(sorted(tops, reverse=True)[:best], Fraction(0)),
            "lowest": min(tops),
            "highest": max(tops),
        }.get(method)


def _together(shares: Sequence[Amount], method: str, best: int) -> Amount:
    columns = same_scale(shares)
    denominator = columns[0].denominator
    reach = sum(column.reach for column in columns)
    values = [column.value for column in columns]
    if method in ("weighted", "sum", "mean"):
        return Amount(added(values), denominator, reach)
    if method in ("lowest", "highest"):
        choose = ibis.least if method == "lowest" else ibis.greatest
        return Amount(choose(*values) if len(values) > 1 else values[0], denominator, reach)
    counted = []
    for place, value in enumerate(values):
        better = [
            ibis.ifelse(other >= value if before < place else other > value, whole(1), whole(0))
            for before, other in enumerate(values)
            if before != place
        ]
        counted.append(ibis.ifelse(added(better) < whole(best), value, whole(0)))
    return Amount(added(counted), denominator, reach)
