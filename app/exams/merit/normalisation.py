"""Stage 3: marks of several sessions brought onto one scale, exactly to the declared decimals."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from app.exams.merit.equating import equipercentile
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import LIMIT, Flags, Integers, Marks, plain
from app.exams.merit.reading import Node
from app.exams.merit.rounding import MODES, Rounding, display, round_marks, round_ratio, round_whole
from app.exams.merit.statistics import Frequencies

METHODS = ("mean", "mean-sd", "two-point", "percentile", "equipercentile")


@dataclass(frozen=True, slots=True)
class Normalisation:
    """How sessions are made comparable.

    `by` names the attribute of the session; without it all sat the same one. mean and mean-sd bring each
    session to `mean` and `deviation`, which are those of everybody, of one `base` session, of the session
    with the "highest-mean", or declared numbers. two-point brings the mean of the best `top` share and
    mean + SD of each session to those of everybody; `anchor` is what is added at last. percentile is the
    share of the session at or below, in percent. equipercentile brings each session to the marks of the
    base session. Absent people count nowhere.
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
        by=node.text("by", " ").strip(),
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

    def numerators(self, form: Frequencies, rounding: Rounding) -> Integers:
        """Give the rounded values of all marks of a session, over 10 to the declared places."""
        # One common denominator, so that each mark costs one multiplication of long integers.
        scale = 10**rounding.places
        slope, shift = self.slope / form.denominator * scale, self.shift * scale
        below = lcm(slope.denominator, shift.denominator)
        rise, start = (
            slope.numerator * (below // slope.denominator),
            shift.numerator * (below // shift.denominator),
        )
        values = [round_ratio(rise * mark + start, below, rounding.mode) for mark in form.marks]
        if any(abs(value) >= LIMIT for value in values):
            raise MeritError("Normalised marks need more than 62 bits.")
        return np.array(values, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Sessions:
    """The session of each person as a place in `names`."""

    codes: Integers
    names: tuple[str, ...]

    @classmethod
    def of(cls, values: Iterable[object]) -> "Sessions":
        """Number the sessions in the order of their names."""
        texts = [str(value) for value in values]
        names = tuple(sorted(set(texts)))
        place = {name: code for code, name in enumerate(names)}
        return cls(np.array([place[text] for text in texts], dtype=np.int64), names)


@dataclass(frozen=True, slots=True)
class Normalised:
    """The new column, and the frequencies of each session that it came from, for the explanation."""

    marks: Marks
    forms: dict[str, Frequencies]


def normalise(rules: Normalisation, marks: Marks, sessions: Sessions, present: Flags) -> Normalised:
    """Normalise a column; the result stands over 10 to the declared places, nought for absent people.

    People are counted once by session and mark; the few distinct pairs are computed exactly and looked up.
    """
    result = np.zeros(len(marks), dtype=np.int64)
    scale = 10**rules.rounding.places
    if not present.any():
        return Normalised(Marks(result, scale), {})
    everybody_there = bool(present.all())
    own = marks.numerators if everybody_there else marks.numerators[present]
    codes = sessions.codes if everybody_there else sessions.codes[present]
    low = int(own.min())
    span = int(own.max()) - low + 1
    if span * len(sessions.names) >= LIMIT:
        raise MeritError("Sessions and marks together need more than 62 bits.")
    cells = codes * span
    cells += own
    cells -= low
    if span * len(sessions.names) <= max(4 * len(own), 1 << 20):
        counts = np.bincount(cells, minlength=span * len(sessions.names))
        pairs, place = np.flatnonzero(counts), cells
        forms = _forms(pairs, counts[pairs], span, low, sessions.names, marks.denominator)
        table = np.zeros(len(counts), dtype=np.int64)
        table[pairs] = np.concatenate([_values(rules, name, forms) for name in forms])
    else:
        pairs, place, counts = np.unique(cells, return_inverse=True, return_counts=True)
        forms = _forms(pairs, counts, span, low, sessions.names, marks.denominator)
        table = np.concatenate([_values(rules, name, forms) for name in forms])
    result[present] = table[place]
    return Normalised(Marks(result, scale), forms)


def _forms(
    pairs: Integers, counts: Integers, span: int, low: int, names: tuple[str, ...], denominator: int
) -> dict[str, Frequencies]:
    """Split the (session, mark) pairs, which stand by session and rising mark, into the sessions that
    anybody sat.
    """
    starts = np.searchsorted(pairs, np.arange(len(names) + 1) * span)
    forms: dict[str, Frequencies] = {}
    for code, name in enumerate(names):
        inside = slice(starts[code], starts[code + 1])
        if inside.start < inside.stop:
            own = tuple((pairs[inside] - code * span + low).tolist())
            forms[name] = Frequencies(own, tuple(counts[inside].tolist()), denominator)
    return forms


def _values(rules: Normalisation, name: str, sessions: dict[str, Frequencies]) -> Integers:
    """Give the normalised numerators for the distinct marks of one session, in rising order."""
    own = sessions[name]
    scale = 10**rules.rounding.places
    if rules.method == "percentile":
        at_or_below = np.cumsum(np.array(own.counts, dtype=np.int64))
        values = round_marks(Marks(100 * at_or_below, own.people), rules.rounding).numerators
    elif rules.method == "equipercentile":
        equal = equipercentile(own, sessions[_base(rules, sessions)])
        mode = rules.rounding.mode
        values = np.array([round_whole(equal[mark] * scale, mode) for mark in own.marks], dtype=np.int64)
    else:
        values = session_line(rules, name, sessions).numerators(own, rules.rounding)
    least = rules.least if rules.least is None else round_whole(rules.least * scale, rules.rounding.mode)
    most = rules.most if rules.most is None else round_whole(rules.most * scale, rules.rounding.mode)
    return values if least is None and most is None else np.clip(values, least, most)


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


def arithmetic(rules: Normalisation, session: str, forms: dict[str, Frequencies], mark: Fraction) -> str:
    """Say how a mark of one session became the normalised one."""
    own = forms[session]
    if rules.method == "percentile":
        return f"100 × {own.at_or_below(mark)} people with {plain(mark)} or less ÷ {own.people} people"
    if rules.method == "equipercentile":
        return f"the mark of session {_base(rules, forms)} with the percentile rank of {plain(mark)}"
    line, twelve = session_line(rules, session, forms), Rounding(12)
    slope, shift = display(line.slope, twelve), display(abs(line.shift), twelve)
    return f"{slope} × {plain(mark)} {'-' if line.shift < 0 else '+'} {shift}"
