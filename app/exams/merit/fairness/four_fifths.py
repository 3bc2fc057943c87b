"""Selection rates of groups, compared by whole numbers: 3/5 against 6/8 is exactly four fifths.

29 CFR 1607.4(D) (Uniform Guidelines on Employee Selection Procedures, read 2026-11-22): a rate below four
fifths of the rate of the group with the highest rate is generally regarded as evidence of adverse impact;
four fifths exactly is not below.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import fraction

FOUR_FIFTHS = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people: how many took part in a selection and how many of them were selected."""

    name: str
    applicants: int
    selected: int

    def __post_init__(self) -> None:
        for column, count in (("applicants", self.applicants), ("selected", self.selected)):
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise InputError("groups", f"{count!r} is no number of people.", row=self.name, column=column)
        if self.selected > self.applicants:
            text = f"{self.selected} selected are more than the {self.applicants} applicants."
            raise InputError("groups", text, row=self.name, column="selected")

    @property
    def rate(self) -> Fraction | None:
        """Give the selection rate, None without applicants."""
        return Fraction(self.selected, self.applicants) if self.applicants else None


@dataclass(frozen=True, slots=True)
class RateRatio:
    """A selection rate against the highest one."""

    group: str
    rate: Fraction
    ratio: Fraction
    below: bool


@dataclass(frozen=True, slots=True)
class OneSelection:
    """What would be different had one selection gone to the other group.

    `below` tells whether the group would then be below four fifths, `changes` whether that differs from what
    is, `reverses` whether the group behind would then have the higher rate of the two.
    """

    taken_from: str
    given_to: str
    below: bool
    changes: bool
    reverses: bool


def named_once(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Refuse a list of groups that is empty or names a group twice."""
    kept = tuple(groups)
    names = [group.name for group in kept]
    for name in names:
        if names.count(name) > 1:
            raise InputError("groups", "the group stands in it twice.", row=name)
    if not kept:
        raise MeritError("There are no groups to compare.")
    return kept


def highest(groups: Iterable[Group]) -> Group | None:
    """Find the group with the highest rate; of equal rates the one with most applicants, then by name."""
    able = [group for group in groups if group.applicants]
    return min(able, key=lambda g: (-Fraction(g.selected, g.applicants), -g.applicants, g.name), default=None)


def reaches(group: Group, reference: Group) -> bool:
    """Tell whether a group's rate is four fifths of the reference's or more: 5 a n_b >= 4 b n_a."""
    return 5 * group.selected * reference.applicants >= 4 * reference.selected * group.applicants


def needed(group: Group, reference: Group) -> int:
    """Give the fewest selections with which the group reaches four fifths, the reference unchanged."""
    if not reference.applicants:
        raise InputError("groups", "a group without applicants has no rate.", row=reference.name)
    return -(-4 * reference.selected * group.applicants // (5 * reference.applicants))


def rate_ratios(rates: Mapping[str, int | str | Fraction]) -> tuple[RateRatio, ...]:
    """Compare published rates, of which the numbers of people are not known, in any one unit."""
    exact = {name: fraction(rate) for name, rate in rates.items()}
    best = max(exact.values(), default=Fraction(0))
    if best <= 0 or min(exact.values()) < 0:
        raise MeritError("Rates to compare must be 0 or more, and one of them above 0.")
    return tuple(
        RateRatio(name, rate, rate / best, rate / best < FOUR_FIFTHS) for name, rate in exact.items()
    )


def one_selection(group: Group, reference: Group, groups: Sequence[Group]) -> OneSelection | None:
    """Move one selection between a group and the reference and compare again, None where none can move.

    To a group below four fifths from the reference, else the other way; the highest rate is looked for anew
    among `groups`. Questions and Answers on the Uniform Guidelines, 44 FR 11996 (1979), number 21 (read
    2026-11-22): enforcement is generally inappropriate where selecting one different person for one job would
    turn adverse impact against a group into a higher rate of that group (`reverses`).
    """
    below = not reaches(group, reference)
    giver, taker = (reference, group) if below else (group, reference)
    if not giver.selected or taker.selected == taker.applicants:
        return None
    poorer = Group(giver.name, giver.applicants, giver.selected - 1)
    richer = Group(taker.name, taker.applicants, taker.selected + 1)
    moved = {giver.name: poorer, taker.name: richer}
    after = [moved.get(other.name, other) for other in groups]
    best = highest(after) or reference
    below_after = not reaches(moved[group.name], best)
    ahead = richer.selected * poorer.applicants > poorer.selected * richer.applicants
    return OneSelection(giver.name, taker.name, below_after, below_after != below, below and ahead)
