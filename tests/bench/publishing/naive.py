"""A correction as one first writes it: an object a row, marked, ranked and stored one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables of the naive program."""

    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012 - as the mapper wants it


class Person(Base):
    """A candidate with the answers and what is claimed."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    answers: Mapped[dict[str, Any]]
    points: Mapped[int]
    standing: Mapped[str] = mapped_column(String(20))


class Entry(Base):
    """A place on a version of the list."""

    __tablename__ = "entries"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    score: Mapped[int]
    rank: Mapped[int | None]
    person: Mapped[Person] = relationship()


def prepare(folder: Path, people: list[tuple[str, dict[str, str], int]]) -> Session:
    """Make a database on disk with the candidates in it: number, answers, points of preference."""
    engine = create_engine(f"sqlite:///{folder / 'naive.db'}")
    Base.metadata.create_all(engine)
    session = Session(engine)
    session.add_all(
        Person(number=number, answers=answers, points=points, standing="")
        for number, answers, points in people
    )
    session.commit()
    return session


def correct(session: Session, right: Mapping[str, frozenset[str]], least: int, version: int) -> None:
    """Mark everybody, rank who has enough, and store places and standings."""
    scored = []
    for person in session.scalars(select(Person)):
        marks = sum(person.answers[item] in options for item, options in right.items())
        scored.append((marks + person.points if marks >= least else None, person))
    passed = sorted((row for row in scored if row[0] is not None), key=lambda row: -int(row[0] or 0))
    rank, last = 0, None
    for place, (score, person) in enumerate(passed, start=1):
        if score != last:
            rank, last = place, score
        session.add(Entry(version=version, person=person, score=score, rank=rank))
        person.standing = "passed"
    for score, person in scored:
        if score is None:
            session.add(Entry(version=version, person=person, score=0, rank=None))
            person.standing = "failed"
    session.commit()


def ranks(session: Session, version: int) -> dict[str, int | None]:
    """Give everybody's rank by number."""
    rows = session.execute(
        select(Person.number, Entry.rank).join(Entry.person).where(Entry.version == version)
    )
    return dict(rows.all())
