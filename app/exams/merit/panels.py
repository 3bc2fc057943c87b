"""Stage 2: one mark from several raters, a further rater on disagreement, recusal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

from app.exams.merit.errors import InputError
from app.exams.merit.exact import fraction
from app.exams.merit.reading import Node
from app.exams.merit.rounding import Rounding, round_fraction
from app.exams.merit.statistics import Frequencies

METHODS = ("mean", "median", "trimmed-mean", "sum", "t-score")
FURTHER = ("mean-of-all", "closest-two", "further-alone")


@dataclass(frozen=True, slots=True)
class Panel:
    """How ratings become one mark.

    `trim` drops that many highest and lowest ratings. t-score first brings each rater to `mean` and
    `deviation`. When the first two ratings differ by more than `tolerance`, a further rater is needed and
    `further` says what then counts. `raters` is the least number of ratings.
    """

    method: str
    raters: int
    trim: int
    tolerance: Fraction | None
    further: str
    mean: Fraction
    deviation: Fraction
    ddof: int
    rounding: Rounding
    citation: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's mark for one candidate.

    A recused rater's is kept but counts nowhere; `further` marks the rater called in on a disagreement.
    """

    candidate_id: str
    rater: str
    mark: Fraction
    recused: bool = False
    further: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """Marks by candidate id, and those who wait for a further rater or for more ratings."""

    marks: Mapping[str, Fraction]
    waiting: tuple[str, ...]


def read_panel(node: Node | None) -> Panel | None:
    """Read [component.panel]."""
    if node is None:
        return None
    panel = Panel(
        method=node.text("method", "mean", METHODS),
        raters=node.whole("raters", 2, least=1),
        trim=node.whole("trim", 0),
        tolerance=node.optional_number("tolerance"),
        further=node.text("further", "mean-of-all", FURTHER),
        mean=node.number("mean", 50),
        deviation=node.number("deviation", 10),
        ddof=1 if node.text("deviation_of", "sample", ("population", "sample")) == "sample" else 0,
        rounding=node.rounding("rounding", None) or Rounding(2),
        citation=node.text("citation"),
    )
    if panel.method == "trimmed-mean" and not panel.trim:
        node.fault("A trimmed mean needs 'trim', the number of ratings dropped at each end.", "method")
    if panel.trim and panel.raters <= 2 * panel.trim:
        node.fault(f"Trimming {panel.trim} at each end leaves nothing of {panel.raters} ratings.", "trim")
    node.finish()
    return panel


def rate(panel: Panel, ratings: Iterable[Rating]) -> Rated:
    """Combine ratings; somebody with too few, or with two too far apart and no third, waits."""
    kept = [rating for rating in ratings if not rating.recused]
    first: dict[str, dict[str, Fraction]] = {}
    more: dict[str, dict[str, Fraction]] = {}
    for rating in kept:
        own = (more if rating.further else first).setdefault(rating.candidate_id, {})
        if rating.rater in own or (rating.rater in first.get(rating.candidate_id, {}) and rating.further):
            raise InputError("ratings", f"the rater {rating.rater!r} rated twice.", row=rating.candidate_id)
        own[rating.rater] = fraction(rating.mark)
    if panel.method == "t-score":
        first = _t_scores(panel, first)
    marks: dict[str, Fraction] = {}
    waiting: list[str] = []
    for candidate in sorted(first.keys() | more.keys()):
        mark = _combine(
            panel, list(first.get(candidate, {}).values()), list(more.get(candidate, {}).values())
        )
        if mark is None:
            waiting.append(candidate)
        else:
            marks[candidate] = round_fraction(mark, panel.rounding)
    return Rated(marks, tuple(waiting))


def _combine(panel: Panel, first: list[Fraction], more: list[Fraction]) -> Fraction | None:
    """Give the mark of one person; None when more ratings are needed."""
    if len(first) < panel.raters:
        return None
    counted = first
    if panel.tolerance is not None and max(first) - min(first) > panel.tolerance:
        if not more:
            return None
        if panel.further == "further-alone":
            return sum(more, Fraction(0)) / len(more)
        if panel.further == "closest-two":
            return _closest_two([*first, *more])
        counted = [*first, *more]
    ordered = sorted(counted)[panel.trim : len(counted) - panel.trim]
    if panel.method == "sum":
        return sum(ordered, Fraction(0))
    if panel.method == "median":
        half = len(ordered) // 2
        return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return sum(ordered, Fraction(0)) / len(ordered)


def _closest_two(marks: list[Fraction]) -> Fraction:
    """Give the mean of the two nearest marks; of two equal gaps the higher pair counts, for the candidate."""
    pairs = list(pairwise(sorted(marks)))
    lower, upper = min(pairs, key=lambda pair: (pair[1] - pair[0], -pair[1]))
    return (lower + upper) / 2


def _t_scores(panel: Panel, by_person: dict[str, dict[str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    """Bring every rater to the same mean and deviation, each score rounded as declared."""
    by_rater: dict[str, list[Fraction]] = {}
    for own in by_person.values():
        for rater, mark in own.items():
            by_rater.setdefault(rater, []).append(mark)
    lines = {}
    for rater, marks in by_rater.items():
        common = lcm(1, *(mark.denominator for mark in marks))
        form = Frequencies.of([int(mark * common) for mark in marks], common)
        lines[rater] = (form.mean(), form.deviation(panel.ddof))
    return {
        person: {rater: _t_score(panel, mark, *lines[rater]) for rater, mark in own.items()}
        for person, own in by_person.items()
    }


def _t_score(panel: Panel, mark: Fraction, mean: Fraction, deviation: Fraction) -> Fraction:
    if not deviation:
        return panel.mean
    return round_fraction((mark - mean) / deviation * panel.deviation + panel.mean, panel.rounding)
