"""Stage 6: preference from verified claims: points, percentages, tiers, and floating to the top."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from app.exams.merit.candidates import Attribute, Candidates
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Flags, Integers, Marks, fraction, plain, total, zeros
from app.exams.merit.reading import Node
from app.exams.merit.rounding import MODES, round_whole
from app.exams.merit.tables import StepTable, read_steps

COUNTED = ("points", "percent-of-maximum", "percent-of-mark")
BY_NUMBER = ("steps", "rate")
SCORED = (*COUNTED, *BY_NUMBER)
KINDS = (*SCORED, "tier", "float", "standing")


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
    """What holders of one claim receive; without a claim, everybody; holders of an `unless_claim` do not.

    Points of one `group` meet as [preferences] says, points of several groups are added. "steps" takes
    the points from a table by the attribute `by`, such as years of service; "rate" gives `points` for each
    of it, whole ones by `whole` where it is declared, and at most `most`. `eligible` makes them
    preference eligibles for the order inside a score and for selection. `points` counts in points or
    percent; `tier` 1 stands above all. The preference falls away when every condition of `unless` holds.
    """

    claim: str
    title: str
    kind: str
    group: str
    by: str
    steps: StepTable | None
    points: Fraction
    most: Fraction | None
    whole: str
    tier: int
    eligible: bool
    only_after_passing: bool
    unless: tuple[Condition, ...]
    unless_claim: tuple[str, ...]
    citation: str

    def worth_of(self, number: Fraction) -> Fraction:
        """Give the points for a number such as years of service."""
        if self.steps is not None:
            return Fraction(self.steps.value(number) or 0)
        given = self.points * (round_whole(number, self.whole) if self.whole else number)
        return given if self.most is None else min(given, self.most)

    def held(self, candidates: Candidates) -> Flags:
        """Tell who has a right to it by their claims."""
        flags = candidates.claim(self.claim) if self.claim else np.ones(len(candidates), dtype=bool)
        for claim in self.unless_claim:
            flags = flags & ~candidates.claim(claim)
        return flags


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
    """Per candidate: points, tier (low is better), preference eligible or not, floated or not.

    `worths` and `counted` stand rule by rule: what it gives, and to whom it counts beside the others.
    """

    points: Marks
    tier: Integers
    eligible: Flags
    floated: Flags
    worths: tuple[Marks, ...]
    counted: tuple[Flags, ...]


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
    steps = None
    if kind == "steps":
        bounds, values = read_steps(node, "step", numbers=True)
        steps = StepTable("steps", node.data.get("title", "steps"), bounds, values, "")
        if not bounds:
            node.fault("A preference by steps needs its steps.")
    # Everybody has an attribute; every other kind of preference belongs to holders of a claim.
    by_number = kind in BY_NUMBER
    claim = node.text("claim", " ").strip() if by_number else node.text("claim")
    by = node.text("by") if by_number else ""
    tier = node.whole("tier", least=1) if kind == "tier" else node.whole("tier", 1 if kind == "float" else 0)
    rule = Preference(
        claim=claim,
        title=node.text("title", claim or f"points by {by}"),
        kind=kind,
        group=node.text("group", " ").strip(),
        by=by,
        steps=steps,
        points=node.number("points") if kind in (*COUNTED, "rate") else Fraction(0),
        most=node.optional_number("most") if kind == "rate" else None,
        whole=node.text("whole", " ", (" ", *MODES)).strip() if kind == "rate" else "",
        tier=tier,
        eligible=node.flag("eligible", not by_number),
        only_after_passing=node.flag("only_after_passing", True),
        unless=tuple(_read_condition(child) for child in node.children("unless")),
        unless_claim=node.texts("unless_claim", ()),
        citation=node.text("citation"),
    )
    if rule.points < 0 and not by_number:
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
    eligible, floated = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    tier = np.full(count, preferences.other_tier, dtype=np.int64)
    worths: list[Marks] = []
    held_by: list[Flags] = []
    for rule in preferences.rules:
        held = rule.held(candidates)
        if rule.only_after_passing:
            held = held & passing
        eligible |= held & rule.eligible
        if rule.unless and all(condition.holds(facts) for condition in rule.unless):
            held = np.zeros(count, dtype=bool)
        worths.append(_worth(rule, held, earned, scale, candidates))
        held_by.append(held)
        if rule.kind in ("tier", "float"):
            tier = np.where(held, np.minimum(tier, rule.tier), tier)
            floated |= held & (rule.kind == "float")
    points, counted = _combined(preferences, worths, held_by, count)
    if preferences.most_points is not None:
        points = _capped(points, preferences.most_points)
    return Preferred(points, tier, eligible, floated, tuple(worths), counted)


def _combined(
    preferences: Preferences, worths: list[Marks], held_by: list[Flags], count: int
) -> tuple[Marks, tuple[Flags, ...]]:
    """Let the claims of each group meet, then add the groups."""
    points, counted = zeros(count), list(held_by)
    for group in dict.fromkeys(rule.group for rule in preferences.rules):
        members = [place for place, rule in enumerate(preferences.rules) if rule.group == group]
        if preferences.combine == "sum":
            points = points.plus(total([worths[place] for place in members], count))
            continue
        best, winner = zeros(count), np.full(count, -1, dtype=np.int64)
        for place in members:
            if preferences.rules[place].kind in SCORED:
                best, better = _higher(best, worths[place], held_by[place], winner < 0)
                winner[better] = place
        for place in members:
            # A tier or a place before others is no matter of points and counts beside them.
            if preferences.rules[place].kind in SCORED:
                counted[place] = winner == place
        points = points.plus(best)
    return points, tuple(counted)


def _worth(rule: Preference, held: Flags, earned: Marks, scale: Fraction, candidates: Candidates) -> Marks:
    """Give the points of one rule for everybody, nought for those who do not hold it."""
    if rule.kind == "percent-of-mark":
        share = earned.times(rule.points / 100)
    elif rule.kind in BY_NUMBER:
        if rule.by not in candidates.attributes:
            raise InputError("candidates", "the rulebook gives points by it.", column=rule.by)
        share = Marks.of(rule.worth_of(as_number(value)) for value in candidates.attributes[rule.by])
    else:
        value = rule.points * scale / 100 if rule.kind == "percent-of-maximum" else rule.points
        share = Marks(np.full(len(held), value.numerator, dtype=np.int64), value.denominator)
    return Marks(np.where(held, share.numerators, 0), share.denominator)


def as_number(value: Attribute) -> Fraction:
    """Read an attribute that must be a number; somebody without it has nought."""
    if value is None:
        return Fraction(0)
    if isinstance(value, date):
        raise InputError("candidates", "a date is no number of points.")
    return fraction(value)


def _higher(left: Marks, right: Marks, held: Flags, first: Flags) -> tuple[Marks, Flags]:
    """Take the right mark where it is held and nothing stood there yet or it is higher; tell where."""
    together = left.plus(right).denominator
    left, right = left.over(together), right.over(together)
    better = held & (first | (right.numerators > left.numerators))
    return Marks(np.where(better, right.numerators, left.numerators), together), better


def _capped(marks: Marks, most: Fraction) -> Marks:
    wide = marks.over(marks.denominator * most.denominator)
    return Marks(np.minimum(wide.numerators, int(most * wide.denominator)), wide.denominator)


def add_points(preferences: Preferences, earned: Marks, points: Marks) -> Marks:
    """Add the points to the earned total, up to the declared highest total."""
    added = earned.plus(points)
    if preferences.highest_total is None:
        return added
    common = added.denominator * preferences.highest_total.denominator
    limit = int(preferences.highest_total * common)
    own, summed = earned.over(common).numerators, added.over(common).numerators
    # Whoever earned more than the limit keeps it; what a rule takes away is taken away.
    limited = np.where(summed < own, summed, np.maximum(own, np.minimum(summed, limit)))
    return Marks(limited, common)


def words(rule: Preference) -> str:
    """Say in words what a preference gives."""
    what = {
        "points": f"{plain(rule.points)} points",
        "percent-of-maximum": f"{plain(rule.points)} % of the maximum",
        "percent-of-mark": f"{plain(rule.points)} % of the mark",
        "steps": f"points by {rule.by}",
        "rate": f"{plain(rule.points)} points for each of {rule.by}",
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
