"""Turn a constraint that the database refused into the form field and the sentence it stands for."""

from __future__ import annotations

import re

from sqlalchemy import MetaData, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from app.platform.errors import Invalid

_SENTENCES: dict[str, tuple[str, str]] = {}
_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)$")
_SQLITE_CHECK = re.compile(r"CHECK constraint failed: (\w+)")


def declare(name: str, *, field: str, message: str) -> None:
    """Say which field and sentence the named constraint (or unique index) stands for."""
    _SENTENCES[name] = (field, message)


def declared() -> frozenset[str]:
    """Give the names that have a sentence; a test holds them against the tables."""
    return frozenset(_SENTENCES)


def explain(error: IntegrityError, metadata: MetaData) -> Exception:
    """Give Invalid for a declared constraint, and the error itself for any other."""
    name = constraint_name(error, metadata)
    if name not in _SENTENCES:
        return error
    field, message = _SENTENCES[name]
    return Invalid(**{field: message}) if field else Invalid(message)


def constraint_name(error: IntegrityError, metadata: MetaData) -> str:
    """Find the refused constraint's name; empty when the driver does not tell."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    text = str(error.orig)
    if match := _SQLITE_CHECK.search(text):
        return match[1]
    if match := _SQLITE_UNIQUE.search(text):
        return _unique_name([part.strip() for part in match[1].split(",")], metadata)
    return ""


def _unique_name(columns: list[str], metadata: MetaData) -> str:
    """Find which key, unique constraint or index covers `table.column` names as SQLite prints them."""
    if columns[0].startswith("index '"):
        return columns[0].split("'")[1]
    table = metadata.tables[columns[0].split(".")[0]]
    names = [column.split(".")[1] for column in columns]
    candidates = [
        (constraint.name, constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint)
    ] + [(index.name, index.columns) for index in table.indexes if index.unique]
    for name, covered in candidates:
        if [column.name for column in covered] == names:
            return str(name)
    return ""
