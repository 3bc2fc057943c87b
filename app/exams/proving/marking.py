"""Marking answer sheets: a small table of what each answer of each item earns, then sums of whole numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import ibis
from ibis import _

from app.exams import merit
from app.exams.proving.inputs import NotProvable, Sheets
from app.exams.proving.worksheet import Amount, Expression, Worksheet, added, whole

if TYPE_CHECKING:
    from app.exams.merit.components import Component

# An answer that no key names, whatever it is.
OTHER = object()


@dataclass(frozen=True)
class Marked:
    """The marks of one component, whole and by section, and the mark of a sheet with everything right."""

    total: Amount
    sections: Mapping[str, Amount]
    maximum: Fraction


@dataclass(frozen=True)
class Printed:
    """An item as printed in one booklet series: its section and what each answer earns, None for a blank."""

    section: str
    earns: Mapping[object, Fraction]

    def of(self, answer: object) -> Fraction:
        """Give what an answer earns."""
        return self.earns.get(answer, self.earns[OTHER])


def mark(
    sheet: Worksheet,
    component: str,
    rulebook: merit.Rulebook,
    key: merit.Key,
    answers: Sheets,
    columns: Mapping[str, str],
    series: str,
    absent: Expression,
) -> Marked:
    """Mark one component; `columns` names each item's column of the worksheet, `series` the series'."""
    part = rulebook.component(component)
    plans = {name: _printed(part, key, name) for name in ("", *key.series)}
    if set(plans[""]) != set(columns):
        raise NotProvable(f"Key and answer sheets of {part.title!r} have different items.")
    common = lcm(
        1,
        *(
            mark.denominator
            for plan in plans.values()
            for item in plan.values()
            for mark in item.earns.values()
        ),
    )
    sections = list(dict.fromkeys(item.section for item in plans[""].values()))
    if any(item.section not in sections for plan in plans.values() for item in plan.values()):
        raise NotProvable("A booklet series has a section that the key does not have.")
    reach = {name: max(_reach(plan, name, common) for plan in plans.values()) for name in sections}
    sums = _sums(sheet, plans, answers, columns, series, sections, common)
    maximum = sum((_scheme(part, item)[0] for item in key.items), Fraction(0))
    scale = Fraction(1) if part.maximum is None else part.maximum / maximum
    own = {name: Amount(sums[name], common, reach[name]).only(~absent).times(scale) for name in sections}
    stored = {name: sheet.store(amount) for name, amount in own.items()}
    total = Amount(
        added(amount.value for amount in stored.values()),
        next(iter(stored.values())).denominator,
        sum(amount.reach for amount in stored.values()),
    )
    whole_mark = sheet.store(total)
    sheet.settle()
    return Marked(whole_mark, stored, maximum * scale)


def _printed(part: Component, key: merit.Key, series: str) -> dict[str, Printed]:
    """Map each code printed in a booklet to its item there."""
    items = {item.code: item for item in key.items}
    order = {code: code for code in items}
    if series:
        items |= {item.code: item for item in key.series[series].items}
        order = dict(key.series[series].order) or order
    growth = _growth(part, list(items.values()))
    return {
        printed: Printed(items[code].section, _earns(part, items[code], growth))
        for printed, code in order.items()
    }


def _scheme(part: Component, item: merit.Item) -> tuple[Fraction, Fraction, Fraction]:
    """Give the marks for right, wrong and blank: the item's own, its section's, or the component's."""
    rules = part.rules
    found = item.scheme or (rules.sections or {}).get(item.section) or rules.scheme
    return found.right, found.wrong, found.blank


def _growth(part: Component, items: Sequence[merit.Item]) -> dict[str, Fraction]:
    """Give by how much the items of each section grow because others were cancelled."""
    per_section = part.rules.redistribute == "section"
    before: dict[str, Fraction] = defaultdict(Fraction)
    after: dict[str, Fraction] = defaultdict(Fraction)
    for item in items:
        pot = item.section if per_section else ""
        before[pot] += _scheme(part, item)[0]
        if item.treatment != "neutralised":
            after[pot] += _scheme(part, item)[0]
    pots = {item.section: item.section if per_section else "" for item in items}
    if any(not after[pot] for pot in pots.values()):
        raise NotProvable("Every item is cancelled; nothing is left to mark.")
    return {section: before[pot] / after[pot] for section, pot in pots.items()}


def _earns(part: Component, item: merit.Item, growth: Mapping[str, Fraction]) -> dict[object, Fraction]:
    """Write down what each answer of one item earns; None is a blank, OTHER any answer without a line."""
    right, wrong, blank = _scheme(part, item)
    if item.treatment == "neutralised":
        table = {None: Fraction(0), OTHER: Fraction(0)}
    elif item.treatment == "full-credit-all":
        table = {None: right, OTHER: right}
    elif item.treatment == "full-credit-answered":
        table = {None: blank, OTHER: right}
    elif item.treatment in ("normal", "several"):
        table = {None: blank, OTHER: wrong} | dict.fromkeys(item.accepted, right)
        for option, credit in reversed(item.credits):
            table[option] = Fraction(credit)
    else:
        raise NotProvable(f"The second computation does not know the treatment {item.treatment!r}.")
    return {answer: earned * growth[item.section] for answer, earned in table.items()}


def _reach(plan: Mapping[str, Printed], section: str, common: int) -> int:
    """Give the most units from nought that the items of a section can bring."""
    own = [item for item in plan.values() if item.section == section]
    return int(sum(max(abs(mark) for mark in item.earns.values()) for item in own) * common)


def _sums(
    sheet: Worksheet,
    plans: Mapping[str, Mapping[str, Printed]],
    answers: Sheets,
    columns: Mapping[str, str],
    series: str,
    sections: Sequence[str],
    common: int,
) -> dict[str, Expression]:
    """Add the marks of each section, each person's by the plan of their own series."""
    sat = sorted(set(answers.series)) or [""]
    unknown = [name for name in sat if name not in plans]
    if unknown:
        raise NotProvable(f"The key has no booklet series {unknown[0]!r}.")

    def section_sum(name: str, section: str) -> Expression:
        return added(_items(plans[name], section, answers.options, columns, common))

    if sat == [""]:
        return {section: section_sum("", section) for section in sections}
    names = {section: f"{series}_{place}" for place, section in enumerate(sections)}
    parts = [
        sheet.table.filter(_[series] == whole(place)).mutate(
            **{names[section]: section_sum(name, section) for section in sections}
        )
        for place, name in enumerate(sat)
    ]
    sheet.replace(parts[0] if len(parts) == 1 else ibis.union(*parts))
    return {section: _[name] for section, name in names.items()}


def _items(
    plan: Mapping[str, Printed],
    section: str,
    options: Sequence[str],
    columns: Mapping[str, str],
    common: int,
) -> Iterator[Expression]:
    """Write for each item of a section which option earns how many units."""
    for code, item in plan.items():
        if item.section != section:
            continue
        other = int(item.of(OTHER) * common)
        units = {
            place: int(item.of(option if place else None) * common) for place, option in enumerate(options)
        }
        cases = [(place, whole(unit)) for place, unit in units.items() if unit != other]
        yield _[columns[code]].cases(*cases, else_=whole(other)) if cases else whole(other)
