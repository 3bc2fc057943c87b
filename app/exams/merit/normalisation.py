"""Stage 3: marks of several sessions brought onto one scale, exactly to the declared decimals."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import lcm

import numpy as np

from app.exams.merit.columns import Coded
from app.exams.merit.equating import equipercentile
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import LIMIT, Flags, Integers, Marks, plain
from app.exams.merit.reading import Node
from app.exams.merit.rounding import (
    MODES,
    Rounding,
    display,
    round_line,
    round_marks,
    round_ratio,
    round_whole,
)
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
        fast = round_line(rise, start, below, form.marks, rounding.mode)
        if fast is not None:
            return fast
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
        if isinstance(values, Coded):
            distinct = cls.of(values.values)
            return cls(distinct.codes[values.places], distinct.names)
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
        table[pairs] = _table(rules, forms)
    else:
        pairs, place, counts = np.unique(cells, return_inverse=True, return_counts=True)
        forms = _forms(pairs, counts, span, low, sessions.names, marks.denominator)
        table = _table(rules, forms)
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


def _table(rules: Normalisation, forms: dict[str, Frequencies]) -> Integers:
    """Give the normalised numerators for the distinct marks of each session in turn."""
    target = _target(rules, forms)
    return np.concatenate([_values(rules, own, forms, target) for own in forms.values()])


def _values(
    rules: Normalisation, own: Frequencies, sessions: dict[str, Frequencies], target: "Target | None"
) -> Integers:
    """Give the normalised numerators for the distinct marks of one session, in rising order."""
    scale = 10**rules.rounding.places
    if rules.method == "percentile":
        at_or_below = np.cumsum(np.array(own.counts, dtype=np.int64))
        values = round_marks(Marks(100 * at_or_below, own.people), rules.rounding).numerators
    elif rules.method == "equipercentile":
        equal = equipercentile(own, sessions[_base(rules, sessions)])
        mode = rules.rounding.mode
        values = np.array([round_whole(equal[mark] * scale, mode) for mark in own.marks], dtype=np.int64)
    else:
        values = _line(rules, own, target).numerators(own, rules.rounding)
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
    marks = np.fromiter(chain.from_iterable(own.marks for own in sessions.values()), dtype=np.int64)
    counts = np.fromiter(chain.from_iterable(own.counts for own in sessions.values()), dtype=np.int64)
    order = np.argsort(marks, kind="stable")
    marks, counts = marks[order], counts[order]
    first = np.flatnonzero(np.diff(marks, prepend=marks[:1] - 1))
    denominator = next(iter(sessions.values())).denominator
    return Frequencies(
        tuple(marks[first].tolist()), tuple(np.add.reduceat(counts, first).tolist()), denominator
    )


@dataclass(frozen=True, slots=True)
class Target:
    """What every session is brought to: two marks, `low` the lower one, and what is added at last."""

    low: Fraction
    high: Fraction
    added: Fraction


def _target(rules: Normalisation, sessions: dict[str, Frequencies]) -> Target | None:
    """Work out once what all sessions are brought to; None where a method needs no such thing."""
    if rules.method in ("percentile", "equipercentile"):
        return None
    if rules.method == "two-point":
        everybody = pooled(sessions)
        top, low = _top_and_low(rules, everybody)
        if rules.anchor == "all":
            return Target(low, top, low)
        best = max(session.mean() for session in sessions.values())
        return Target(low, top, best + everybody.deviation(rules.ddof))
    whole = pooled(sessions) if rules.base == "all" else sessions[_base(rules, sessions)]
    mean = whole.mean() if rules.mean is None else rules.mean
    if rules.method == "mean":
        return Target(mean, mean, mean)
    return Target(mean, mean + _deviation(rules, whole), mean)


def _deviation(rules: Normalisation, whole: Frequencies) -> Fraction:
    return whole.deviation(rules.ddof) if rules.deviation is None else rules.deviation


def session_line(rules: Normalisation, name: str, sessions: dict[str, Frequencies]) -> Line:
    """Give the line that brings one session to the common scale."""
    return _line(rules, sessions[name], _target(rules, sessions))


def _line(rules: Normalisation, own: Frequencies, target: Target | None) -> Line:
    if target is None:
        raise MeritError(f"The method {rules.method!r} draws no line.")
    if rules.method == "mean":
        return Line(Fraction(1), target.added - own.mean())
    if rules.method == "two-point":
        high, low = _top_and_low(rules, own)
        if high == low:
            raise MeritError(
                "The best marks of a session equal its mean and deviation; two points are needed."
            )
        spread = high - low
    else:
        low, spread = own.mean(), own.deviation(rules.ddof)
        if not spread:
            return Line(Fraction(0), target.added)
    slope = (target.high - target.low) / spread
    return Line(slope, target.added - slope * low)


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
