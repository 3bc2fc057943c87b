"""Gates: what other nouns hold against a list, each in a sentence with the page where it is put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that keeps a list from being drafted, approved or published.

    `endpoint` with `values` is the page on which it is put right.
    """

    sentence: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


Gate = Callable[[Session, Examination, dt.datetime], Sequence[Block]]
_gates: dict[str, Gate] = {}


def add(name: str, gate: Gate) -> None:
    """Put up a gate under the name of its noun; gates are asked in the order of their names."""
    if _gates.setdefault(name, gate) is not gate:
        raise RuntimeError(f"Two gates are called {name}.")


def list_blocks(session: Session, examination: Examination, at: dt.datetime) -> list[Block]:
    """Ask every gate what keeps the examination's list at a moment; nothing when all are open."""
    return [block for _, gate in sorted(_gates.items()) for block in gate(session, examination, at)]
