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
    """A legal authority: its short code, what it is for, where it is laid down; days at a time, or 0."""

    code: str
    kinds: tuple[ActionKind, ...]
    text: str
    citation: str
    most_days: int


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
        )
        for row in rows
    }


def list_for(kind: ActionKind) -> list[Authority]:
    """List the authorities that an action of a kind may rest on."""
    return [authority for authority in load().values() if kind in authority.kinds]
