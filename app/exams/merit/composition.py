"""Stages 3 to 5, as computed: from raw marks to the value of each component and the total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from app.exams.merit.candidates import Candidates
from app.exams.merit.components import Component, counted, highest, parts_of
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Flags, Marks, plain, total, zeros
from app.exams.merit.gates import Gate, presence, present_all
from app.exams.merit.normalisation import Normalisation, Sessions, normalise
from app.exams.merit.responses import Texts
from app.exams.merit.rounding import round_marks
from app.exams.merit.rulebook import Rulebook
from app.exams.merit.statistics import Frequencies


@dataclass(frozen=True)
class Composed:
    """Columns by component: `raw` before stage 3, `values` after it and rounding, `shares` of their whole.

    `present` tells who sat it, or any part of a composite; `normalised` and `tabled` are the columns on the
    way; `factors` is what one mark adds to its whole.

    `maxima` holds the maximum of every component, declared or from a key; `forms` the frequencies by
    session of a normalised one.
    """

    raw: dict[str, Marks]
    present: dict[str, Flags]
    values: dict[str, Marks]
    normalised: dict[str, Marks]
    tabled: dict[str, Marks]
    shares: dict[str, Marks]
    factors: dict[str, Fraction]
    maxima: dict[str, Fraction | None]
    forms: dict[str, dict[str, Frequencies]]
    total: Marks
    gates: list[Gate]
    maximum: Fraction


def compose(rulebook: Rulebook, candidates: Candidates, facts: Mapping[str, Any]) -> Composed:
    """Compute every component, its gates and the total."""
    work = Composed({}, {}, {}, {}, {}, {}, {}, {}, {}, total([], len(candidates)), [], rulebook.total.scale)
    rules = rulebook.total
    parts = parts_of(rulebook.components, "")
    whole = _whole(rulebook, candidates, facts, work, rules.method, rules.best, parts, rules.scale)
    top = rules.scale if rules.method == "weighted" else highest(rules.method, rules.best, parts)
    return replace(work, total=whole, maximum=rules.scale if top is None else top)


def _whole(
    rulebook: Rulebook,
    candidates: Candidates,
    facts: Mapping[str, Any],
    work: Composed,
    method: str,
    best: int,
    parts: Sequence[Component],
    scale: Fraction | None,
) -> Marks:
    """Put the parts of one whole together, computing each of them first."""
    for part in parts:
        _component(rulebook, candidates, facts, work, part)
    parts = counted(parts)
    factors = sum((part.factor for part in parts), Fraction(0))
    for part in parts:
        factor = _factor(part, method, factors, scale, work.maxima[part.name])
        work.factors[part.name] = factor
        work.shares[part.name] = work.values[part.name].times(factor)
    columns = [work.shares[part.name] for part in parts]
    if method in ("weighted", "sum", "mean"):
        return total(columns, len(candidates))
    common = lcm(1, *(column.denominator for column in columns))
    table = np.sort(np.stack([column.over(common).numerators for column in columns]), axis=0)
    if method == "best":
        return Marks(table[-best:].sum(axis=0), common)
    return Marks(table[0 if method == "lowest" else -1], common)


def _factor(
    part: Component, method: str, factors: Fraction, scale: Fraction | None, maximum: Fraction | None
) -> Fraction:
    """Give what one mark of a part adds to its whole."""
    if method != "weighted" or part.weight is None or scale is None:
        return part.factor / factors if method == "mean" else part.factor
    if maximum is None:
        text = "its maximum is known neither from the rulebook nor from a key."
        raise InputError("candidates", text, column=part.name)
    return part.weight / 100 * scale / maximum


def _component(
    rulebook: Rulebook, candidates: Candidates, facts: Mapping[str, Any], work: Composed, component: Component
) -> None:
    name = component.name
    if component.kind == "composite":
        parts = parts_of(rulebook.components, name)
        value = _whole(
            rulebook, candidates, facts, work, component.method, component.best, parts, component.maximum
        )
        limit = component.maximum
        if limit is None:
            limit = highest(component.method, component.best, parts)
        present = np.any([work.present[part.name] for part in parts], axis=0)
    else:
        value, limit = _leaf(candidates, work, component)
        present = presence(candidates, component.marks_of or name)
    work.raw[name], work.present[name] = value, present
    work.maxima[name] = limit if component.out_of is None else component.out_of
    value = _shaped(candidates, work, component, value, present)
    if component.rounding:
        value = round_marks(value, component.rounding)
    work.values[name] = value
    if component.minimum is not None:
        work.gates.append(component.minimum.gate(component.title, value, candidates))
    if component.keep is not None:
        still_in = (
            np.all([gate.met for gate in work.gates], axis=0) if work.gates else present_all(candidates)
        )
        work.gates.append(component.keep.gate(component.title, value, still_in, facts, candidates))


def _leaf(candidates: Candidates, work: Composed, component: Component) -> tuple[Marks, Fraction | None]:
    """Give the raw marks and the maximum that they are out of."""
    name = component.marks_of or component.name
    if name not in candidates.marks:
        if len(candidates):
            raise InputError("candidates", "the rulebook needs marks of this component.", column=name)
        return zeros(0), component.maximum
    raw = candidates.marks[name]
    limit = component.maximum if component.maximum is not None else candidates.maxima.get(name)
    check_marks(component, raw, candidates.ids, limit)
    if component.absent == "fails":
        work.gates.append(Gate(f"{component.title} (presence)", None, presence(candidates, name)))
    _section_gates(candidates, work, component)
    return raw, limit


def _shaped(
    candidates: Candidates, work: Composed, component: Component, value: Marks, present: Flags
) -> Marks:
    """Bring marks to the common scale of all sessions, then through the table."""
    rules = component.normalise
    if rules:
        sessions = session_of(rules, candidates)
        if sessions is None:
            raise InputError("candidates", "the rulebook normalises by it.", column=rules.by)
        done = normalise(rules, value, Sessions.of(sessions), present)
        value, work.forms[component.name] = done.marks, done.forms
        work.normalised[component.name] = value
    if component.table:
        value = work.tabled[component.name] = component.table.convert(value)
    return value


def session_of(rules: Normalisation, candidates: Candidates) -> Sequence[object] | None:
    """Give everybody's session; all sat the same one where the rulebook names no attribute."""
    return candidates.attributes.get(rules.by) if rules.by else [""] * len(candidates)


def _section_gates(candidates: Candidates, work: Composed, component: Component) -> None:
    for section in component.sections:
        if section.minimum is not None:
            name = f"{component.name}.{section.name}"
            if name not in candidates.marks:
                raise InputError("candidates", "the rulebook sets a minimum for it.", column=name)
            title = f"{component.title}, {section.name}"
            work.gates.append(section.minimum.gate(title, candidates.marks[name], candidates))


def check_marks(component: Component, marks: Marks, ids: Texts, limit: Fraction | None) -> None:
    """Refuse marks above the maximum, or with more decimals than declared for a mark given from outside."""
    if limit is not None and len(marks):
        above = ~marks.times(Fraction(-1)).at_least(-limit)
        if above.any():
            row = int(above.argmax())
            text = f"{plain(marks.fraction(row))} is above the maximum of {plain(limit)}."
            raise InputError("candidates", text, row=str(ids[row]), column=component.name)
    if component.kind == "mark":
        finer = marks.times(Fraction(10**component.places))
        uneven = finer.numerators % finer.denominator != 0
        if uneven.any():
            row = int(uneven.argmax())
            text = f"{plain(marks.fraction(row))} has more than {component.places} decimals."
            raise InputError("candidates", text, row=str(ids[row]), column=component.name)
