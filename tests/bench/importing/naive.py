"""The import as one first writes it: a row, an object of the mapper, a hash, one after the other."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """The tables of the naive program."""

    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012 - as the mapper wants it


class Person(Base):
    """A candidate."""

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)


class NaiveSheet(Base):
    """A sheet, its answers as JSON."""

    __tablename__ = "sheets"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    answers: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))


def prepare(folder: Path, people: list[tuple[str, str]]) -> Session:
    """Make a database on disk with the candidates in it."""
    engine = create_engine(f"sqlite:///{folder / 'naive.db'}")
    Base.metadata.create_all(engine)
    session = Session(engine)
    session.add_all(Person(id=own, number=number) for own, number in people)
    session.commit()
    return session


def run(session: Session, path: Path, allowed: frozenset[str]) -> int:
    """Import the file and give how many sheets were stored."""
    count = 0
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            number = row.pop("candidate")
            person = session.scalars(select(Person).where(Person.number == number)).one()
            if not set(row.values()) <= allowed:
                raise ValueError(f"{number} has an answer that there is not.")
            answers = {code: "" if answer == "-" else answer for code, answer in row.items()}
            digest = hashlib.sha256(json.dumps([number, answers], sort_keys=True).encode()).hexdigest()
            session.add(NaiveSheet(person_id=person.id, answers=answers, digest=digest))
            count += 1
    session.commit()
    return count
