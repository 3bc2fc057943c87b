"""Whether a difference between groups is larger than chance would make it."""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

from app.exams.merit.errors import InputError
from app.exams.merit.exact import fraction
from app.exams.merit.fairness.four_fifths import Group

# Two tables whose chances differ by less than this part are equally likely; only rounding parts them.
SAME = 1e-7


@dataclass(frozen=True, slots=True)
class ShareTest:
    """A number of people against an expected share: expected number, one standard deviation, distance."""

    expected: Fraction
    deviation: float
    deviations: float


def fisher(one: Group, other: Group) -> float:
    """Give the two-sided probability of Fisher's exact test for two groups.

    It adds the chances of all tables with the same margins that are no more likely than this one (Fisher, The
    Design of Experiments, 1935).
    """
    # SciPy's fisher_exact gives the same, but loading scipy.stats costs every process a second.
    chosen = one.selected + other.selected
    least, most = max(0, chosen - other.applicants), min(chosen, one.applicants)
    selected = np.arange(least, most)
    grows = np.log((one.applicants - selected) * (chosen - selected))
    falls = np.log((selected + 1) * (other.applicants - chosen + selected + 1))
    logs = np.concatenate(([0.0], np.cumsum(grows - falls)))
    chances = np.exp(logs - logs.max())
    unlikely = logs <= logs[one.selected - least] + SAME
    return float(chances[unlikely].sum() / chances.sum())


def deviations(one: Group, other: Group) -> float | None:
    """Give by how many standard deviations the first rate lies above the second, None without spread.

    The rate of both groups together stands for the chance of selection:
    (p1 - p2) / root(P (1 - P) (1/n1 + 1/n2)).
    """
    chosen, people = one.selected + other.selected, one.applicants + other.applicants
    spread = one.applicants * other.applicants * chosen * (people - chosen)
    if not spread:
        return None
    gap = one.selected * other.applicants - other.selected * one.applicants
    return gap * sqrt(Fraction(people, spread))


def beyond(one: Group, other: Group, limit: int = 2) -> bool:
    """Tell by integers whether two rates differ by more than `limit` standard deviations, either way.

    Hazelwood School District v. United States, 433 U.S. 299 (1977), note 14, after Castaneda v. Partida, 430
    U.S. 482 (1977), note 17: a difference greater than two or three standard deviations is suspect.
    """
    chosen, people = one.selected + other.selected, one.applicants + other.applicants
    gap = one.selected * other.applicants - other.selected * one.applicants
    spread = one.applicants * other.applicants * chosen * (people - chosen)
    return gap * gap * people > limit * limit * spread > 0


def against_share(observed: int, people: int, share: int | str | Fraction) -> ShareTest:
    """Compare a number of people with a share of a population, by the binomial distribution.

    Castaneda v. Partida, 430 U.S. 482 (1977), note 17: deviation root(n p (1 - p)).
    """
    part = fraction(share)
    if not 0 < part < 1:
        raise InputError("share", f"{share} does not lie between 0 and 1.")
    if not 0 <= observed <= people or not people:
        raise InputError("share", f"{observed} of {people} people is impossible.")
    deviation = sqrt(people * part * (1 - part))
    return ShareTest(people * part, deviation, float(observed - people * part) / deviation)


def shortfall(applicants: int, selected: int, rate: int | str | Fraction) -> Fraction:
    """Give how many fewer were selected than `rate` lets expect; below 0 when more were."""
    return applicants * fraction(rate) - selected
