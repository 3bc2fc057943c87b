"""What the files of a request hold, and the list that the merit core makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from app.exams import merit, proving
from app.exams.merit_commands.requests import Request

# What stands for the seed where none was drawn yet; nobody can take such a list for a drawn one.
REHEARSAL = "a rehearsal, without a public seed"


@dataclass
class Material:
    """What was read: keys and sheets by component, and columns in the order of `ids`.

    `marks` are given ones, None for absent; `claims` stand by candidate. `notes` say to a person what was
    assumed.
    """

    request: Request
    book: merit.Rulebook
    text: str
    ids: list[str] = field(default_factory=list)
    keys: dict[str, merit.Key] = field(default_factory=dict)
    responses: dict[str, merit.Responses] = field(default_factory=dict)
    marks: dict[str, list[Fraction | None]] = field(default_factory=dict)
    claims: dict[str, list[str]] = field(default_factory=dict)
    attributes: dict[str, list[Any]] = field(default_factory=dict)
    groups: list[str | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def seed(self) -> str:
        """Give the public seed, or one that says that there is none."""
        return self.request.seed or (REHEARSAL if self.book.order.needs_seed else "")

    @cached_property
    def place(self) -> dict[str, int]:
        """Map each candidate to the place in `ids`."""
        return {candidate: place for place, candidate in enumerate(self.ids)}

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
            self._candidates(),
            list_id=self.request.list_id,
            seed=self.seed,
            facts=dict(self.request.facts),
        )

    def proof(self) -> proving.Proof:
        """Make the list a second time, by other code; NotProvable where the rulebook is not known to it."""
        described = zip(*self.attributes.values(), strict=True) if self.attributes else ()
        return proving.prove(
            self.book,
            self.responses,
            self.keys,
            self.claims,
            self.request.facts,
            self.seed,
            list_id=self.request.list_id,
            attributes={
                candidate: dict(zip(self.attributes, values, strict=True))
                for candidate, values in zip(self.ids, described, strict=False)
            },
            marks={name: dict(zip(self.ids, column, strict=True)) for name, column in self.marks.items()},
        )

    def _candidates(self) -> merit.Candidates:
        """Make the table of candidates: everybody of the answers, with whatever else is known of them."""
        marks: dict[str, merit.Marks] = {}
        absent = {}
        for name, score in self.scores.items():
            marks[name] = score.marks
            marks |= {f"{name}.{section}": part for section, part in score.sections.items() if section}
            absent[name] = np.zeros(len(self.ids), dtype=bool)
        for name, column in self.marks.items():
            marks[name] = merit.Marks.of(0 if mark is None else mark for mark in column)
            absent[name] = np.array([mark is None for mark in column], dtype=bool)
        claims: dict[str, Any] = {}
        for candidate, held in self.claims.items():
            for claim in held:
                if claim not in claims:
                    claims[claim] = np.zeros(len(self.ids), dtype=bool)
                claims[claim][self.place[candidate]] = True
        return merit.Candidates(
            np.array(self.ids, dtype=np.str_),
            marks,
            claims,
            self.attributes,
            absent,
            {name: score.maximum for name, score in self.scores.items()},
            {name: score.key_digest for name, score in self.scores.items()},
        )
