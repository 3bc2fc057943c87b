"""Stage 3: marks of several sessions brought onto one scale, exactly to the declared decimals."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.exams.merit.equating import equipercentile
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import LIMIT, Flags, Integers, Marks
from app.exams.merit.reading import Node
from app.exams.merit.rounding import MODES, Rounding, round_fraction, round_whole
from app.exams.merit.statistics import Frequencies

METHODS = ("mean", "mean-sd", "two-point", "percentile", "equipercentile")


@dataclass(frozen=True, slots=True)
class Normalisation:
    """How sessions are made comparable.

    `by` names the attribute of the session. mean and mean-sd bring each session to `mean` and
    `deviation`, which are those of everybody, of one `base` session, of the session with the "highest-
    mean", or declared numbers. two-point brings the mean of the best `top` share and mean + SD of each
    session to those of everybody; `anchor` is what is added at last. percentile is the share of the
    session at or below, in percent. equipercentile brings each session to the marks of the base session.
    Absent people count nowhere.
    """

    method: str
    by: str
    rounding: Rounding
    ddof: int
    base: str
    mean: Fraction | None
    deviation: Fraction | None
    top: Fraction
    top_count: str
    anchor: str
    least: Fraction | None
    most: Fraction | None
    citation: str


def read_normalisation(node: Node | None) -> Normalisation | None:
    """Read [component.normalise]."""
    if node is None:
        return None
    rules = Normalisation(
        method=node.text("method", choices=METHODS),
        by=node.text("by"),
        rounding=node.rounding("rounding", None) or Rounding(5),
        ddof=1 if node.text("deviation_of", "population", ("population", "sample")) == "sample" else 0,
        base=node.text("base", "all"),
        mean=node.optional_number("mean"),
        deviation=node.optional_number("deviation"),
        top=node.number("top", Fraction(1, 1000)),
        top_count=node.text("top_count", "ceiling", MODES),
        anchor=node.text("anchor", "all", ("all", "best-session-mean")),
        least=node.optional_number("least"),
        most=node.optional_number("most"),
        citation=node.text("citation"),
    )
    if not 0 < rules.top <= 1:
        node.fault("'top' is a share above 0 and at most 1.", "top")
    if rules.method == "equipercentile" and rules.base == "all":
        node.fault("Equipercentile equating needs a base session.", "base")
    node.finish()
    return rules


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from raw to normalised marks: slope x mark + shift."""

    slope: Fraction
    shift: Fraction

    def at(self, mark: Fraction) -> Fraction:
        """Give the value at a mark."""
        return self.slope * mark + self.shift


def normalise(rules: Normalisation, marks: Marks, sessions: Sequence[str], present: Flags) -> Marks:
    """Normalise a column; the result stands over 10 to the declared places, nought for absent people."""
    names, codes = np.unique(np.array(sessions, dtype=np.str_), return_inverse=True)
    cells, cell_of, counts = _cells(marks, codes.astype(np.int64), present)
    everybody: dict[str, Frequencies] = {}
    for code, name in enumerate(names.tolist()):
        mine = cells[:, 0] == code
        if mine.any():
            own = tuple(cells[mine, 1].tolist())
            everybody[name] = Frequencies(own, tuple(counts[mine].tolist()), marks.denominator)
    table = np.zeros(len(cells), dtype=np.int64)
    for code, name in enumerate(names.tolist()):
        if name in everybody:
            table[cells[:, 0] == code] = _values(rules, name, everybody)
    result = np.zeros(len(marks), dtype=np.int64)
    result[present] = table[cell_of]
    return Marks(result, 10**rules.rounding.places)


def _cells(marks: Marks, codes: Integers, present: Flags) -> tuple[Integers, Integers, Integers]:
    """Give the distinct (session, mark) pairs in order, the pair of each present person, and the counts."""
    if not present.any():
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    own, sessions = marks.numerators[present], codes[present]
    low = int(own.min())
    span = int(own.max()) - low + 1
    if span * (int(sessions.max()) + 1) >= LIMIT:
        raise MeritError("Sessions and marks together need more than 62 bits.")
    packed = sessions * span + (own - low)
    cells = span * (int(sessions.max()) + 1)
    if cells <= max(4 * len(packed), 1 << 20):
        histogram = np.bincount(packed, minlength=cells)
        values = np.flatnonzero(histogram)
        place = np.zeros(cells, dtype=np.int64)
        place[values] = np.arange(len(values))
        cell_of, counts = place[packed], histogram[values]
    else:
        values, cell_of, counts = np.unique(packed, return_inverse=True, return_counts=True)
    return np.stack([values // span, values % span + low], axis=1), cell_of, counts


def _values(rules: Normalisation, name: str, sessions: dict[str, Frequencies]) -> list[int]:
    """Give the normalised numerators for the distinct marks of one session, in rising order."""
    own = sessions[name]
    scale = 10**rules.rounding.places
    marks = [Fraction(mark, own.denominator) for mark in own.marks]
    if rules.method == "percentile":
        return [round_whole(100 * value * scale, rules.rounding.mode) for value in _shares(own)]
    if rules.method == "equipercentile":
        values = equipercentile(own, sessions[_base(rules, sessions)])
        exact = [values[mark] for mark in own.marks]
    else:
        line = session_line(rules, name, sessions)
        exact = [line.at(mark) for mark in marks]
    return [int(round_fraction(_clipped(rules, value), rules.rounding) * scale) for value in exact]


def _shares(own: Frequencies) -> list[Fraction]:
    below, shares = 0, []
    for count in own.counts:
        below += count
        shares.append(Fraction(below, own.people))
    return shares


def _clipped(rules: Normalisation, value: Fraction) -> Fraction:
    if rules.least is not None:
        value = max(value, rules.least)
    return value if rules.most is None else min(value, rules.most)


def _base(rules: Normalisation, sessions: dict[str, Frequencies]) -> str:
    if rules.base == "highest-mean":
        return max(sessions, key=lambda name: (sessions[name].mean(), name))
    if rules.base not in sessions:
        raise InputError("candidates", f"nobody sat the base session {rules.base!r}.", column=rules.by)
    return rules.base


def pooled(sessions: dict[str, Frequencies]) -> Frequencies:
    """Put the people of all sessions together."""
    found: dict[int, int] = {}
    for session in sessions.values():
        for mark, count in zip(session.marks, session.counts, strict=True):
            found[mark] = found.get(mark, 0) + count
    ordered = sorted(found)
    denominator = next(iter(sessions.values())).denominator
    return Frequencies(tuple(ordered), tuple(found[mark] for mark in ordered), denominator)


def session_line(rules: Normalisation, name: str, sessions: dict[str, Frequencies]) -> Line:
    """Give the line that brings one session to the common scale."""
    own = sessions[name]
    if rules.method == "two-point":
        return _two_point(rules, own, sessions)
    target = pooled(sessions) if rules.base == "all" else sessions[_base(rules, sessions)]
    mean = target.mean() if rules.mean is None else rules.mean
    if rules.method == "mean":
        return Line(Fraction(1), mean - own.mean())
    spread = own.deviation(rules.ddof)
    if not spread:
        return Line(Fraction(0), mean)
    slope = (target.deviation(rules.ddof) if rules.deviation is None else rules.deviation) / spread
    return Line(slope, mean - slope * own.mean())


def _two_point(rules: Normalisation, own: Frequencies, sessions: dict[str, Frequencies]) -> Line:
    everybody = pooled(sessions)
    top, low = _top_and_low(rules, own)
    all_top, all_low = _top_and_low(rules, everybody)
    if top == low:
        raise MeritError("The best marks of a session equal its mean and deviation; two points are needed.")
    slope = (all_top - all_low) / (top - low)
    added = all_low
    if rules.anchor == "best-session-mean":
        added = max(session.mean() for session in sessions.values()) + everybody.deviation(rules.ddof)
    return Line(slope, added - slope * low)


def _top_and_low(rules: Normalisation, session: Frequencies) -> tuple[Fraction, Fraction]:
    best = max(1, round_whole(rules.top * session.people, rules.top_count))
    return session.top_mean(best), session.mean() + session.deviation(rules.ddof)
