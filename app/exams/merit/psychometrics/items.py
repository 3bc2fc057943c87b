"""Classical item analysis: how hard an item is, how well it tells people apart, and what each option draws.

Lord and Novick, Statistical Theories of Mental Test Scores (1968), chapter 15.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from app.exams.merit.errors import MeritError
from app.exams.merit.exact import LIMIT
from app.exams.merit.psychometrics.moments import Moments
from app.exams.merit.psychometrics.tally import Tally

# Kelley, Journal of Educational Psychology 30 (1939): of normal marks the upper and lower 27 % tell most.
KELLEY = Fraction(27, 100)

# People who chose an option, their totals added up, and how many of them are in the lower and upper group.
Sums = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """What one option of an item drew.

    `kind` is "key" (earns the most), "partial" (earns something), "distractor", "blank" or "multiple".
    `share` is of all people; `mean_total` is in marks, None where nobody chose the option. The correlation of
    choosing it is with the total, and, corrected, with the total of the other items. `upper` and `lower` are
    the shares of the upper and lower group who chose it.
    """

    option: str
    kind: str
    people: int
    share: Fraction
    mean_total: Fraction | None
    point_biserial: float | None
    corrected_point_biserial: float | None
    upper: Fraction
    lower: Fraction


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """How one item behaved.

    `difficulty` is the facility, mean mark over the most the item can give (0 hard, 1 easy), None for an item
    that gives nothing. `right` is the share with the full mark. `point_biserial` is the uncorrected
    correlation of the item with the total that contains it; `corrected_point_biserial` is with the total of
    the other items. `discrimination` is the difficulty in the upper less that in the lower group. Options
    stand in the order of their texts, the blank first.
    """

    code: str
    people: int
    blank: int
    multiple: int
    mean: Fraction
    difficulty: Fraction | None
    right: Fraction
    point_biserial: float | None
    corrected_point_biserial: float | None
    discrimination: Fraction | None
    options: tuple[OptionStatistics, ...]


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """Every item of a test in the order of the sheets, with the mean total in marks."""

    people: int
    mean_total: Fraction
    items: tuple[ItemStatistics, ...]

    def item(self, code: str) -> ItemStatistics:
        """Find an item by its code."""
        return next(item for item in self.items if item.code == code)


@dataclass(frozen=True, slots=True)
class _Test:
    """What all items of a test share.

    `size` is that of an outer group in people, `scale` what its people were multiplied by to be whole.
    """

    n: int
    added: int
    squares: int
    size: Fraction
    scale: int


def analyse(tally: Tally, outer: Fraction = KELLEY) -> ItemAnalysis:
    """Analyse every item.

    The upper and lower group are the `outer` share of the people with the highest and lowest totals. Where
    the boundary falls among people with equal totals, that part of them is counted which fills the group: it
    is what a draw between them would give on average, and it depends on nobody's place in the file.
    """
    if not 0 < outer <= Fraction(1, 2):
        raise MeritError(f"An outer group of {outer} of the people is none; take from above 0 to 1/2.")
    levels, people = tally.levels.tolist(), tally.at_level
    n = sum(people)
    lower = _parts(people, outer * n)
    upper = _parts(people[::-1], outer * n)[::-1]
    scale = lcm(*(part.denominator for part in (*lower, *upper)))
    by_level = list(zip(levels, people, lower, upper, strict=True))
    weights = [(1, level, int(low * scale), int(up * scale)) for level, _, low, up in by_level]
    added = sum(level * count for level, count, *_ in by_level)
    squares = sum(level * level * count for level, count, *_ in by_level)
    test = _Test(n, added, squares, outer * n, scale)
    sums = _sums(tally, weights, n)
    items = tuple(_item(tally, position, sums[position], test) for position in range(len(tally.item_codes)))
    return ItemAnalysis(n, Fraction(added, n * tally.denominator), items)


def _parts(people: tuple[int, ...], wanted: Fraction) -> list[Fraction]:
    """Fill a group of the wanted size from the first level on: the part taken of each level's people."""
    parts, left = [], wanted
    for count in people:
        taken = min(left, Fraction(count))
        parts.append(taken / count)
        left -= taken
    return parts


def _sums(tally: Tally, weights: list[tuple[int, int, int, int]], n: int) -> list[list[Sums]]:
    """Add up for each item and option: people, totals, people of the lower and of the upper group."""
    largest = max(abs(weight) for row in weights for weight in row)
    kind = np.int64 if largest * n < LIMIT else object
    sums = tally.counts.astype(kind, copy=False) @ np.array(weights, dtype=kind)
    return [[tuple(row) for row in item] for item in sums.tolist()]


def _item(tally: Tally, position: int, sums: list[Sums], test: _Test) -> ItemStatistics:
    by_option = list(zip(tally.marks[position].tolist(), sums, strict=True))
    most = max(mark for mark, _ in by_option)
    earned = Moments(
        test.n,
        sum(mark * people for mark, (people, *_) in by_option),
        test.added,
        sum(mark * mark * people for mark, (people, *_) in by_option),
        test.squares,
        sum(mark * total for mark, (_, total, *_) in by_option),
    )
    marked = [
        (mark, _option(tally, (option, mark, _kind(tally, option, mark, most)), row, test, earned.without()))
        for option, (mark, row) in enumerate(by_option)
    ]
    options = [row for _, row in marked]
    gap = sum(mark * (row.upper - row.lower) for mark, row in marked)
    gives = most > 0
    return ItemStatistics(
        code=tally.item_codes[position],
        people=test.n,
        blank=options[0].people,
        multiple=sum(row.people for row in options if row.kind == "multiple"),
        mean=Fraction(earned.x, test.n * tally.denominator),
        difficulty=Fraction(earned.x, test.n * most) if gives else None,
        right=sum((row.share for mark, row in marked if gives and mark == most), Fraction(0)),
        point_biserial=earned.correlation(),
        corrected_point_biserial=earned.without().correlation(),
        discrimination=gap / most if gives else None,
        options=tuple(sorted(options, key=lambda row: row.option)),
    )


def _kind(tally: Tally, option: int, mark: int, most: int) -> str:
    if option == 0:
        return "blank"
    if tally.options[option] in tally.multiple:
        return "multiple"
    if mark == most > 0:
        return "key"
    return "partial" if mark > 0 else "distractor"


def _option(
    tally: Tally, option: tuple[int, int, str], sums: Sums, test: _Test, rest: Moments
) -> OptionStatistics:
    place, mark, kind = option
    people, total, lower, upper = sums
    whole = Moments(test.n, people, test.added, people, test.squares, total)
    others = Moments(test.n, people, rest.y, people, rest.yy, total - mark * people)
    return OptionStatistics(
        option=tally.options[place],
        kind=kind,
        people=people,
        share=Fraction(people, test.n),
        mean_total=Fraction(total, people * tally.denominator) if people else None,
        point_biserial=whole.correlation(),
        corrected_point_biserial=others.correlation(),
        upper=Fraction(upper, test.scale) / test.size,
        lower=Fraction(lower, test.scale) / test.size,
    )
