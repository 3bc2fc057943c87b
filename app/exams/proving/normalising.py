"""Bringing sessions to one scale: from counts of people by session and mark to a small table of new marks.

Means are exact fractions. Only a ratio of deviations may be irrational; it is cut after eighty digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from app.exams.proving.inputs import NotProvable
from app.exams.proving.rounding import to_places, to_whole
from app.exams.proving.worksheet import Counts

if TYPE_CHECKING:
    from app.exams.merit.normalisation import Normalisation

# Marks hold 19 digits at most, so that no rounding can depend on digits so far behind.
DIGITS = Context(prec=80)


def square_root(value: Fraction) -> Fraction:
    """Give the square root, exactly where it is rational."""
    top, bottom = (Decimal(part).sqrt(DIGITS) for part in (value.numerator, value.denominator))
    rational = Fraction(top) / Fraction(bottom)
    if rational * rational == value:
        return rational
    return Fraction(DIGITS.sqrt(DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))))


@dataclass(frozen=True)
class Session:
    """How many people have each mark."""

    people: Mapping[Fraction, int]

    @property
    def size(self) -> int:
        """Count the people."""
        return sum(self.people.values())

    @property
    def mean(self) -> Fraction:
        """Give the mean mark."""
        return sum((mark * count for mark, count in self.people.items()), Fraction(0)) / self.size

    def variance(self, sample: bool) -> Fraction:
        """Give the variance, over one person fewer for a sample."""
        over = self.size - sample
        if not over:
            raise NotProvable("A session of one person has no deviation.")
        mean = self.mean
        return sum(((mark - mean) ** 2 * count for mark, count in self.people.items()), Fraction(0)) / over

    def best_mean(self, count: int) -> Fraction:
        """Give the mean of the best marks."""
        left, found = count, Fraction(0)
        for mark in sorted(self.people, reverse=True):
            taken = min(left, self.people[mark])
            found, left = found + taken * mark, left - taken
        return found / count


Line = Callable[[Fraction], Fraction]


def table(rules: Normalisation, names: Mapping[int, str], counts: Counts, denominator: int) -> Counts:
    """Give the new mark, in units of the last declared decimal, of every (session, mark) that occurs."""
    found: dict[int, dict[Fraction, int]] = {}
    for (session, unit), people in counts.items():
        found.setdefault(session, {})[Fraction(unit, denominator)] = people
    sessions = {names[code]: Session(people) for code, people in found.items()}
    places, mode = rules.rounding.places, rules.rounding.mode
    result: Counts = {}
    for code in found:
        line = _line(rules, names[code], sessions)
        for mark in found[code]:
            value = to_places(line(mark), places, mode)
            if rules.least is not None:
                value = max(value, to_places(rules.least, places, mode))
            if rules.most is not None:
                value = min(value, to_places(rules.most, places, mode))
            result[code, int(mark * denominator)] = value
    return result


def _line(rules: Normalisation, name: str, sessions: Mapping[str, Session]) -> Line:
    """Give what turns a mark of one session into a mark of the common scale."""
    own = sessions[name]
    if rules.method == "percentile":
        return _percentile(own)
    if rules.method == "two-point":
        return _two_point(rules, own, sessions)
    target = _target(rules, sessions)
    if rules.method == "equipercentile":
        return _equipercentile(own, target)
    mean, own_mean = target.mean if rules.mean is None else rules.mean, own.mean
    if rules.method == "mean":
        return lambda mark: mark + mean - own_mean
    sample = rules.ddof == 1
    spread = own.variance(sample)
    if not spread:
        return lambda _mark: mean
    wanted = target.variance(sample) if rules.deviation is None else rules.deviation**2
    ratio = square_root(wanted / spread)
    return lambda mark: mean + ratio * (mark - own_mean)


def _percentile(own: Session) -> Line:
    below, ranks = 0, {}
    for mark in sorted(own.people):
        below += own.people[mark]
        ranks[mark] = Fraction(100 * below, own.size)
    return ranks.__getitem__


def _middles(session: Session) -> dict[Fraction, Fraction]:
    """Give for each mark the share of people below it, those who have it counted half."""
    below, shares = 0, {}
    for mark in sorted(session.people):
        shares[mark] = Fraction(2 * below + session.people[mark], 2 * session.size)
        below += session.people[mark]
    return shares


def _equipercentile(own: Session, target: Session) -> Line:
    """Give the mark of the target with the same share below, on a straight line between two of its marks."""
    shares, points = _middles(own), [(share, mark) for mark, share in _middles(target).items()]

    def at(mark: Fraction) -> Fraction:
        share = shares[mark]
        if share <= points[0][0]:
            return points[0][1]
        for (left, low), (right, high) in pairwise(points):
            if share <= right:
                return low + (share - left) / (right - left) * (high - low)
        return points[-1][1]

    return at


def _target(rules: Normalisation, sessions: Mapping[str, Session]) -> Session:
    if rules.base == "all":
        return everybody(sessions)
    if rules.base == "highest-mean":
        return max(sorted(sessions.items()), key=lambda pair: (pair[1].mean, pair[0]))[1]
    if rules.base not in sessions:
        raise NotProvable(f"Nobody sat the base session {rules.base!r}.")
    return sessions[rules.base]


def everybody(sessions: Mapping[str, Session]) -> Session:
    """Put all sessions together."""
    people: dict[Fraction, int] = {}
    for session in sessions.values():
        for mark, count in session.people.items():
            people[mark] = people.get(mark, 0) + count
    return Session(people)


def _two_point(rules: Normalisation, own: Session, sessions: Mapping[str, Session]) -> Line:
    """Draw the line through (mean of the best, mean + deviation) of the session and those of everybody."""
    sample, everyone = rules.ddof == 1, everybody(sessions)

    def points(session: Session) -> tuple[Fraction, Fraction]:
        best = max(1, to_whole(rules.top * session.size, rules.top_count))
        return session.best_mean(best), session.mean + square_root(session.variance(sample))

    (top, low), (all_top, all_low) = points(own), points(everyone)
    if top == low:
        raise NotProvable("The best of a session stand at its mean and deviation; two points are needed.")
    start = all_low
    if rules.anchor == "best-session-mean":
        best_mean = max(session.mean for session in sessions.values())
        start = best_mean + square_root(everyone.variance(sample))
    slope = (all_top - all_low) / (top - low)
    return lambda mark: start + slope * (mark - low)
