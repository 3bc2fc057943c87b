"""Answers together with what each of them earns, ready to be counted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import lcm

import numpy as np

from app.exams.merit.errors import InputError
from app.exams.merit.exact import Integers
from app.exams.merit.items import PLAIN, Item, Key
from app.exams.merit.responses import Answers, Responses, Texts
from app.exams.merit.scoring import Scores

# People are added up in blocks of this many, so that a block's columns stay in the processor's cache.
BLOCK = 131_072
# An 8-bit counter overflows after this many answers.
COUNTER = 255


@dataclass(frozen=True)
class Sheets:
    """Answers, what they earn and the totals.

    `answers`, shape (items, people), index into `options`, where 0 is a blank. `marks`, shape (items,
    options), and `totals`, shape (people,), are int64 in units of 1/`denominator`. `multiple` holds the
    options that stand for more than one mark on the paper.
    """

    item_codes: tuple[str, ...]
    options: tuple[str, ...]
    answers: Answers
    marks: Integers
    totals: Integers
    denominator: int = 1
    multiple: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        items, people = self.answers.shape
        if not items or not people:
            raise InputError("answer sheets", "there must be at least one item and one person.")
        if len(self.item_codes) != items:
            raise InputError("answer sheets", f"there are {len(self.item_codes)} codes for {items} items.")
        if self.marks.shape != (items, len(self.options)) or self.totals.shape != (people,):
            raise InputError("answer sheets", "marks and totals do not fit the answers.")
        if int(self.answers.max()) >= len(self.options):
            raise InputError("answer sheets", f"an answer is none of the {len(self.options)} options.")

    @property
    def people(self) -> int:
        """Count the people."""
        return int(self.totals.shape[0])

    def earned(self, positions: Collection[int]) -> Integers:
        """Add up what each person earned with some items, shape (people,), in units of 1/`denominator`."""
        return _added(self.marks, self.answers, positions)


def of_key(
    key: Key, responses: Responses, *, series: str | None = None, multiple: Collection[str] = ()
) -> Sheets:
    """Count right answers: 1 for an answer that earns the most its item can give, 0 for any other.

    Penalties and weights are left out, as classical item analysis does; a neutralised item earns nobody
    anything. For the marks that decide, take `of_scores`. `series` keeps the people of one booklet series.
    """
    items, turned, _ = _of_series(key, responses, series)
    table = np.zeros((len(items), len(turned.options)), dtype=np.int64)
    for row, item in enumerate(items):
        marks = [item.mark(answer, PLAIN) for answer in (None, *turned.options[1:])]
        most = max(marks)
        table[row] = [mark == most > 0 for mark in marks]
    return _counted(turned, table, multiple)


def of_scores(scores: Scores, *, series: str | None = None, multiple: Collection[str] = ()) -> Sheets:
    """Take the marks that decide, with penalties and redistribution, before scaling to a declared maximum."""
    items, turned, counted = _of_series(scores.key, scores.responses, series)
    growth = scores.growth(counted)
    answers = (None, *turned.options[1:])
    marks = [
        [item.mark(answer, scores.rules.scheme_of(item)) * growth[item.section] for answer in answers]
        for item in items
    ]
    common = lcm(*(mark.denominator for row in marks for mark in row))
    table = np.array([[int(mark * common) for mark in row] for row in marks], dtype=np.int64)
    return _counted(turned, table, multiple, common)


def of_marks(item_codes: Sequence[str], rows: Iterable[Sequence[int | None]]) -> Sheets:
    """Take a row of whole marks from 0 up for each person; None is no answer, which earns 0."""
    checked: list[list[str | None]] = []
    for row in rows:
        person = str(len(checked) + 1)
        for code, mark in zip(item_codes, row, strict=False):
            if mark is not None and (isinstance(mark, bool) or not isinstance(mark, int) or mark < 0):
                raise InputError("marks", f"{mark!r} is no whole mark from 0 up.", row=person, column=code)
        checked.append([None if mark is None else str(mark) for mark in row])
    people = [str(person) for person in range(1, len(checked) + 1)]
    responses = Responses.from_rows(people, item_codes, checked)
    earned = [0, *(int(option) for option in responses.options[1:])]
    return _counted(responses, np.tile(np.array(earned, dtype=np.int64), (len(item_codes), 1)))


def _counted(
    responses: Responses, table: Integers, multiple: Collection[str] = (), denominator: int = 1
) -> Sheets:
    unknown = sorted(set(multiple) - set(responses.options))
    if unknown:
        raise InputError("answer sheets", f"no sheet has the answer {unknown[0]!r} for several marks.")
    codes, options, answers = responses.item_codes, responses.options, responses.answers
    totals = _added(table, answers, range(len(codes)))
    return Sheets(codes, options, answers, table, totals, denominator, frozenset(multiple))


def _added(marks: Integers, answers: Answers, positions: Iterable[int]) -> Integers:
    """Add up marks: a base that everybody gets and, for each addition, how many answers earn it."""
    base, earning = 0, defaultdict[int, list[tuple[int, int]]](list)
    for position in positions:
        row = marks[position].tolist()
        usual = max(row, key=row.count)
        base += usual
        for option, mark in enumerate(row):
            if mark != usual:
                earning[mark - usual].append((position, option))
    totals = np.full(answers.shape[1], base, dtype=np.int64)
    for start in range(0, len(totals), BLOCK):
        block = totals[start : start + BLOCK]
        for addition, pairs in earning.items():
            for first in range(0, len(pairs), COUNTER):
                counter = np.zeros(len(block), dtype=np.uint8)
                for position, option in pairs[first : first + COUNTER]:
                    counter += answers[position, start : start + BLOCK] == option
                block += counter * np.int64(addition)
    return totals


def _of_series(key: Key, responses: Responses, series: str | None) -> tuple[list[Item], Responses, str]:
    """Find the items that count, the answers of one series or of all in one order of items, and the series
    whose items they are.
    """
    missing = sorted(set(key.by_code) ^ set(responses.item_codes))
    if missing:
        where = "the answer sheets" if missing[0] in key.by_code else "the key"
        raise InputError("answer sheets", f"the item is missing from {where}.", column=missing[0])
    sat = np.array(responses.series or [""] * len(responses), dtype=np.str_)
    used = sorted(set(sat.tolist())) if series is None else [series]
    unknown = sorted(set(used) - set(key.series) - {""})
    if unknown:
        raise InputError("answer sheets", f"the key has no booklet series {unknown[0]!r}.")
    own = [name for name in used if name and key.series[name].items]
    if own and len(used) > 1:
        text = f"booklet series {own[0]!r} has items of its own; analyse each series by itself."
        raise InputError("answer sheets", text)
    if not any(responses.series):
        return [key.by_code[code] for code in responses.item_codes], responses, ""
    return list(key.items_for(used[0])), _turned(key, responses, sat, used), used[0]


def _turned(key: Key, responses: Responses, sat: Texts, used: list[str]) -> Responses:
    """Keep the people of some series and turn their answers into the key's own order of items."""
    kept = np.flatnonzero(np.isin(sat, used))
    codes = tuple(item.code for item in key.items)
    answers = np.empty((len(codes), len(kept)), dtype=responses.answers.dtype)
    rows = {code: row for row, code in enumerate(responses.item_codes)}
    for name in used:
        shown = {item.code: rows[printed] for printed, item in key.printed(name).items()}
        mine = np.flatnonzero(sat[kept] == name)
        for position, code in enumerate(codes):
            answers[position, mine] = responses.answers[shown[code], kept[mine]]
    return Responses(responses.candidate_ids[kept], codes, responses.options, answers)
