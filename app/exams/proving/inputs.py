"""What a list is made of, in the order of candidate ids: sheets, given marks, claims, attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from app.exams import merit

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Exact = int | str | Fraction

# A 64-bit column holds numbers below this with room for one addition.
LIMIT = 2**62


class NotProvable(ValueError):
    """Say in a sentence which part of a rulebook the second computation does not know."""


@dataclass(frozen=True)
class Sheets:
    """The answer sheets of one component.

    `answers` holds for each item code a column of places in `options`; place 0 is no answer. `series` names
    each person's booklet series, "" for the key's own order; empty where there is only that.
    """

    ids: tuple[str, ...]
    options: tuple[str, ...]
    answers: Mapping[str, npt.NDArray[Any]]
    series: tuple[str, ...] = ()

    @classmethod
    def from_rows(
        cls,
        ids: Iterable[str],
        codes: Sequence[str],
        rows: Iterable[Sequence[str | None]],
        *,
        blank: Iterable[str] = ("",),
        series: Iterable[str] = (),
    ) -> Sheets:
        """Read a row of texts for each person, in the order of `codes`."""
        nothing = {None, *blank}
        places: dict[str | None, int] = dict.fromkeys(nothing, 0)
        options = [""]
        sheets = [list(row) for row in rows]
        for text in dict.fromkeys(text for sheet in sheets for text in sheet):
            if text is not None and text not in nothing:
                places[text] = len(options)
                options.append(text)
        columns = zip(*sheets, strict=True) if sheets else ([] for _ in codes)
        answers = {
            code: np.fromiter((places[text] for text in column), dtype=np.int16)
            for code, column in zip(codes, columns, strict=True)
        }
        return cls(tuple(ids), tuple(options), answers, tuple(series))

    @classmethod
    def from_responses(cls, responses: merit.Responses) -> Sheets:
        """Take over sheets that are already in columns."""
        columns = dict(zip(responses.item_codes, responses.answers, strict=True))
        return cls(tuple(responses.candidate_ids.tolist()), responses.options, columns, responses.series)


@dataclass(frozen=True)
class Column:
    """Marks in the order of candidate ids, in units of 1/denominator."""

    numerators: Numbers
    denominator: int


@dataclass(frozen=True)
class Given:
    """Marks from outside: whole numbers in units of 1/`denominator`, 0 for who was absent."""

    numerators: Numbers
    denominator: int
    absent: Flags


@dataclass(frozen=True)
class Case:
    """Everything that a list is made of; columns stand in the order of `ids`, which rise by code point."""

    rulebook: merit.Rulebook
    list_id: str
    seed: str
    facts: Mapping[str, Any]
    ids: tuple[str, ...]
    sheets: Mapping[str, Sheets]
    keys: Mapping[str, merit.Key]
    given: Mapping[str, Given]
    maxima: Mapping[str, Fraction]
    key_digests: Mapping[str, str]
    claims: Mapping[str, Flags]
    attributes: Mapping[str, Sequence[Any]]

    @cached_property
    def place(self) -> dict[str, int]:
        """Map each candidate id to its row."""
        return {candidate: row for row, candidate in enumerate(self.ids)}

    @cached_property
    def absent(self) -> dict[str, Flags]:
        """Tell for each component who was absent from it."""
        found = {}
        for name, sheets in self.sheets.items():
            found[name] = np.ones(len(self.ids), dtype=bool)
            found[name][[self.place[candidate] for candidate in sheets.ids]] = False
        return found | {name: given.absent for name, given in self.given.items()}


Marks = Mapping[str, Mapping[str, Exact | None]]


def gather(
    rulebook: merit.Rulebook,
    sheets: Mapping[str, Sheets],
    keys: Mapping[str, merit.Key],
    marks: Marks,
    *,
    claims: Mapping[str, Iterable[str]],
    attributes: Mapping[str, Mapping[str, Any]],
    facts: Mapping[str, Any],
    maxima: Mapping[str, Exact],
    key_digests: Mapping[str, str],
    list_id: str,
    seed: str,
) -> Case:
    """Bring all inputs to rows of the same people; whoever has a sheet or a mark is one of them."""
    if sheets.keys() != keys.keys():
        raise NotProvable("There must be one key for each set of answer sheets.")
    people: set[str] = set()
    for sheet in sheets.values():
        if len(set(sheet.ids)) != len(sheet.ids):
            raise NotProvable("Somebody has two answer sheets for one component.")
        people.update(sheet.ids)
    for column in marks.values():
        people.update(column)
    ids = tuple(sorted(people))
    place = {candidate: row for row, candidate in enumerate(ids)}
    return Case(
        rulebook,
        list_id,
        seed,
        dict(facts),
        ids,
        dict(sheets),
        dict(keys),
        {name: _given(column, ids) for name, column in marks.items()},
        {name: Fraction(value) for name, value in maxima.items()},
        {name: key.digest for name, key in keys.items()} | dict(key_digests),
        _claims(claims, place),
        _attributes(attributes, place),
    )


def _given(column: Mapping[str, Exact | None], ids: Sequence[str]) -> Given:
    found = [column.get(candidate) for candidate in ids]
    exact = [Fraction(0 if mark is None else mark) for mark in found]
    denominator = lcm(1, *{mark.denominator for mark in exact})
    numerators = [mark.numerator * (denominator // mark.denominator) for mark in exact]
    if any(abs(numerator) >= LIMIT for numerator in numerators):
        raise NotProvable("The given marks are too fine for 62 bits.")
    absent = np.array([mark is None for mark in found], dtype=bool)
    return Given(np.array(numerators, dtype=np.int64), denominator, absent)


def _claims(claims: Mapping[str, Iterable[str]], place: Mapping[str, int]) -> dict[str, Flags]:
    columns: dict[str, Flags] = {}
    for candidate, held in claims.items():
        for claim in held:
            if claim not in columns:
                columns[claim] = np.zeros(len(place), dtype=bool)
            columns[claim][_row(candidate, place)] = True
    return columns


def _attributes(
    attributes: Mapping[str, Mapping[str, Any]], place: Mapping[str, int]
) -> dict[str, Sequence[Any]]:
    columns: dict[str, list[Any]] = {}
    for candidate, values in attributes.items():
        for name, value in values.items():
            if name not in columns:
                columns[name] = [None] * len(place)
            columns[name][_row(candidate, place)] = value
    return dict(columns)


def _row(candidate: str, place: Mapping[str, int]) -> int:
    if candidate not in place:
        raise NotProvable(f"{candidate} has a claim or an attribute and neither sheet nor mark.")
    return place[candidate]
