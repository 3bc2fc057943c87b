"""The table of candidates that a merit list is made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from app.exams.merit import packing
from app.exams.merit.columns import Coded, Picked
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Flags, Integers, Marks, digest, plain
from app.exams.merit.responses import Texts, sorted_rows, texts
from app.exams.merit.scoring import Scores

Attribute = date | int | str | Fraction | None


@dataclass(frozen=True)
class Candidates:
    """Columns over the same candidates, in any order.

    `marks` holds a column for each component, and "component.section" for a section used as gate or tie key.
    `absent` tells who did not sit a component. `claims` holds verified preference claims only. `attributes`
    are dates, whole numbers, exact fractions or texts for tie keys and categories; None stands last.
    `maxima` gives the maximum of a component where it follows from a key.
    """

    ids: Texts
    marks: Mapping[str, Marks]
    claims: Mapping[str, Flags] = field(default_factory=dict)
    attributes: Mapping[str, Sequence[Attribute]] = field(default_factory=dict)
    absent: Mapping[str, Flags] = field(default_factory=dict)
    maxima: Mapping[str, Fraction] = field(default_factory=dict)
    key_digests: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", texts(self.ids, "candidates", "candidate id"))
        columns: dict[str, Any] = {**self.marks, **self.claims, **self.attributes, **self.absent}
        for name, column in columns.items():
            if len(column) != len(self.ids):
                raise InputError(
                    "candidates", f"it has {len(column)} values for {len(self.ids)} people.", column=name
                )

    @classmethod
    def of(
        cls,
        rows: Iterable[Mapping[str, Any]],
        *,
        maxima: Mapping[str, Fraction | int | str] | None = None,
        key_digests: Mapping[str, str] | None = None,
    ) -> "Candidates":
        """Make the table from one mapping a person.

        {"id": text, "marks": {component: exact number, or None when absent}, "claims": [claim, ...],
        "attributes": {name: date, int, text, Fraction or None}}; only "id" is needed in each row.
        """
        people = list(rows)
        named = list(dict.fromkeys(name for person in people for name in person.get("marks", {})))
        claimed = list(dict.fromkeys(claim for person in people for claim in person.get("claims", ())))
        described = list(dict.fromkeys(name for person in people for name in person.get("attributes", {})))
        values = {name: [person.get("marks", {}).get(name) for person in people] for name in named}
        return cls(
            ids=texts([person["id"] for person in people], "candidates", "candidate id"),
            marks={
                name: Marks.of(0 if value is None else value for value in column)
                for name, column in values.items()
            },
            claims={
                claim: np.array([claim in person.get("claims", ()) for person in people], dtype=bool)
                for claim in claimed
            },
            attributes={
                name: [person.get("attributes", {}).get(name) for person in people] for name in described
            },
            absent={name: np.array([value is None for value in column]) for name, column in values.items()},
            maxima={name: Fraction(value) for name, value in (maxima or {}).items()},
            key_digests=dict(key_digests or {}),
        )

    @classmethod
    def from_scores(
        cls,
        *scores: Scores,
        claims: Mapping[str, Iterable[str]] | None = None,
        attributes: Mapping[str, Mapping[str, Attribute]] | None = None,
    ) -> "Candidates":
        """Join scores by candidate id; `claims` and `attributes` are by candidate id too.

        A person missing from one component's scores is absent from it. A claim or attribute of somebody
        without any score is refused.
        """
        ids, rows_of = together([score.candidate_ids for score in scores])
        marks: dict[str, Marks] = {}
        absent: dict[str, Flags] = {}
        for score, rows in zip(scores, rows_of, strict=True):
            missing = np.ones(len(ids), dtype=bool)
            missing[rows] = False
            absent[score.component] = missing
            named = {score.component: score.marks}
            named |= {f"{score.component}.{name}": part for name, part in score.sections.items() if name}
            for name, part in named.items():
                column = np.zeros(len(ids), dtype=np.int64)
                column[rows] = part.numerators
                marks[name] = Marks(column, part.denominator)
        place = {candidate: row for row, candidate in enumerate(ids.tolist())}
        return cls(
            ids,
            marks,
            _flags(claims or {}, place),
            _described(attributes or {}, place),
            absent,
            {score.component: score.maximum for score in scores},
            {score.component: score.key_digest for score in scores},
        )

    def __len__(self) -> int:
        return len(self.ids)

    def claim(self, name: str) -> Flags:
        """Tell who holds a claim."""
        return self.claims.get(name, np.zeros(len(self), dtype=bool))

    @cached_property
    def digest(self) -> str:
        """Give the SHA-256 of all columns; the order of people, columns and denominators does not count."""
        return digest(self.content)

    @property
    def content(self) -> dict[str, Any]:
        """Give all columns as plain data in one form, by id; true and false as the rows that are true."""
        order, _ = sorted_rows(self.ids)
        return {
            "ids": Picked(self.ids, order),
            "marks": {name: marks.take(order).reduced() for name, marks in self.marks.items()},
            "claims": {name: np.flatnonzero(flags[order]) for name, flags in self.claims.items()},
            "absent": {name: np.flatnonzero(flags[order]) for name, flags in self.absent.items()},
            "attributes": {
                name: column.take(order) if isinstance(column, Coded) else _picked(column, order)
                for name, column in self.attributes.items()
            },
            "maxima": {name: plain(value) for name, value in self.maxima.items()},
        }


def _picked(column: Sequence[Attribute], order: Integers) -> list[Attribute]:
    return [column[row] for row in order.tolist()]


def together(columns: Sequence[Texts]) -> tuple[Texts, list[Integers]]:
    """Give every id once, and for each column the rows of its ids."""
    if len(columns) == 1:
        return columns[0], [np.arange(len(columns[0]))]
    joined = np.concatenate(columns)
    places, new = packing.order(packing.text_words(joined), len(joined))
    rows = np.empty(len(joined), dtype=np.int64)
    rows[places] = np.cumsum(new) - 1
    ends = np.cumsum([len(column) for column in columns])
    return joined[places[new]], np.split(rows, ends[:-1])


def _flags(claims: Mapping[str, Iterable[str]], place: Mapping[str, int]) -> dict[str, Flags]:
    flags: dict[str, Flags] = {}
    for candidate, held in claims.items():
        if candidate not in place:
            raise InputError("claims", "there is no such candidate.", row=candidate)
        for claim in held:
            if claim not in flags:
                flags[claim] = np.zeros(len(place), dtype=bool)
            flags[claim][place[candidate]] = True
    return flags


def _described(
    attributes: Mapping[str, Mapping[str, Attribute]], place: Mapping[str, int]
) -> dict[str, Sequence[Attribute]]:
    columns: dict[str, list[Attribute]] = {}
    for candidate, values in attributes.items():
        if candidate not in place:
            raise InputError("attributes", "there is no such candidate.", row=candidate)
        for name, value in values.items():
            if name not in columns:
                columns[name] = [None] * len(place)
            columns[name][place[candidate]] = value
    return dict(columns)
