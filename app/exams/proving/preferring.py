"""What verified claims are worth: points, percentages, steps, tiers and a place at the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

import ibis

from app.exams.proving.composing import Sources
from app.exams.proving.inputs import NotProvable
from app.exams.proving.rounding import to_whole
from app.exams.proving.worksheet import Amount, Counts, Expression, Worksheet, flag, same_scale, whole

if TYPE_CHECKING:
    from app.exams.merit.preference import Condition, Preference, Preferences


# Who is served by a rule, and what it gives them.
Held = tuple[Expression, Amount]
POINTED = {"points", "percent-of-maximum", "percent-of-mark", "steps", "rate"}


@dataclass(frozen=True)
class Preferred:
    """Columns by person: points, tier (1 stands above all), preference eligible, floated to the top."""

    points: Amount
    tier: Expression
    eligible: Expression
    floats: Expression


@dataclass(frozen=True)
class Facts:
    """What preference is measured by: the total before it, its highest value, and the announcement."""

    earned: Amount
    highest: Fraction
    announcement: Mapping[str, Any]
    numbers: Mapping[str, Amount]


def prefer(
    sheet: Worksheet, rules: Preferences, sources: Sources, facts: Facts, passing: Expression | None
) -> Preferred:
    """Give everybody what their claims are worth; before anybody has passed, `passing` is None."""
    eligible, floats = flag(False), flag(False)
    lowest = 1 + max((rule.tier for rule in rules.rules), default=0)
    tier: Expression = whole(lowest)
    groups: dict[str, list[Held]] = {}
    for rule in rules.rules:
        held = sources.holds(rule.claim) if rule.claim else flag(True)
        for claim in rule.unless_claim:
            held = held & ~sources.holds(claim)
        if rule.only_after_passing:
            held = held & (flag(False) if passing is None else passing)
        if rule.eligible:
            eligible = eligible | held
        if rule.unless and all(_is_so(condition, facts.announcement) for condition in rule.unless):
            held = flag(False)
        held = sheet.add(held)
        worth = sheet.store(_worth(sheet, rule, facts).only(held))
        if rule.kind in POINTED:
            groups.setdefault(rule.group, []).append((held, worth))
        if rule.kind in ("tier", "float"):
            tier = sheet.add(ibis.ifelse(held, ibis.least(tier, whole(rule.tier)), tier))
        if rule.kind == "float":
            floats = floats | held
    points = Amount.constant(Fraction(0))
    for claims in groups.values():
        points = points.plus(_meet(sheet, claims, rules.combine))
    if rules.most_points is not None:
        points = limited(sheet.store(points), rules.most_points)
    return Preferred(sheet.store(points), sheet.add(tier), sheet.add(eligible), sheet.add(floats))


def _is_so(condition: Condition, announcement: Mapping[str, Any]) -> bool:
    """Test a fact of the announcement."""
    if condition.fact not in announcement:
        raise NotProvable(f"The announcement does not say its {condition.fact}.")
    value = announcement[condition.fact]
    if condition.equals is not None:
        return bool(value == condition.equals)
    number = Fraction(value)
    enough = condition.at_least is None or number >= condition.at_least
    return enough and (condition.below is None or number < condition.below)


def _worth(sheet: Worksheet, rule: Preference, facts: Facts) -> Amount:
    """Give the points that a rule gives to whoever it serves."""
    if rule.kind == "points":
        return Amount.constant(rule.points)
    if rule.kind == "percent-of-maximum":
        return Amount.constant(rule.points * facts.highest / 100)
    if rule.kind == "percent-of-mark":
        return facts.earned.times(rule.points / 100)
    if rule.kind in ("steps", "rate"):
        return _by_number(sheet, rule, facts)
    return Amount.constant(Fraction(0))


def _by_number(sheet: Worksheet, rule: Preference, facts: Facts) -> Amount:
    """Look points up by a number that everybody has: in steps, or so many for each."""
    number = facts.numbers.get(rule.by)
    if number is None:
        raise NotProvable(f"The second computation finds no numbers by which {rule.title!r} gives points.")
    steps = []
    if rule.steps is not None:
        steps = list(zip(rule.steps.bounds, map(Fraction, rule.steps.values), strict=True))
    sheet.settle()
    counts = sheet.count(number.value)
    exact = {}
    for pair in counts:
        units = Fraction(pair[1], number.denominator)
        exact[pair] = _reached(steps, units) if rule.kind == "steps" else _each(rule, units)
    denominator = lcm(1, *(points.denominator for points in exact.values()))
    table: Counts = {pair: int(points * denominator) for pair, points in exact.items()}
    return Amount(sheet.look_up(number.value, table), denominator, max(map(abs, table.values()), default=0))


def _reached(steps: Sequence[tuple[Fraction, Fraction]], number: Fraction) -> Fraction:
    """Give the points of the last step that a number reaches, nought below the first."""
    return next((points for bound, points in reversed(steps) if bound <= number), Fraction(0))


def _each(rule: Preference, units: Fraction) -> Fraction:
    """Give so many points for each unit, whole ones where it is said, up to the most."""
    if rule.whole:
        units = Fraction(to_whole(units, rule.whole))
    points = units * rule.points
    return points if rule.most is None or points < rule.most else rule.most


def _meet(sheet: Worksheet, claims: list[Held], combine: str) -> Amount:
    """Let the claims of one group meet: all are added, or the highest of those held counts."""
    result, *columns = same_scale([Amount.constant(Fraction(0)), *(worth for _held, worth in claims)])
    any_before = flag(False)
    for (held, _worth), column in zip(claims, columns, strict=True):
        if combine == "sum":
            result = result.plus(column)
            continue
        best = ibis.ifelse(any_before, ibis.greatest(result.value, column.value), column.value)
        units = ibis.ifelse(held, best, result.value)
        result = sheet.store(Amount(units, result.denominator, max(result.reach, column.reach)))
        any_before = sheet.add(any_before | held)
    return sheet.store(result)


def limited(amount: Amount, most: Fraction) -> Amount:
    """Cut marks at a limit."""
    own, limit = same_scale([amount, Amount.constant(most)])
    return Amount(ibis.least(own.value, limit.value), own.denominator, max(own.reach, limit.reach))


def with_points(sheet: Worksheet, rules: Preferences, earned: Amount, points: Amount) -> Amount:
    """Add points to the earned total; they may not lift it above the highest total."""
    added = sheet.store(earned.plus(points))
    if rules.highest_total is None:
        return added
    own, whole_sum, cut = same_scale([earned, added, limited(added, rules.highest_total)])
    lifted = ibis.greatest(own.value, cut.value)
    units = ibis.ifelse(whole_sum.value < own.value, whole_sum.value, lifted)
    return sheet.store(Amount(units, own.denominator, max(own.reach, whole_sum.reach)))
