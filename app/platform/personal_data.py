"""What is held about a person, table by table: each package declares its own tables beside its nouns.

A table is either declared, with the columns that its person may have, or left out with a reason; a test
fails while one is neither. From the same declarations follow the copy that a person may ask for, and what is
deleted at a person's request.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Fate(enum.Enum):
    """What becomes of rows when their person asks for deletion."""

    ON_REQUEST = "on_request"  # deleted
    WITH_DRAFT = "with_draft"  # deleted with an application that was never submitted, nor its fee recorded
    WITH_ACCOUNT = "with_account"  # deleted once nothing is left for which the account is needed
    KEPT = "kept"  # part of a file that the law keeps


@dataclass(frozen=True, slots=True)
class Held:
    """One table with rows about a person.

    `link` leads to the person: a column here and the column of a declared table, "applications.id", or of the
    accounts. `withheld` gives the reason for each column that is not handed over. `only` is an SQL condition,
    `file` names the column that holds the digest of a stored file, `filename` its name.
    """

    table: str
    title: str
    link: tuple[str, str]
    columns: tuple[str, ...]
    fate: Fate
    why: str = ""
    withheld: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    file: str = ""
    filename: str = ""


HELD: dict[str, Held] = {}
LEFT_OUT: dict[str, str] = {}


def hold(
    table: str,
    title: str,
    *,
    link: str,
    to: str = "accounts.id",
    columns: str,
    fate: Fate,
    why: str = "",
    withheld: Mapping[str, str] | None = None,
    only: str = "",
    file: str = "",
    filename: str = "",
) -> None:
    """Declare a table with rows about people; `columns` are names with spaces between."""
    HELD[table] = Held(
        table, title, (link, to), tuple(columns.split()), fate, why, withheld or {}, only, file, filename
    )


def leave_out(why: str, *tables: str) -> None:
    """Declare tables that hold nothing to hand over, and why."""
    LEFT_OUT.update(dict.fromkeys(tables, why))
