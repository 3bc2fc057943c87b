"""What decides about publication: a list is published only when a second computation gives it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from app.exams import merit
from app.exams.proving.inputs import NotProvable, Sheets
from app.exams.proving.proof import prove
from app.platform.errors import Conflict


class Stored(Protocol):
    """What a list was made of, as it was read from the database."""

    @property
    def book(self) -> merit.Rulebook: ...

    @property
    def list_id(self) -> str: ...

    def answers_for(self, key: merit.Key) -> merit.Responses: ...

    @property
    def claims(self) -> Mapping[str, Sequence[str]]: ...

    @property
    def attributes(self) -> Mapping[str, Mapping[str, Any]]: ...

    @property
    def facts(self) -> Mapping[str, Any]: ...

    @property
    def marks(self) -> Mapping[str, Mapping[str, Fraction | None]]: ...


@dataclass(frozen=True, slots=True)
class Second:
    """What the second computation gave: the digest of its list, or why there is none."""

    digest: str | None
    why_not: str | None

    def details(self) -> dict[str, str]:
        """Give what the audit trail keeps."""
        if self.digest is None:
            return {"not_proved": self.why_not or ""}
        return {"second_digest": self.digest}


def demand_agreement(stored: Stored, key: merit.Key | None, merit_list: merit.MeritList) -> Second:
    """Compute a list a second time; Conflict where it comes out otherwise, naming the first difference.

    Without a key there are no sheets: everything is made of the given marks.
    A rulebook that the second computation does not know is no reason against the list, and is told.
    """
    try:
        proof = prove(
            stored.book,
            Sheets.from_responses(stored.answers_for(key)) if key else None,
            key,
            stored.claims,
            stored.facts,
            merit_list.seed,
            list_id=stored.list_id,
            attributes=stored.attributes,
            marks=stored.marks,
        )
    except NotProvable as refusal:
        return Second(None, str(refusal))
    if proof.digest != merit_list.digest:
        raise Conflict(
            "A second, independent computation of this list came out otherwise. Nothing was published. "
            f"{proof.first_difference(merit_list)} Call the auditor."
        )
    return Second(proof.digest, None)
