"""Pages of a list by key: the next page begins after the last row's key, so its cost does not grow.

A cursor carries the direction and the key values of the row that it stands beside. It comes back from a
browser, so one that cannot be read counts as none.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Date, Select, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeEngine

from app.platform.types import Moment

Row = TypeVar("Row")
Keys = Sequence[InstrumentedAttribute[Any]]

SIZE = 25
MOST_COUNTED = 1000  # beyond it a list says "1,000+": an exact count would read every row
LONGEST_CURSOR = 1200


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows in order; `previous` and `next` are the cursors of the neighbouring pages, None at the ends."""

    rows: list[Row]
    previous: str | None
    next: str | None


def fetch(
    session: Session,
    found: Select[Row],
    keys: Keys,
    *,
    is_descending: bool = False,
    cursor: str = "",
    size: int = SIZE,
) -> Page[Row]:
    """Fetch one page of `found`, ordered by `keys`, none of them nullable and the last one unique."""
    goes_back, values = _read(cursor, keys) or (False, None)
    descends = is_descending != goes_back
    statement = found.add_columns(*keys)
    if values is not None:
        here = tuple_(*(literal(value, key.type) for value, key in zip(values, keys, strict=True)))
        statement = statement.where(tuple_(*keys) < here if descends else tuple_(*keys) > here)
    order = [key.desc() if descends else key.asc() for key in keys]
    rows = session.execute(statement.order_by(*order).limit(size + 1)).all()
    has_more, rows = len(rows) > size, rows[:size]
    if goes_back:
        rows = rows[::-1]
    has_previous = has_more if goes_back else values is not None
    has_next = values is not None if goes_back else has_more
    return Page(
        rows=[row[0] for row in rows],
        previous=_write("p", rows[0][1:]) if rows and has_previous else None,
        next=_write("n", rows[-1][1:]) if rows and has_next else None,
    )


def count(session: Session, found: Select[Any]) -> int | str:
    """Count the rows of `found`, or give "1,000+" when there are more than that."""
    capped = found.order_by(None).limit(MOST_COUNTED + 1).subquery()
    counted = session.scalar(select(func.count()).select_from(capped)) or 0
    return counted if counted <= MOST_COUNTED else f"{MOST_COUNTED:,}+"


def contains(column: InstrumentedAttribute[str], text: str) -> list[ColumnElement[bool]]:
    """Give the conditions that a casefolded column holds each word of `text`."""
    return [column.contains(word, autoescape=True) for word in text.casefold().split()[:8]]


def _write(direction: str, values: Sequence[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, dt.date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([direction, *plain]).encode()).decode().rstrip("=")


def _read(cursor: str, keys: Keys) -> tuple[bool, list[Any]] | None:
    try:
        padded = cursor[:LONGEST_CURSOR] + "=" * (-len(cursor[:LONGEST_CURSOR]) % 4)
        direction, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        plain = [_value(value, key.type) for value, key in zip(values, keys, strict=True)]
    except (ValueError, TypeError, RecursionError):
        return None
    return (direction == "p", plain) if direction in ("n", "p") else None


def _value(value: Any, kind: TypeEngine[Any]) -> str | dt.date:
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError("A cursor holds texts and dates only.")
    if isinstance(kind, Moment):
        moment = dt.datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("A moment needs its zone.")
        return moment
    return dt.date.fromisoformat(value) if isinstance(kind, Date) else value
