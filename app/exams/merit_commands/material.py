"""What the files of a request hold, and the list that the merit core makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from app.exams import merit, proving
from app.exams.merit_commands.requests import Request

# What stands for the seed where none was drawn yet; nobody can take such a list for a drawn one.
REHEARSAL = "a rehearsal, without a public seed"


@dataclass
class Material:
    """What was read: sheets and keys by component, given marks, claims and attributes by candidate.

    `notes` say to a person what was assumed.
    """

    request: Request
    book: merit.Rulebook
    text: str
    keys: dict[str, merit.Key] = field(default_factory=dict)
    responses: dict[str, merit.Responses] = field(default_factory=dict)
    marks: dict[str, dict[str, Fraction | None]] = field(default_factory=dict)
    claims: dict[str, list[str]] = field(default_factory=dict)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def seed(self) -> str:
        """Give the public seed, or one that says that there is none."""
        return self.request.seed or (REHEARSAL if self.book.order.needs_seed else "")

    def people(self) -> set[str]:
        """List everybody who has a sheet or a mark."""
        sheets = [responses.candidate_ids.tolist() for responses in self.responses.values()]
        return {person for column in (*sheets, *self.marks.values()) for person in column}

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
        return proving.prove(
            self.book,
            self.responses,
            self.keys,
            self.claims,
            self.request.facts,
            self.seed,
            list_id=self.request.list_id,
            attributes=self.attributes,
            marks=self.marks,
        )

    def _candidates(self) -> merit.Candidates:
        """Join everything by candidate id; whoever lacks a component was absent from it."""
        scores = list(self.scores.values())
        if not self.marks:
            return merit.Candidates.from_scores(*scores, claims=self.claims, attributes=self.attributes)
        columns: dict[str, Mapping[str, Fraction | None]] = dict(self.marks)
        for score in scores:
            ids = score.candidate_ids.tolist()
            columns[score.component] = dict(zip(ids, score.marks.fractions(), strict=True))
            for name, part in score.sections.items():
                if name:
                    columns[f"{score.component}.{name}"] = dict(zip(ids, part.fractions(), strict=True))
        people = sorted({person for column in columns.values() for person in column})
        return merit.Candidates.of(
            (
                {
                    "id": person,
                    "marks": {name: column.get(person) for name, column in columns.items()},
                    "claims": self.claims.get(person, ()),
                    "attributes": self.attributes.get(person, {}),
                }
                for person in people
            ),
            maxima={score.component: score.maximum for score in scores},
            key_digests={score.component: score.key_digest for score in scores},
        )
