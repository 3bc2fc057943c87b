"""Differential item functioning: whether people of equal total find an item equally hard in two groups.

Mantel and Haenszel, Journal of the National Cancer Institute 22 (1959), applied to items by Holland and
Thayer in Wainer and Braun (eds.), Test Validity (1988).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import erfc, fsum, log, sqrt

import numpy as np
import numpy.typing as npt

from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import Flags, Integers
from app.exams.merit.psychometrics.sheets import Sheets
from app.exams.merit.psychometrics.tally import numbered

# The delta scale of ETS: one unit of difficulty is -2.35 units of the logarithm of the odds.
DELTA = -2.35
# Of a standard normal quantity 5 of 100 lie above this.
ONE_SIDED = 1.645


@dataclass(frozen=True, slots=True)
class BiasItem:
    """How one item treats the two groups; the numbers are None where no total has people of both.

    `odds_ratio` is the common odds ratio, above 1 where the item favours the reference group; `delta` is the
    same on the ETS scale, below 0 where the item is harder for the focal group, `error` its standard error.
    `chi_square` has one degree of freedom and a continuity correction of a half. `size` grades |delta| alone
    (A below 1, B below 1.5, C); `grade` asks for significance as well.
    """

    code: str
    people: int
    odds_ratio: float | None
    delta: float | None
    error: float | None
    chi_square: float | None
    p: float | None
    size: str
    grade: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ItemBias:
    """All items in order; `anchors` are those whose total people were matched by.

    `rounds` counts the repetitions made to free the anchors from flagged items; `settled` tells that no
    anchor is flagged and none was taken out that is not.
    """

    reference_people: int
    focal_people: int
    items: tuple[BiasItem, ...]
    anchors: tuple[str, ...]
    rounds: int
    settled: bool


def differential_items(
    sheets: Sheets,
    focal: Sequence[bool] | npt.NDArray[np.bool_],
    *,
    anchors: Collection[str] | None = None,
    rounds: int = 0,
    level: float = 0.05,
) -> ItemBias:
    """Compare the focal group with all others, item by item, among people of equal total.

    An answer counts as right when it earns the most the item can give. People are matched by the total of the
    `anchors` (all items if not named) together with the item itself, as Holland and Thayer advise. With
    `rounds` the items found at `level` are taken out of the anchors and everything is done again, until
    nothing changes or the rounds are used up.
    """
    member = np.asarray(focal, dtype=bool)
    if member.shape != (sheets.people,):
        raise InputError("groups", f"there are {member.size} of them for {sheets.people} people.")
    if member.all() or not member.any():
        raise MeritError("Both groups need people.")
    codes = list(sheets.item_codes)
    unknown = sorted(set(anchors or ()) - set(codes))
    if unknown:
        raise InputError("answer sheets", "there is no such item.", column=unknown[0])
    wanted = [code for code in codes if anchors is None or code in anchors]
    matching, done = wanted, 0
    items = _all_items(sheets, member, matching, level)
    clean = _unflagged(items, wanted, level)
    while clean and clean != matching and done < rounds:
        matching, done = clean, done + 1
        items = _all_items(sheets, member, matching, level)
        clean = _unflagged(items, wanted, level)
    focal_people = int(member.sum())
    reference_people = sheets.people - focal_people
    return ItemBias(reference_people, focal_people, tuple(items), tuple(matching), done, clean == matching)


def _unflagged(items: list[BiasItem], wanted: list[str], level: float) -> list[str]:
    return [item.code for item in items if item.code in wanted and (item.p is None or item.p >= level)]


def _all_items(sheets: Sheets, member: Flags, matching: list[str], level: float) -> list[BiasItem]:
    base = sheets.earned([sheets.item_codes.index(code) for code in matching])
    shared = numbered(base)
    found = []
    for position, code in enumerate(sheets.item_codes):
        levels, places = shared if code in matching else numbered(base + sheets.earned([position]))
        found.append(_bias(code, _tables(sheets, position, member, places, len(levels)), level))
    return found


def _tables(
    sheets: Sheets, position: int, member: Flags, places: Integers, levels: int
) -> list[tuple[int, int, int, int]]:
    """Count for each total: right and wrong in the reference group, right and wrong in the focal group."""
    marks = sheets.marks[position]
    wrong = ((marks != marks.max()) | (marks <= 0))[sheets.answers[position]]
    cell = places * 4 + member * np.int64(2) + wrong
    counts = np.bincount(cell, minlength=4 * levels).reshape(-1, 4)
    return [(a, b, c, d) for a, b, c, d in counts.tolist() if a + b + c + d > 1]


def _bias(code: str, tables: list[tuple[int, int, int, int]], level: float) -> BiasItem:
    """Compute Mantel and Haenszel's odds ratio and chi-square, and the error of Phillips and Holland.

    Phillips and Holland, Biometrics 43 (1987). Totals that one person alone has say nothing and are left out.
    """
    people = sum(sum(table) for table in tables)
    favour = fsum(a * d / (a + b + c + d) for a, b, c, d in tables)
    against = fsum(b * c / (a + b + c + d) for a, b, c, d in tables)
    spread = fsum(_variance(*table) for table in tables)
    if not favour or not against or not spread:
        text = "People of equal total in both groups are too few, or answered alike, so nothing can be said."
        return BiasItem(code, people, None, None, None, None, None, "", "", text)
    odds = favour / against
    excess = fsum(a - (a + b) * (a + c) / (a + b + c + d) for a, b, c, d in tables)
    chi_square = (abs(excess) - 0.5) ** 2 / spread
    p = erfc(sqrt(chi_square / 2))
    parts = (
        (a * d + odds * b * c) * (a + d + odds * (b + c)) / (a + b + c + d) ** 2 for a, b, c, d in tables
    )
    error = abs(DELTA) * sqrt(fsum(parts) / 2) / favour
    delta = DELTA * log(odds)
    grade = grade_of(delta, error, p, level)
    return BiasItem(
        code, people, odds, delta, error, chi_square, p, size_of(delta), grade, _sentence(odds, grade)
    )


def _variance(a: int, b: int, c: int, d: int) -> float:
    people = a + b + c + d
    return (a + b) * (c + d) * (a + c) * (b + d) / (people * people * (people - 1))


def size_of(delta: float) -> str:
    """Grade by size alone: A below 1, B below 1.5, else C."""
    if abs(delta) < 1:
        return "A"
    return "B" if abs(delta) < 1.5 else "C"


def grade_of(delta: float, error: float, p: float, level: float) -> str:
    """Grade by size and significance, as the NAEP technical documentation states it (read 2026-11-22).

    A: |delta| below 1, or not significantly different from 0. C: |delta| of 1.5 or more and significantly
    above 1 (one-sided at 5 %). B: the rest.
    """
    if abs(delta) < 1 or p >= level:
        return "A"
    return "C" if abs(delta) >= 1.5 and abs(delta) - ONE_SIDED * error > 1 else "B"


def _sentence(odds: float, grade: str) -> str:
    if grade == "A":
        return "Among people of equal total, both groups find this item about equally hard."
    times = odds if odds > 1 else 1 / odds
    group, harder = ("reference", "focal") if odds > 1 else ("focal", "reference")
    extent = "moderately" if grade == "B" else "much"
    return (
        f"Among people of equal total this item is {extent} harder for the {harder} group: the odds of a "
        f"right answer are {times:.1f} times as high in the {group} group. Let people who know both groups "
        "read it."
    )
