"""Stage 6: preference from verified claims: points, percentages, tiers, and floating to the top."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from app.exams.merit.candidates import Candidates
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Flags, Integers, Marks, fraction, plain, zeros
from app.exams.merit.reading import Node
from app.exams.merit.rounding import MODES, round_whole

KINDS = ("points", "percent-of-maximum", "percent-of-mark", "tier", "float", "standing")


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on a fact of the announcement, such as the grade of the post."""

    fact: str
    equals: str | bool | int | None
    at_least: Fraction | None
    below: Fraction | None

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether the fact meets the test; a missing fact is refused, never guessed."""
        if self.fact not in facts:
            raise InputError(
                "facts", "the rulebook asks for this fact of the announcement.", column=self.fact
            )
        value = facts[self.fact]
        if self.equals is not None:
            return bool(value == self.equals)
        number = fraction(value)
        return (self.at_least is None or number >= self.at_least) and (
            self.below is None or number < self.below
        )


@dataclass(frozen=True, slots=True)
class Preference:
    """What holders of one claim receive.

    `eligible` makes them preference eligibles for the order inside a score and for selection. `points`
    counts in points or percent; `tier` 1 stands above all. The preference falls away when every condition
    of `unless` holds.
    """

    claim: str
    title: str
    kind: str
    points: Fraction
    tier: int
    eligible: bool
    only_after_passing: bool
    unless: tuple[Condition, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class Cap:
    """Most people, in percent of the vacancies, who may owe their place to preference points."""

    percent: Fraction
    rounding: str
    citation: str


@dataclass(frozen=True, slots=True)
class Preferences:
    """All preferences of a rulebook and how several claims of one person meet."""

    rules: tuple[Preference, ...]
    combine: str
    most_points: Fraction | None
    highest_total: Fraction | None
    cap: Cap | None

    @property
    def other_tier(self) -> int:
        """Give the tier of people without a tier of their own, below all declared ones."""
        return max([0, *(rule.tier for rule in self.rules)]) + 1


@dataclass(frozen=True)
class Preferred:
    """Per candidate: points, tier (low is better), whether preference eligible, floated, and the rule
    that counted.
    """

    points: Marks
    tier: Integers
    eligible: Flags
    floated: Flags
    rule: Integers


def read_preferences(root: Node) -> Preferences:
    """Read every [[preference]] and the table [preferences]."""
    rules = tuple(_read_preference(node) for node in root.children("preference"))
    node = root.child("preferences")
    if node is None:
        return Preferences(rules, "highest", None, None, None)
    cap = node.child("cap")
    preferences = Preferences(
        rules,
        node.text("combine", "highest", ("highest", "sum")),
        node.optional_number("most_points"),
        node.optional_number("highest_total"),
        None if cap is None else _read_cap(cap),
    )
    node.finish()
    return preferences


def _read_cap(node: Node) -> Cap:
    cap = Cap(node.number("percent"), node.text("rounding", "floor", MODES), node.text("citation"))
    node.finish()
    return cap


def _read_preference(node: Node) -> Preference:
    kind = node.text("kind", choices=KINDS)
    counted = kind in ("points", "percent-of-maximum", "percent-of-mark")
    rule = Preference(
        claim=node.text("claim"),
        title=node.text("title", node.data.get("claim", "")),
        kind=kind,
        points=node.number("points") if counted else Fraction(0),
        tier=node.whole("tier", least=1)
        if kind == "tier"
        else node.whole("tier", 1 if kind == "float" else 0),
        eligible=node.flag("eligible", True),
        only_after_passing=node.flag("only_after_passing", True),
        unless=tuple(_read_condition(child) for child in node.children("unless")),
        citation=node.text("citation"),
    )
    if rule.points < 0:
        node.fault("Preference points may not be below 0.", "points")
    node.finish()
    return rule


def _read_condition(node: Node) -> Condition:
    equals = node.raw("equals")
    condition = Condition(
        node.text("fact"), equals, node.optional_number("at_least"), node.optional_number("below")
    )
    if equals is None and condition.at_least is None and condition.below is None:
        node.fault("A condition needs equals, at_least or below.")
    node.finish()
    return condition


def apply_preferences(
    preferences: Preferences,
    candidates: Candidates,
    earned: Marks,
    passing: Flags,
    scale: Fraction,
    facts: Mapping[str, Any],
) -> Preferred:
    """Give everybody what their claims are worth; of two equal claims the first declared counts.

    `passing` are those whom rules "only after passing" may serve.
    """
    count = len(candidates)
    points, eligible, floated = zeros(count), np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    tier = np.full(count, preferences.other_tier, dtype=np.int64)
    chosen = np.full(count, -1, dtype=np.int64)
    for position, rule in enumerate(preferences.rules):
        held = candidates.claim(rule.claim)
        if rule.only_after_passing:
            held = held & passing
        eligible |= held & rule.eligible
        if rule.unless and all(condition.holds(facts) for condition in rule.unless):
            continue
        worth = _worth(rule, held, earned, scale)
        if preferences.combine == "sum":
            points = points.plus(worth)
            better = held
        else:
            points, better = _higher(points, worth)
            better = better | (held & (chosen < 0))
        chosen[better] = position
        if rule.kind in ("tier", "float"):
            tier = np.where(held, np.minimum(tier, rule.tier), tier)
            floated |= held & (rule.kind == "float")
    if preferences.most_points is not None:
        points = _capped(points, preferences.most_points)
    return Preferred(points, tier, eligible, floated, chosen)


def _worth(rule: Preference, held: Flags, earned: Marks, scale: Fraction) -> Marks:
    if rule.kind == "percent-of-mark":
        share = earned.times(rule.points / 100)
        return Marks(np.where(held, share.numerators, 0), share.denominator)
    value = rule.points * scale / 100 if rule.kind == "percent-of-maximum" else rule.points
    return Marks(held.astype(np.int64) * value.numerator, value.denominator)


def _higher(left: Marks, right: Marks) -> tuple[Marks, Flags]:
    together = left.plus(right).denominator
    left, right = left.over(together), right.over(together)
    return Marks(np.maximum(left.numerators, right.numerators), together), right.numerators > left.numerators


def _capped(marks: Marks, most: Fraction) -> Marks:
    wide = marks.over(marks.denominator * most.denominator)
    return Marks(np.minimum(wide.numerators, int(most * wide.denominator)), wide.denominator)


def add_points(preferences: Preferences, earned: Marks, points: Marks) -> Marks:
    """Add the points to the earned total, up to the declared highest total."""
    added = earned.plus(points)
    if preferences.highest_total is None:
        return added
    highest, _ = _higher(earned, _capped(added, preferences.highest_total))
    return highest


def words(rule: Preference) -> str:
    """Say in words what a preference gives."""
    what = {
        "points": f"{plain(rule.points)} points",
        "percent-of-maximum": f"{plain(rule.points)} % of the maximum",
        "percent-of-mark": f"{plain(rule.points)} % of the mark",
        "tier": f"a place in tier {rule.tier}",
        "float": "a place at the top",
        "standing": "a place before others with the same mark",
    }
    return what[rule.kind]


def over_cap(cap: Cap, earned: Marks, final: Marks, passing: Flags, vacancies: int) -> Flags:
    """Tell whose points fall away because too many people would owe their place to them.

    A place is owed to points when the best `vacancies` by the final mark hold somebody whom those by the
    earned mark do not. The beneficiaries with the lowest final marks lose their points first; those tied
    at the cap lose them together.
    """
    allowed = round_whole(cap.percent * vacancies / 100, cap.rounding)
    denied = np.zeros(len(final), dtype=bool)
    plain_place = _inside(earned, passing, vacancies)
    common = earned.plus(final).denominator
    before, after = earned.over(common).numerators, final.over(common).numerators
    while True:
        marks = Marks(np.where(denied, before, after), common)
        owing = _inside(marks, passing, vacancies) & ~plain_place & ~denied
        if int(owing.sum()) <= allowed:
            return denied
        last = np.sort(after[owing])[::-1][allowed]
        denied |= owing & (after <= last)


def _inside(marks: Marks, passing: Flags, places: int) -> Flags:
    """Tell who stands among the best, everybody tied with the last included."""
    own = np.sort(marks.numerators[passing])[::-1]
    if not len(own):
        return passing
    inside: Flags = passing & (marks.numerators >= own[min(places, len(own)) - 1])
    return inside
