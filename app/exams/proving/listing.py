"""The whole way of a list inside one engine: load, mark, compose, prefer, put in order, read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from app.exams.proving import banding, ordering
from app.exams.proving.capping import deny
from app.exams.proving.composing import Composed, Sources
from app.exams.proving.engines import Engine
from app.exams.proving.inputs import Case, Column, NotProvable, Numbers, Sheets
from app.exams.proving.marking import mark
from app.exams.proving.preferring import Facts, Preferred, prefer, with_points
from app.exams.proving.worksheet import Amount, Expression, Worksheet, flag, whole

if TYPE_CHECKING:
    from app.exams.merit.ordering import OrderKey


@dataclass(frozen=True)
class Listed:
    """What came out: `order` holds rows in list order, those who passed first; `marks` what went in."""

    order: Numbers
    ranks: Numbers
    numerators: Numbers
    denominator: int
    marks: dict[str, Column]
    maxima: dict[str, Fraction]


@dataclass
class Loading:
    """Columns to load, under names that every engine accepts, and what each of them means."""

    columns: dict[str, pa.Array] = field(default_factory=dict)

    def put(self, values: Any, kind: Any = None) -> str:
        """Take a column and give its name."""
        name = f"c{len(self.columns)}"
        self.columns[name] = pa.array(values, kind)
        return name


def make(case: Case, engine: Engine) -> Listed:
    """Make the list of a case."""
    return _List(case, engine).listed()


class _List:
    """One computation; each step adds columns to the worksheet."""

    def __init__(self, case: Case, engine: Engine) -> None:
        self.case, self.rulebook = case, case.rulebook
        loading = Loading()
        self.row = loading.put(np.arange(len(case.ids), dtype=np.int64))
        self.items = {name: self._put_sheets(loading, sheets) for name, sheets in case.sheets.items()}
        self.given = {name: loading.put(given.numerators) for name, given in case.given.items()}
        self.absences = {
            name: loading.put(absent) for name, absent in self.case.absent.items() if bool(absent.any())
        }
        self.claims = {name: _[loading.put(held)] for name, held in case.claims.items()}
        self.described = {name: self._put_attribute(loading, name) for name in self._needed()}
        self.sessions = dict(self._put_sessions(loading))
        self.lots = self._put_lots(loading)
        self.band = self._put_band(loading)
        self.sheet = Worksheet(engine, pa.table(loading.columns))

    def _put_sheets(self, loading: Loading, sheets: Sheets) -> tuple[dict[str, str], str]:
        """Load answers by item code, and the number of the series; absent people have no answer."""
        place = self.case.place
        rows = np.array([place[candidate] for candidate in sheets.ids], dtype=np.int64)
        small = pa.int8() if len(sheets.options) < 128 else pa.int16()
        names = {}
        for code, answers in sheets.answers.items():
            column = np.zeros(len(place), dtype=np.int16)
            column[rows] = answers
            names[code] = loading.put(column, small)
        series = ""
        if any(sheets.series):
            numbers = {name: number for number, name in enumerate(sorted(set(sheets.series)))}
            sat = np.zeros(len(place), dtype=np.int16)
            sat[rows] = [numbers[name] for name in sheets.series]
            series = loading.put(sat)
        return names, series

    def _needed(self) -> list[str]:
        """List the attributes that order or points go by."""
        keys = [key.by.partition(".") for key in self.rulebook.order.keys]
        needed = [rest for head, _dot, rest in keys if head == "attribute"]
        return list(dict.fromkeys(needed + [rule.by for rule in self.rulebook.preferences.rules if rule.by]))

    def _attribute(self, name: str) -> Sequence[Any]:
        if name not in self.case.attributes:
            raise NotProvable(f"The rulebook needs {name} of each person, and nobody has it.")
        return self.case.attributes[name]

    def _put_attribute(self, loading: Loading, name: str) -> tuple[str, str, Amount]:
        """Load an attribute as whole numbers, 0 where it is missing, and beside it where it is."""
        found, denominator = ordering.numbers(self._attribute(name), name)
        column = loading.put([number or 0 for number in found], pa.int64())
        missing = loading.put([int(number is None) for number in found], pa.int8())
        reach = max((abs(number) for number in found if number is not None), default=0)
        return column, missing, Amount(_[column], denominator, reach)

    def _put_sessions(self, loading: Loading) -> Any:
        for part in self.rulebook.components:
            if part.normalise and part.normalise.by:
                texts = [str(value) for value in self._attribute(part.normalise.by)]
                names = dict(enumerate(sorted(set(texts))))
                codes = {text: code for code, text in names.items()}
                column = loading.put([codes[text] for text in texts], pa.int64())
                yield part.normalise.by, (_[column], names)

    def _put_lots(self, loading: Loading) -> list[str]:
        if all(key.by != "draw" for key in self.rulebook.order.keys):
            return []
        if not self.case.seed:
            raise NotProvable("The rulebook breaks ties by a draw, and there is no seed.")
        return [loading.put(lot) for lot in ordering.lots(self.case.seed, self.case.list_id, self.case.ids)]

    def _put_band(self, loading: Loading) -> str:
        bands = self.rulebook.bands
        if bands is None or not bands.by.startswith("attribute."):
            return ""
        values = self._attribute(bands.by.removeprefix("attribute."))
        return loading.put(banding.by_name(bands, values), pa.int64())

    def listed(self) -> Listed:
        """Compute every stage and read the list."""
        sources = self._sources()
        composed = Composed(self.sheet, sources, self.rulebook, self.case.facts)
        earned = total = composed.total()
        rules = self.rulebook.total
        if rules.decision:
            earned = self.sheet.rounded(total, rules.decision.places, rules.decision.mode)
        numbers = {name: amount for name, (_column, _missing, amount) in self.described.items()}
        facts = Facts(earned, composed.highest, self.case.facts, numbers)
        preferences = self.rulebook.preferences
        if rules.minimum is not None:
            early = prefer(self.sheet, preferences, sources, facts, None)
            judged = earned if rules.gate == "after" else total
            composed.gates.append(composed.meets(rules.minimum, judged.plus(early.points)))
        passing = self.sheet.add(composed.passing())
        preferred = prefer(self.sheet, preferences, sources, facts, passing)
        final = with_points(self.sheet, preferences, earned, preferred.points)
        if preferences.cap is not None:
            denied = deny(self.sheet, preferences.cap, earned, final, passing, self.case.facts)
            preferred = replace(preferred, points=self.sheet.store(preferred.points.only(~denied)))
            final = with_points(self.sheet, preferences, earned, preferred.points)
        category, passing = self._category(final, earned, preferred, passing)
        exact = total.plus(preferred.points)
        known = {
            "total": final.value,
            "earned": earned.value,
            "exact": exact.value,
            "tier": preferred.tier,
            "preference": ibis.ifelse(preferred.eligible, whole(1), whole(0)),
            "category": category,
        }
        keys: list[tuple[Expression, bool]] = []
        for key in self.rulebook.order.keys:
            keys += [(expression, key.splits) for expression in self._key(key, known, composed)]
        return self._read(keys, passing, final, sources)

    def _sources(self) -> Sources:
        """Give what components begin with; answer sheets are marked here."""
        absent = {name: _[column] for name, column in self.absences.items()}
        marks, maxima = {}, dict(self.case.maxima)
        for name, given in self.case.given.items():
            reach = int(np.abs(given.numerators).max(initial=0))
            marks[name] = Amount(_[self.given[name]], given.denominator, reach)
        for name, sheets in self.case.sheets.items():
            columns, series = self.items[name]
            away = absent.get(name, flag(False))
            key = self.case.keys[name]
            marked = mark(self.sheet, name, self.rulebook, key, sheets, columns, series, away)
            marks[name], maxima[name] = marked.total, marked.maximum
            marks |= {f"{name}.{section}": own for section, own in marked.sections.items() if section}
        lacking = [
            p.title
            for p in self.rulebook.components
            if (p.marks_of or p.name) not in marks and p.kind != "composite"
        ]
        if lacking:
            raise NotProvable(f"There are no marks of {lacking[0]!r}.")
        return Sources(marks, absent, self.claims, self.sessions, maxima)

    def _category(
        self, final: Amount, earned: Amount, preferred: Preferred, passing: Expression
    ) -> tuple[Expression, Expression]:
        """Give everybody a category, and tell who is still passing."""
        bands = self.rulebook.bands
        if bands is None:
            return whole(0), passing
        if bands.by == "sed":
            return banding.by_error(self.sheet, bands, final, self.case.facts), passing
        place = (
            _[self.band]
            if self.band
            else banding.by_mark(self.sheet, bands, earned if bands.by == "earned" else final)
        )
        inside = place < whole(len(bands.categories))
        lifted = self.sheet.add(ibis.ifelse(preferred.floats & inside, whole(0), place))
        return lifted, self.sheet.add(passing & inside)

    def _key(self, key: OrderKey, known: dict[str, Expression], composed: Composed) -> list[Expression]:
        """Give the columns that one key of the order stands for."""
        head, _dot, rest = key.by.partition(".")
        if key.by == "draw":
            return [_[lot].asc() for lot in self.lots]
        if head == "attribute":
            column, missing, _amount = self.described[rest]
            return [_[missing].asc(), ordering.directed(_[column], key)]
        if head == "claim":
            return [ordering.directed(ibis.ifelse(composed.sources.holds(rest), whole(1), whole(0)), key)]
        if head == "component":
            return [ordering.directed(composed.values[rest].value, key)]
        if head == "section":
            return [ordering.directed(composed.sources.marks[rest].value, key)]
        if key.by not in known:
            raise NotProvable(f"The second computation cannot put people in order by {key.by!r}.")
        return [ordering.directed(known[key.by], key)]

    def _read(
        self, keys: list[tuple[Expression, bool]], passing: Expression, final: Amount, sources: Sources
    ) -> Listed:
        """Fetch the list and, beside it, the marks that went in."""
        self.sheet.settle()
        people = self.sheet.table.filter(passing)
        ranked = ordering.ranks(people, keys, self.row, self.rulebook.order.numbering)
        best = self.sheet.read(ranked.select(row=_[self.row], rank=_.rank, unit=final.value, place=_.place))
        shown = {f"m{number}": amount.value for number, amount in enumerate(sources.marks.values())}
        rows = self.sheet.read(
            self.sheet.table.select(row=_[self.row], passed=passing, **shown).order_by("row")
        )
        passed = rows["passed"].to_numpy()
        others = rows["row"].to_numpy()[~passed]
        marks = {
            name: Column(rows[f"m{number}"].to_numpy(), amount.denominator)
            for number, (name, amount) in enumerate(sources.marks.items())
        }
        return Listed(
            np.concatenate([best["row"].to_numpy(), others]),
            best["rank"].to_numpy(),
            best["unit"].to_numpy(),
            final.denominator,
            marks,
            dict(sources.maxima),
        )
