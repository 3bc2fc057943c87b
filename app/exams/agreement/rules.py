"""How far raters agree, and who is stricter than the others; a number here leads somebody to look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from app.exams import merit
from app.exams.assignments.states import Turn
from app.exams.merit.psychometrics import kappa
from app.exams.merit.psychometrics.intraclass import intraclass

# Below these a figure says little; a convention, told on the page.
FEW_SCRIPTS = 10
FEW_PAIRS = 20
# Categories beyond this many are compared by the intraclass correlation alone.
MOST_CATEGORIES = 41
# Landis and Koch, Biometrics 33 (1977), read 2026-11-22: names for stretches of kappa; a custom, no law.
STRENGTHS = (
    (Fraction(81, 100), "nearly complete"),
    (Fraction(61, 100), "substantial"),
    (Fraction(41, 100), "moderate"),
    (Fraction(21, 100), "fair"),
    (Fraction(0), "slight"),
)
# From this share of the highest total on, a rater stands out.
STANDS_OUT = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Given:
    """One mark of one submitted rating, in units of the panel's 1/denominator."""

    script: str
    rater: str
    turn: Turn
    criterion: str
    units: int


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion as it is compared: its id, title and highest mark in units."""

    id: str
    title: str
    maximum: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kappa of one criterion over all pairs of first raters; None where chance leaves nothing to compare."""

    title: str
    pairs: int
    same: Fraction
    plain: Fraction | None
    linear: Fraction | None
    quadratic: Fraction | None

    @property
    def is_small(self) -> bool:
        return self.pairs < FEW_PAIRS


@dataclass(frozen=True, slots=True)
class Severity:
    """One rater against the others on the same scripts.

    `difference` is in points of the whole scale, above 0 where the rater gives more; `correlation` is the
    intraclass correlation (1,1) of the rater's totals and the others', None where it cannot be computed.
    """

    rater: str
    scripts: int
    difference: Fraction
    mean: Fraction
    correlation: float | None
    stands_out: bool

    @property
    def is_small(self) -> bool:
        return self.scripts < FEW_SCRIPTS

    @property
    def sentence(self) -> str:
        """Say in words what the difference means."""
        if not self.difference:
            return "As strict as the others."
        word = "more" if self.difference > 0 else "less"
        amount = f"{float(abs(self.difference)):.1f}"
        return f"Gives {amount} points {word} than others who rated the same scripts."


@dataclass(frozen=True, slots=True)
class Overall:
    """The intraclass correlation of totals: of one rating and of the mean of all, with its interval."""

    scripts: int
    raters: int
    single: float | None
    low: float | None
    high: float | None
    mean: float | None

    @property
    def is_small(self) -> bool:
        return self.scripts < FEW_SCRIPTS


def totals(given: Sequence[Given]) -> dict[str, dict[str, int]]:
    """Add the marks of each first rating up, by script and rater."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in given:
        if one.turn is Turn.FIRST:
            found[one.script][one.rater] += one.units
    return {script: dict(own) for script, own in found.items()}


def overall(by_script: dict[str, dict[str, int]], raters: int) -> Overall | None:
    """Compare all totals; only scripts with every first rating count, None when they cannot be compared.

    Other raters rate each script, so the one-way model is the right one (Shrout and Fleiss's case 1).
    """
    rows = [list(own.values()) for own in by_script.values() if len(own) == raters]
    try:
        found = intraclass(rows).coefficients
    except (merit.MeritError, IndexError):
        return None
    one, mean = found["1,1"], found["1,k"]
    return Overall(len(rows), raters, one.value, one.lower, one.upper, mean.value)


def by_criterion(given: Sequence[Given], scales: Sequence[Scale]) -> list[Agreement]:
    """Compare the marks of each criterion over all pairs of first raters of a script.

    Which of two stands first is settled by their ids, so that it favours nobody.
    """
    marks: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for one in given:
        if one.turn is Turn.FIRST:
            marks[one.criterion, one.script].append((one.rater, one.units))
    found = []
    for scale in scales:
        pairs = [
            (first[1], second[1])
            for (criterion, _script), rows in marks.items()
            if criterion == scale.id
            for first, second in combinations(sorted(rows), 2)
        ]
        if pairs:
            found.append(_agreement(scale, pairs))
    return found


def severities(by_script: dict[str, dict[str, int]], whole: int, denominator: int) -> list[Severity]:
    """Set each rater against the others on the same scripts, the most generous first."""
    raters = sorted({rater for own in by_script.values() for rater in own})
    found = []
    for rater in raters:
        pairs = [
            (own[rater], Fraction(sum(own.values()) - own[rater], len(own) - 1))
            for own in by_script.values()
            if rater in own and len(own) > 1
        ]
        if pairs:
            found.append(_severity(rater, pairs, whole, denominator))
    return sorted(found, key=lambda one: (-one.difference, one.rater))


def strength(value: Fraction | None) -> str:
    """Name a kappa in a word, as is customary."""
    if value is None:
        return "cannot be told: nearly all marks are the same"
    return next((name for least, name in STRENGTHS if value >= least), "less than by chance")


def _severity(rater: str, pairs: list[tuple[int, Fraction]], whole: int, denominator: int) -> Severity:
    difference = sum((own - others for own, others in pairs), Fraction(0)) / len(pairs)
    mean = Fraction(sum(own for own, _others in pairs), len(pairs))
    try:
        correlation = intraclass(pairs).coefficients["1,1"].value
    except merit.MeritError:
        correlation = None
    return Severity(
        rater,
        len(pairs),
        difference / denominator,
        mean / denominator,
        correlation,
        abs(difference) > STANDS_OUT * whole,
    )


def _agreement(scale: Scale, pairs: list[tuple[int, int]]) -> Agreement:
    first, second = [own for own, _ in pairs], [other for _, other in pairs]
    same = Fraction(sum(own == other for own, other in pairs), len(pairs))
    values: list[Fraction | None] = []
    for weights in kappa.WEIGHTS:
        try:
            if scale.maximum >= MOST_CATEGORIES:
                raise merit.MeritError("too many categories")
            values.append(kappa.cohen(first, second, weights, range(scale.maximum + 1)).value)
        except merit.MeritError:
            values.append(None)
    return Agreement(scale.title, len(pairs), same, *values)
