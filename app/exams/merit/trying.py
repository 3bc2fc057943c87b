"""Trying rules out: a rulebook with other values, and candidates kept as columns to be ranked again."""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from app.exams.merit import columns, exact
from app.exams.merit.candidates import Attribute, Candidates
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import Flags, Marks
from app.exams.merit.rulebook import Rulebook, from_data

# By what a table of a list is known: the first of these that it has.
NAMES = ("name", "claim", "code", "by", "title")


def adjust(rulebook: Rulebook, changes: Mapping[tuple[str, ...], Any]) -> Rulebook:
    """Give the rulebook with other values, by their path: ("component", "written", "weight"): "50".

    A table of a list is named by its name, claim, code, by or title. None takes a value away. What the rules
    do not allow is refused with the sentences that `load` would say; the digest is that of the new content.
    """
    data = deepcopy(dict(rulebook.data))
    for path, value in changes.items():
        _change(data, path, value)
    return from_data(data, rulebook.name, {(): 1})


def _change(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    place: Any = data
    for part in path[:-1]:
        if value is None and isinstance(place, dict) and part not in place:
            return
        place = _inside(place, part, path)
    if not isinstance(place, dict):
        raise MeritError(f"{'.'.join(path)} is no value of the rulebook.")
    if value is None:
        place.pop(path[-1], None)
    else:
        place[path[-1]] = value


def _inside(place: Any, part: str, path: tuple[str, ...]) -> Any:
    if isinstance(place, dict):
        return place.setdefault(part, {})
    for table in place if isinstance(place, list) else ():
        if isinstance(table, dict) and part == next((table[name] for name in NAMES if name in table), None):
            return table
    raise MeritError(f"The rulebook has no {part!r} for {'.'.join(path)}.")


def pack(candidates: Candidates) -> bytes:
    """Write candidates as bytes, so that they can be ranked again without their answers.

    Equal candidates give equal bytes, in whatever order they stand. Attributes of other kinds than a rulebook
    can put in order are refused.
    """
    kinds = {name: _kind(name, column) for name, column in candidates.attributes.items()}
    whole = {"columns": candidates.content, "kinds": kinds, "keys": dict(candidates.key_digests)}
    return b"".join(columns.json_pieces(whole, exact.canonical))


def unpack(data: bytes) -> Candidates:
    """Read candidates that `pack` wrote; digest and list are the same as before."""
    whole = json.loads(data)
    held, kinds = whole["columns"], whole["kinds"]
    count = len(held["ids"])
    return Candidates(
        ids=np.array(held["ids"], dtype=np.str_),
        marks={
            name: Marks(np.array(column["numerators"], dtype=np.int64), column["denominator"])
            for name, column in held["marks"].items()
        },
        claims={name: _flags(rows, count) for name, rows in held["claims"].items()},
        attributes={name: _values(column, kinds[name]) for name, column in held["attributes"].items()},
        absent={name: _flags(rows, count) for name, rows in held["absent"].items()},
        maxima={name: Fraction(value) for name, value in held["maxima"].items()},
        key_digests=whole["keys"],
    )


def _kind(name: str, column: Sequence[Attribute]) -> str:
    kinds = {type(value) for value in column} - {type(None)}
    if kinds <= {int, Fraction}:
        return "number"
    if kinds not in ({date}, {str}):
        raise InputError("candidates", "it must hold dates, whole numbers, fractions or texts.", column=name)
    return "date" if date in kinds else "text"


def _values(column: list[Any], kind: str) -> list[Attribute]:
    readers: dict[str, Callable[[Any], Attribute]]
    readers = {"date": date.fromisoformat, "number": _number, "text": str}
    known = {value: readers[kind](value) for value in set(column) - {None}}
    return [known.get(value) for value in column]


def _number(value: int | str) -> int | Fraction:
    """Read a number; fractions are written as text."""
    return Fraction(value) if isinstance(value, str) else value


def _flags(rows: list[int], count: int) -> Flags:
    flags = np.zeros(count, dtype=bool)
    flags[rows] = True
    return flags
