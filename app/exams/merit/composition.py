"""Stages 3 to 5, as computed: from raw marks to the value of each component and the total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from app.exams.merit.candidates import Candidates
from app.exams.merit.components import Component, highest, parts_of
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Marks, plain, total
from app.exams.merit.gates import Gate, presence, present_all
from app.exams.merit.normalisation import Sessions, normalise
from app.exams.merit.responses import Texts
from app.exams.merit.rounding import round_marks
from app.exams.merit.rulebook import Rulebook
from app.exams.merit.statistics import Frequencies


@dataclass(frozen=True)
class Composed:
    """Columns by component: `raw` of leaves, `values` after stage 3 and rounding, `shares` of their whole.

    `maxima` holds the maximum of every component, declared or from a key; `forms` the frequencies by
    session of a normalised one.
    """

    raw: dict[str, Marks]
    values: dict[str, Marks]
    shares: dict[str, Marks]
    maxima: dict[str, Fraction | None]
    forms: dict[str, dict[str, Frequencies]]
    total: Marks
    gates: list[Gate]
    maximum: Fraction


def compose(rulebook: Rulebook, candidates: Candidates, facts: Mapping[str, Any]) -> Composed:
    """Compute every component, its gates and the total."""
    work = Composed({}, {}, {}, {}, {}, total([], len(candidates)), [], rulebook.total.scale)
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
        work.shares[part.name] = work.values[part.name].times(
            _factor(
                part, method, sum((peer.factor for peer in parts), Fraction(0)), scale, work.maxima[part.name]
            )
        )
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
        declared = component.maximum
        work.maxima[name] = (
            declared if declared is not None else highest(component.method, component.best, parts)
        )
    else:
        value = _leaf(candidates, work, component)
    if component.rounding:
        value = round_marks(value, component.rounding)
    work.values[name] = value
    if component.minimum is not None:
        met = component.minimum.met(value, candidates)
        work.gates.append(Gate(component.title, component.minimum.minimum, met))
    if component.keep is not None:
        still_in = (
            np.all([gate.met for gate in work.gates], axis=0) if work.gates else present_all(candidates)
        )
        work.gates.append(component.keep.gate(component.title, value, still_in, facts))


def _leaf(candidates: Candidates, work: Composed, component: Component) -> Marks:
    name = component.name
    if name not in candidates.marks:
        raise InputError("candidates", "the rulebook needs marks of this component.", column=name)
    raw = candidates.marks[name]
    limit = component.maximum if component.maximum is not None else candidates.maxima.get(name)
    check_marks(component, raw, candidates.ids, limit)
    present = presence(candidates, name)
    if component.absent == "fails":
        work.gates.append(Gate(f"{component.title} (presence)", None, present))
    _section_gates(candidates, work, component)
    work.raw[name] = raw
    work.maxima[name] = limit if component.out_of is None else component.out_of
    value = raw
    if component.normalise:
        sessions = candidates.attributes.get(component.normalise.by)
        if sessions is None:
            text = "the rulebook normalises by it."
            raise InputError("candidates", text, column=component.normalise.by)
        done = normalise(component.normalise, raw, Sessions.of(sessions), present)
        value, work.forms[name] = done.marks, done.forms
    return component.table.convert(value) if component.table else value


def _section_gates(candidates: Candidates, work: Composed, component: Component) -> None:
    for section in component.sections:
        if section.minimum is not None:
            name = f"{component.name}.{section.name}"
            if name not in candidates.marks:
                raise InputError("candidates", "the rulebook sets a minimum for it.", column=name)
            met = section.minimum.met(candidates.marks[name], candidates)
            work.gates.append(Gate(f"{component.title}, {section.name}", section.minimum.minimum, met))


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
