"""What the files of a request hold, and the list that the merit core makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from app.exams import merit
from app.exams.merit.columns import Coded
from app.exams.merit.exact import Flags, Integers
from app.exams.merit.responses import Texts
from app.exams.merit_commands.requests import Request

if TYPE_CHECKING:
    from app.exams import proving

# What stands for the seed where none was drawn yet; nobody can take such a list for a drawn one.
REHEARSAL = "a rehearsal, without a public seed"


@dataclass
class Material:
    """What was read: keys and sheets by component, and columns in the order of `ids`.

    `marks` are given ones, None for absent; `claims` tell for each claim who holds it. `notes` say to a
    person what was assumed.
    """

    request: Request
    book: merit.Rulebook
    text: str
    ids: Texts = field(default_factory=lambda: np.array([], dtype=np.str_))
    keys: dict[str, merit.Key] = field(default_factory=dict)
    responses: dict[str, merit.Responses] = field(default_factory=dict)
    marks: dict[str, Sequence[Fraction | None]] = field(default_factory=dict)
    claims: dict[str, Flags] = field(default_factory=dict)
    attributes: dict[str, Sequence[Any]] = field(default_factory=dict)
    groups: Sequence[str | None] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def seed(self) -> str:
        """Give the public seed, or one that says that there is none."""
        return self.request.seed or (REHEARSAL if self.book.order.needs_seed else "")

    @cached_property
    def place(self) -> dict[str, int]:
        """Map each candidate to the place in `ids`."""
        return {candidate: place for place, candidate in enumerate(self.ids.tolist())}

    def hold(self, claim: str, places: Integers) -> None:
        """Note that people hold a claim."""
        if len(places):
            self.claims.setdefault(claim, np.zeros(len(self.ids), dtype=bool))[places] = True

    @cached_property
    def scores(self) -> dict[str, merit.Scores]:
        """Mark the sheets of each component."""
        return {
            name: merit.score(self.book, key, self.responses[name], component=name)
            for name, key in self.keys.items()
        }

    @cached_property
    def merit_list(self) -> merit.MeritList:
        """Make the list."""
        return merit.rank(
            self.book,
            self.candidates,
            list_id=self.request.list_id,
            seed=self.seed,
            facts=dict(self.request.facts),
        )

    def proof(self) -> proving.Proof:
        """Make the list a second time, by other code; NotProvable where the rulebook is not known to it."""
        from app.exams import proving

        ids = self.ids.tolist()
        described = zip(*self.attributes.values(), strict=True) if self.attributes else ()
        claims: dict[str, list[str]] = {}
        for claim, held in self.claims.items():
            for place in np.flatnonzero(held).tolist():
                claims.setdefault(ids[place], []).append(claim)
        return proving.prove(
            self.book,
            self.responses,
            self.keys,
            claims,
            self.request.facts,
            self.seed,
            list_id=self.request.list_id,
            attributes={
                candidate: dict(zip(self.attributes, values, strict=True))
                for candidate, values in zip(ids, described, strict=False)
            },
            marks={name: dict(zip(ids, column, strict=True)) for name, column in self.marks.items()},
        )

    @cached_property
    def candidates(self) -> merit.Candidates:
        """Make the table of candidates: everybody of the answers, with whatever else is known of them."""
        marks: dict[str, merit.Marks] = {}
        absent = {}
        for name, score in self.scores.items():
            marks[name] = score.marks
            marks |= {f"{name}.{section}": part for section, part in score.sections.items() if section}
            absent[name] = np.zeros(len(self.ids), dtype=bool)
        for name, column in self.marks.items():
            marks[name], absent[name] = _given(column)
        return merit.Candidates(
            self.ids,
            marks,
            self.claims,
            self.attributes,
            absent,
            {name: score.maximum for name, score in self.scores.items()},
            {name: score.key_digest for name, score in self.scores.items()},
        )


def _given(column: Sequence[Fraction | None]) -> tuple[merit.Marks, Flags]:
    """Write given marks over one denominator, and tell who was absent."""
    values = column.values if isinstance(column, Coded) else column
    marks = merit.Marks.of(0 if mark is None else mark for mark in values)
    absent = np.array([mark is None for mark in values], dtype=bool)
    if isinstance(column, Coded):
        return marks.take(column.places), absent[column.places]
    return marks, absent
