"""Many rows at once: past the mapper, by the quickest way that each database has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from app.platform import db
from app.platform.db import Base

# Rows that are handed to the driver at a time.
BATCH = 20_000


def insert_rows(
    session: Session, table: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of plain texts, numbers and None, in the order of `columns`.

    Values go to the driver as they are: moments, JSON and states must be written by the caller.
    """
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return
    name, named = table.__tablename__, ", ".join(f'"{column}"' for column in columns)
    connection, is_sqlite = session.connection(), db.current().is_sqlite
    places = ", ".join(["?" if is_sqlite else "%s"] * len(columns))
    statement = f"INSERT INTO {name} ({named}) VALUES ({places})"  # noqa: S608 - names of our own
    # By a statement of its own, so that the trail learns which table changes.
    connection.exec_driver_sql(statement, tuple(first))
    if is_sqlite:
        while some := [tuple(row) for row in islice(remaining, BATCH)]:
            connection.exec_driver_sql(statement, some)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({named}) FROM STDIN") as copy:
        for row in remaining:
            copy.write_row(tuple(row))
