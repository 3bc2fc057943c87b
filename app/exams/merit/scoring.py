"""Stage 1: from answer sheets to marks, exactly, with the treatment of each item."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from app.exams.merit import counting
from app.exams.merit.counting import Marking
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import LIMIT, Marks
from app.exams.merit.items import PLAIN, Item, Key, Scheme
from app.exams.merit.responses import Responses, Texts


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
    candidate_ids: Texts
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
    by_section = rules.redistribute == "section"
    full: dict[str, Fraction] = defaultdict(Fraction)
    kept: dict[str, Fraction] = defaultdict(Fraction)
    for shape, count in _shapes(items):
        name = shape.section if by_section else ""
        worth = count * rules.scheme_of(shape).right
        full[name] += worth
        kept[name] += 0 if shape.treatment == "neutralised" else worth
    for name, right in kept.items():
        if not right:
            raise MeritError(
                f"Every item of {name or 'the key'} is neutralised; there is nothing left to mark."
            )
    names = {item.section for item in items}
    return {name: full[name if by_section else ""] / kept[name if by_section else ""] for name in names}


def _shapes(items: tuple[Item, ...]) -> list[tuple[Item, int]]:
    """List items that can give different marks, one for each kind, with how many there are of it."""
    found: dict[tuple[object, ...], tuple[Item, int]] = {}
    for item in items:
        kind = (item.section, item.treatment, bool(item.accepted), item.scheme, item.credits)
        found[kind] = (item, found[kind][1] + 1 if kind in found else 1)
    return list(found.values())


def maximum(key: Key, rules: ItemRules) -> Fraction:
    """Give the mark of a sheet with every answer right; neutralised items leave it as it was."""
    return sum((count * rules.scheme_of(item).right for item, count in _shapes(key.items)), Fraction(0))


def denominator(key: Key, rules: ItemRules) -> int:
    """Give the common denominator of every mark of a key; refused when 62 bits do not hold the marks."""
    common, reach = 1, Fraction(0)
    for series in ("", *key.series):
        items = key.items_for(series)
        growth = factors(items, rules)
        most = Fraction(0)
        for item, count in _shapes(items):
            marks = _marks_of(item, rules, growth[item.section])
            common = lcm(common, *(mark.denominator for mark in marks))
            most += count * max(abs(mark) for mark in marks)
        reach = max(reach, most)
    if common >= LIMIT or reach * common >= LIMIT:
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
    plans = {name: plan(key, rules, responses, name, common) for name in ("", *key.series)}
    sections = {name: Marks(column, common) for name, column in counting.run(plans, responses).items()}
    marks = _added(sections)
    highest = maximum(key, rules)
    scale = declared / highest if declared is not None else Fraction(1)
    if scale != 1:
        marks, sections = marks.times(scale), {name: part.times(scale) for name, part in sections.items()}
    return Scores(
        component, responses.candidate_ids, marks, sections, highest * scale, key, rules, responses, scale
    )


def rescore(scores: Scores, key: Key) -> Scores:
    """Mark the sheets again by another version of the key, looking only at the items that changed.

    The result is that of a full scoring. Where the items, their order in a series, the growth by
    neutralisation or the common denominator differ, everything is marked again.
    """
    old, rules, responses = scores.key, scores.rules, scores.responses
    if not _same_frame(old, key, rules):
        declared = scores.maximum if scores.scale != 1 else None
        return mark_sheets(scores.component, rules, key, responses, declared)
    common = denominator(key, rules)
    names = ("", *key.series)
    changed = {name: _changed(old.printed(name), key.printed(name)) for name in names}
    touched = {item.section for items in changed.values() for _, item in items.values()}
    plans = {name: counting.Plan(dict.fromkeys(touched, 0), {}) for name in names}
    # Marks may be scaled to a declared maximum; what changes is scaled alike, over the same denominator.
    unit = int(scores.scale * scores.marks.denominator / common)
    for name, items in changed.items():
        growth = factors(key.items_for(name), rules)
        for code, (before, after) in items.items():
            row = responses.item_codes.index(code)
            factor = growth[after.section]
            old_marks = item_marks(before, rules, factor, responses.options, common)
            new_marks = item_marks(after, rules, factor, responses.options, common)
            plans[name].add(after.section, row, _difference(old_marks, new_marks, unit))
    start = {name: part.numerators for name, part in scores.sections.items()}
    columns = counting.shift(plans, responses, start | {_WHOLE: scores.marks.numerators}, _WHOLE)
    moved = {name: Marks(column, scores.marks.denominator) for name, column in columns.items()}
    marks = moved.pop(_WHOLE)
    return replace(scores, marks=marks, sections={**scores.sections, **moved}, key=key)


# Stands for all sections together among the columns counted; no section has this name.
_WHOLE = "\0"


def _added(sections: Mapping[str, Marks]) -> Marks:
    first, *others = sections.values()
    for part in others:
        first = first.plus(part)
    return first


def _same_frame(old: Key, new: Key, rules: ItemRules) -> bool:
    """Tell whether two keys differ in nothing but what single items accept."""
    if old.series.keys() != new.series.keys() or denominator(old, rules) != denominator(new, rules):
        return False
    return maximum(old, rules) == maximum(new, rules) and all(
        {code: item.section for code, item in old.printed(name).items()}
        == {code: item.section for code, item in new.printed(name).items()}
        and factors(old.items_for(name), rules) == factors(new.items_for(name), rules)
        for name in ("", *old.series)
    )


def _changed(old: Mapping[str, Item], new: Mapping[str, Item]) -> dict[str, tuple[Item, Item]]:
    return {code: (old[code], item) for code, item in new.items() if old[code] != item}


def _difference(before: Marking, after: Marking, unit: int) -> Marking:
    """Give what changes for an answer that neither key names, and for each option code that one does."""
    (old_base, old), (new_base, new) = before, after
    codes = old.keys() | new.keys()
    moved = {code: unit * (new.get(code, new_base) - old.get(code, old_base)) for code in codes}
    return unit * (new_base - old_base), moved


def plan(key: Key, rules: ItemRules, responses: Responses, series: str, common: int) -> counting.Plan:
    """Write the marks of one series as a base for each section and additions for single answers.

    An item gives everybody the mark of an answer that the key does not name; each answer that it names
    adds the difference to that.
    """
    result = counting.Plan({item.section: 0 for item in key.items}, {})
    growth = factors(key.items_for(series), rules)
    printed = key.printed(series)
    for row, code in enumerate(responses.item_codes):
        item = printed[code]
        marks = item_marks(item, rules, growth[item.section], responses.options, common)
        result.add(item.section, row, marks)
    return result


def item_marks(
    item: Item, rules: ItemRules, factor: Fraction, options: tuple[str, ...], common: int
) -> Marking:
    """Give the numerator for an answer that the item does not name, and for each option code that differs."""
    scheme = rules.scheme_of(item)
    base = int(item.mark("\0", scheme) * factor * common)
    named = {None: 0} | {option: code for code, option in enumerate(options) if code and option in item.named}
    marks = {code: int(item.mark(answer, scheme) * factor * common) for answer, code in named.items()}
    return base, {code: mark for code, mark in marks.items() if mark != base}
