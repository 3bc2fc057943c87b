"""Under what law personnel actions are taken, read from the cited list beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.personnel.actions.states import ActionKind

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Authority:
    """A legal authority: its short code, what it is for, where it is laid down; days at a time, or 0.

    An act rests on one that is `by_case` only where it carries out a decided case; on one that
    `needs_paper` only with what the employee signed.
    """

    code: str
    kinds: tuple[ActionKind, ...]
    text: str
    citation: str
    most_days: int
    by_case: bool = False
    needs_paper: bool = False


@cache
def load() -> dict[str, Authority]:
    """Read the list, by code."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["authority"]
    return {
        row["code"]: Authority(
            row["code"],
            tuple(ActionKind(kind) for kind in row["kinds"]),
            row["text"],
            row["citation"],
            row.get("most_days", 0),
            row.get("by_case", False),
            row.get("needs_paper", False),
        )
        for row in rows
    }


def list_for(kind: ActionKind) -> list[Authority]:
    """List the authorities that an action of a kind, as an officer proposes it, may rest on."""
    return [one for one in load().values() if kind in one.kinds and not one.by_case]


def list_by_case(kind: ActionKind) -> list[Authority]:
    """List the authorities that an action of a kind rests on only where it carries out a decided case."""
    return [one for one in load().values() if kind in one.kinds and one.by_case]
