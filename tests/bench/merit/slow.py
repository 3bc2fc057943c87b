"""Peers that take a row at a time or sit behind a connection: plain Python, an ORM, PostgreSQL."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import numpy as np
import polars as pl
import psycopg
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tests import databases

# For each item: the codes of right options, and the marks for right and wrong.
Points = Sequence[tuple[list[int], int, int]]
KEYS = tuple(f"k{place}" for place in range(6))


class Base(DeclarativeBase):
    """The tables of the ORM."""


class Answer(Base):
    """One answer of one person, as a first design would store it."""

    __tablename__ = "answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int]
    item: Mapped[int]
    option: Mapped[int]


class Person(Base):
    """One person with six keys."""

    __tablename__ = "people"
    row: Mapped[int] = mapped_column(primary_key=True)
    k0: Mapped[int]
    k1: Mapped[int]
    k2: Mapped[int]
    k3: Mapped[int]
    k4: Mapped[int]
    k5: Mapped[int]


def _session() -> Session:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return Session(engine)


def orm_answers(answers: np.ndarray) -> Session:
    """Store a row for each answer."""
    session = _session()
    rows = [
        {"person": person, "item": item, "option": option}
        for item, column in enumerate(answers.tolist())
        for person, option in enumerate(column)
    ]
    session.execute(insert(Answer), rows)
    session.commit()
    return session


def score_by_orm(points: Points, session: Session, people: int) -> np.ndarray:
    """Add the marks answer by answer."""
    session.expunge_all()
    totals = [0] * people
    for answer in session.scalars(select(Answer)):
        right, plus, minus = points[answer.item]
        if answer.option:
            totals[answer.person] += plus if answer.option in right else minus
    return np.array(totals)


def score_by_python(points: Points, lines: Sequence[Sequence[int]]) -> np.ndarray:
    """Add the marks sheet by sheet, each answer by a look into a dictionary."""
    marks = [
        {0: 0, **{code: plus if code in right else minus for code in range(1, 6)}}
        for right, plus, minus in points
    ]
    return np.array([sum(mark[code] for mark, code in zip(marks, line, strict=True)) for line in lines])


def orm_people(keys: Sequence[np.ndarray]) -> Session:
    """Store a row for each person."""
    session = _session()
    columns = [key.tolist() for key in keys]
    rows = [
        {"row": row, **dict(zip(KEYS, values, strict=True))}
        for row, values in enumerate(zip(*columns, strict=True))
    ]
    session.execute(insert(Person), rows)
    session.commit()
    return session


def order_by_orm(session: Session) -> np.ndarray:
    """Load everybody in order."""
    session.expunge_all()
    people = session.scalars(select(Person).order_by(*(getattr(Person, key) for key in KEYS)))
    return np.array([person.row for person in people])


@cache
def _server() -> psycopg.Connection:
    return psycopg.connect(databases._start_postgres().replace("+psycopg", ""), autocommit=True)


def _copied(table: str, frame: pl.DataFrame) -> psycopg.Connection:
    server = _server()
    columns = ", ".join(f'"{name}" integer' for name in frame.columns)
    server.execute(f"DROP TABLE IF EXISTS {table}".encode())
    server.execute(f"CREATE TEMP TABLE {table} ({columns})".encode())
    text = io.BytesIO()
    frame.write_csv(text, include_header=False)
    with server.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)".encode()) as copy:
        copy.write(text.getvalue())
    server.execute(f"ANALYZE {table}".encode())
    return server


def postgres_sheets(answers: np.ndarray) -> psycopg.Connection:
    """Store a row for each sheet, a column for each item."""
    frame = pl.DataFrame({f"q{row}": column for row, column in enumerate(answers)})
    return _copied("sheets", frame.with_columns(pl.int_range(pl.len()).alias("row")))


def score_by_postgres(points: Points, server: psycopg.Connection) -> np.ndarray:
    """Score in one SQL expression."""
    parts = []
    for row, (right, plus, minus) in enumerate(points):
        named = ", ".join(map(str, right))
        parts.append(f"CASE WHEN q{row} = 0 THEN 0 WHEN q{row} IN ({named}) THEN {plus} ELSE {minus} END")
    sql = f"SELECT {' + '.join(parts)} FROM sheets ORDER BY row"  # noqa: S608
    found = server.execute(sql.encode()).fetchall()
    return np.array(found)[:, 0]


def postgres_rows(keys: Sequence[np.ndarray]) -> psycopg.Connection:
    """Store a row for each person."""
    frame = pl.DataFrame(dict(zip(KEYS, keys, strict=True)))
    return _copied("ranked", frame.with_columns(pl.int_range(pl.len()).alias("row")))


def order_by_postgres(server: psycopg.Connection) -> np.ndarray:
    """Fetch the rows in order."""
    sql = f"SELECT row FROM ranked ORDER BY {', '.join(KEYS)}"  # noqa: S608
    found = server.execute(sql.encode(), binary=True).fetchall()
    return np.array(found)[:, 0]
