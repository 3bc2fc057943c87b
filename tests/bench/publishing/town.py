"""A fresh database with the examination in it, and answers imported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.exams.alarms.services import ask
from app.exams.responses.services import import_file
from app.platform import clock, db, jobs, migrations, storage
from app.platform.config import Config
from app.platform.db import transaction
from tests import databases
from tests.bench.publishing import data
from tests.bench.publishing.data import AT, Office
from tests.bench.publishing.watching import watching

SECRET = "only for measurements, and long enough to be taken"


@contextmanager
def opened(folder: Path, kind: str, people: int) -> Iterator[tuple[Flask, Office]]:
    """Make the application on a database of its own, and fill it."""
    folder.mkdir(parents=True, exist_ok=True)
    url = databases.make_url(kind, folder, "bench")
    config = Config(
        secret_key=SECRET, data_dir=folder, database_url=url, requires_second_factor=False, letter_hold=0
    )
    app = create_app(config)
    migrations.upgrade()
    with watching(f"An examination of {people:,} candidates made"):
        office = fill(people)
    with watching("Answers imported"):
        take_answers(office, data.write_answers(folder / "answers.parquet", people))
    with watching("Attendance noted, answers looked at for mix-ups", beside=True):
        look(office)
    try:
        yield app, office
    finally:
        db.current().engine.dispose()


def fill(people: int) -> Office:
    """Make the rows; what is made here is not recorded in the trail, as with a migration."""
    with db.current().engine.connect() as connection:
        chosen: Any = connection.execution_options(is_migration=True, writes=True)
        with Session(chosen, expire_on_commit=False) as session:
            office = data.fill(session, people)
            session.commit()
        if not db.current().is_sqlite:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
    return office


def take_answers(office: Office, path: Path) -> None:
    """Import a file of answers as the office does."""
    with path.open("rb") as file:
        digest = storage.current().put_stream(file)
    with transaction() as session:
        import_file(
            session,
            examination_id=office.examination_id,
            digest=digest,
            filename=path.name,
            accepts_absent=False,
            reason="",
            actor=office.actors["exam_officer"],
            at=AT,
        )


def look(office: Office) -> None:
    """Let the worker note who was there, and look for alarms."""
    with transaction() as session:
        ask(session, examination_id=office.examination_id, at=clock.now())
    jobs.drain(clock.now)
