"""Stage 1: from answer sheets to marks, exactly, with the treatment of each item."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import LIMIT, Integers, Marks
from app.exams.merit.items import PLAIN, Item, Key, Scheme
from app.exams.merit.responses import Responses


@dataclass(frozen=True, slots=True)
class ItemRules:
    """How a component marks its items.

    `sections` gives a section its own marks; `redistribute` says over which items the marks of a neutralised
    one are divided: those of its "section" or of the whole "component".
    """

    scheme: Scheme = PLAIN
    sections: Mapping[str, Scheme] | None = None
    redistribute: str = "component"

    def scheme_of(self, item: Item) -> Scheme:
        """Give the marks of an item: its own, its section's or the component's."""
        return item.scheme or (self.sections or {}).get(item.section, self.scheme)


@dataclass(frozen=True)
class Scores:
    """Marks of one component for each candidate, in total and by section ("" for items without one).

    `scale` is what each mark was multiplied by to bring the key's own maximum to the declared one.
    """

    component: str
    candidate_ids: np.ndarray
    marks: Marks
    sections: Mapping[str, Marks]
    maximum: Fraction
    key: Key
    rules: ItemRules
    responses: Responses
    scale: Fraction = Fraction(1)

    @property
    def key_digest(self) -> str:
        """Give the digest of the key used."""
        return self.key.digest

    @property
    def responses_digest(self) -> str:
        """Give the digest of the answer sheets used."""
        return self.responses.digest

    def growth(self, series: str = "") -> dict[str, Fraction]:
        """Give the factor by which the items of each section grew through neutralisation, for one series."""
        return factors(self.key.items_for(series), self.rules)


def factors(items: tuple[Item, ...], rules: ItemRules) -> dict[str, Fraction]:
    """Give for each section by how much its remaining items are multiplied after neutralisation."""
    full: dict[str, Fraction] = defaultdict(Fraction)
    kept: dict[str, Fraction] = defaultdict(Fraction)
    scope = (lambda item: item.section) if rules.redistribute == "section" else (lambda item: "")
    for item in items:
        right = rules.scheme_of(item).right
        full[scope(item)] += right
        kept[scope(item)] += 0 if item.treatment == "neutralised" else right
    for name, right in kept.items():
        if not right:
            raise MeritError(
                f"Every item of {name or 'the key'} is neutralised; there is nothing left to mark."
            )
    return {item.section: full[scope(item)] / kept[scope(item)] for item in items}


def maximum(key: Key, rules: ItemRules) -> Fraction:
    """Give the mark of a sheet with every answer right; neutralised items leave it as it was."""
    return sum((rules.scheme_of(item).right for item in key.items), Fraction(0))


def denominator(key: Key, rules: ItemRules) -> int:
    """Give the common denominator of every mark that the key can give; refused when 62 bits do not hold
    it.
    """
    common, reach = 1, Fraction(0)
    for series in ("", *key.series):
        items = key.items_for(series)
        growth = factors(items, rules)
        tables = [_marks_of(item, rules, growth[item.section]) for item in items]
        common = lcm(common, *(mark.denominator for table in tables for mark in table))
        reach = max(reach, sum((max(abs(mark) for mark in table) for table in tables), Fraction(0)))
    if reach * common >= LIMIT:
        raise MeritError(f"Marks over the common denominator {common} need more than 62 bits.")
    return common


def _marks_of(item: Item, rules: ItemRules, factor: Fraction) -> list[Fraction]:
    """List every mark the item can give: blank, each credited option, right, any other option."""
    options = [None, *(option for option, _ in item.credits), *item.accepted, "\0"]
    return [item.mark(option, rules.scheme_of(item)) * factor for option in options]


def mark_sheets(
    component: str, rules: ItemRules, key: Key, responses: Responses, declared: Fraction | None = None
) -> Scores:
    """Mark every sheet; a `declared` maximum scales the marks to it.

    The items of key and sheets must be the same set. Neutralised items give nothing and the others grow;
    the marks of one sheet are integers over one denominator fixed by key and rules.
    """
    missing = sorted(set(key.by_code) ^ set(responses.item_codes))
    if missing:
        where = "the answer sheets" if missing[0] in key.by_code else "the key"
        raise InputError("responses", f"the item is missing from {where}.", column=missing[0])
    unknown = sorted(set(responses.series) - set(key.series) - {""})
    if unknown:
        raise InputError("responses", f"the key has no booklet series {unknown[0]!r}.")
    common = denominator(key, rules)
    names = list(dict.fromkeys(item.section for item in key.items))
    columns = {name: np.zeros(len(responses), dtype=np.int64) for name in names}
    for name, rows in _groups(responses):
        _add_group(columns, name, rows, key, rules, responses, common)
    sections = {name: Marks(column, common) for name, column in columns.items()}
    marks = Marks(np.sum(list(columns.values()), axis=0, dtype=np.int64), common)
    highest = maximum(key, rules)
    scale = declared / highest if declared is not None else Fraction(1)
    if scale != 1:
        marks, sections = marks.times(scale), {name: part.times(scale) for name, part in sections.items()}
    return Scores(
        component, responses.candidate_ids, marks, sections, highest * scale, key, rules, responses, scale
    )


def _groups(responses: Responses) -> list[tuple[str, Integers | slice]]:
    """Split the candidates by booklet series."""
    if not any(responses.series):
        return [("", slice(None))]
    series = np.array(responses.series, dtype=np.str_)
    return [(str(name), np.flatnonzero(series == name)) for name in np.unique(series)]


def _add_group(
    columns: dict[str, Integers],
    series: str,
    rows: Integers | slice,
    key: Key,
    rules: ItemRules,
    responses: Responses,
    common: int,
) -> None:
    growth = factors(key.items_for(series), rules)
    printed = key.printed(series)
    for position, code in enumerate(responses.item_codes):
        item = printed[code]
        table = mark_table(item, rules, growth[item.section], responses.options, common)
        columns[item.section][rows] += table[responses.answers[position][rows]]


def mark_table(
    item: Item, rules: ItemRules, factor: Fraction, options: tuple[str, ...], common: int
) -> Integers:
    """Give the numerator of the mark for each option code; code 0 is a blank."""
    answers = [None, *options[1:]]
    marks = [item.mark(answer, rules.scheme_of(item)) * factor * common for answer in answers]
    return np.array([int(mark) for mark in marks], dtype=np.int64)
