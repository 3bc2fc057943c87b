"""Time the import of answers: `python -m tests.bench.importing [people] [sqlite|pg] [parquet]`.

From the kept file to sealed sheets in the database: headings, numbers, every cell, hashes, rows, attendance.
What belongs to single applications follows by a job and is not timed. The naive way is timed beside it at
20,000 people at most, as it takes as long for each of them. Memory is the most that the process held.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import create_app
from app.exams.examinations.commands import OPERATOR
from app.exams.responses.models import ResponseSheet
from app.exams.responses.services import import_file
from app.platform import clock, db, migrations, storage
from app.platform.config import Config
from app.platform.db import transaction
from tests import databases
from tests.bench.importing import data, naive
from tests.bench.measuring import say

SMALL = 20_000


def main(arguments: list[str]) -> None:
    """Fill a database, import, and print one line for each way."""
    people = int(next((word for word in arguments if word.isdigit()), SMALL))
    kind = "pg" if "pg" in arguments else "sqlite"
    form = "Parquet" if "parquet" in arguments else "CSV"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = databases.make_url(kind, folder, "bench")
        create_app(Config(secret_key="x" * 40, data_dir=folder, database_url=url))
        migrations.upgrade()
        path = data.write(folder, people)[form]
        examination_id = _fill(people)
        say(f"{people:,} people, {data.ITEMS} items, {form} of {path.stat().st_size / 1e6:.0f} MB, {kind}")
        _ours(examination_id, path, people)
        if people <= SMALL and form == "CSV":
            _naive(folder, path, people)
        db.current().engine.dispose()


def _fill(people: int) -> str:
    """Make the examination with guards between tables off, which a transaction cannot change on SQLite."""
    database = db.current()
    off, on = data.guards(database)
    with database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(off)
        chosen = connection.execution_options(is_migration=True)
        with Session(chosen, expire_on_commit=False) as session:
            own = data.fill(session, people).id
            session.commit()
        driver.execute(on)
    return own


def _ours(examination_id: str, path: Path, people: int) -> None:
    with path.open("rb") as file:
        digest = storage.current().put_stream(file)
    start, processor = time.perf_counter(), time.process_time()
    with transaction() as session:
        made = import_file(
            session,
            examination_id=examination_id,
            digest=digest,
            filename=path.name,
            accepts_absent=False,
            reason="",
            actor=OPERATOR,
            at=clock.now(),
        )
        taken = time.perf_counter() - start
    whole, processor = time.perf_counter() - start, time.process_time() - processor
    with db.reading() as session:
        stored = session.scalar(select(func.count()).where(ResponseSheet.import_id == made.id))
        present = session.scalar(text("SELECT count(*) FROM candidates WHERE attendance = 'present'"))
    if (stored, present) != (people, people):
        raise SystemExit(f"{stored} sheets and {present} present of {people}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"Meritum: {whole:.1f} s, {people / whole:,.0f} a second; the commit {whole - taken:.1f} s of it")
    say(f"Processor time, all threads: {processor:.1f} s")
    say(f"Most memory, the making of the data counted: {most:,.0f} MB")


def _naive(folder: Path, path: Path, people: int) -> None:
    session = naive.prepare(folder, [(data.own(place), data.number(place)) for place in range(people)])
    start = time.perf_counter()
    if naive.run(session, path, frozenset({*data.OPTIONS, "-"})) != people:
        raise SystemExit("The naive way lost somebody.")
    took = time.perf_counter() - start
    say(f"ORM row by row: {took:.1f} s, {people / took:,.0f} a second")
    session.close()


if __name__ == "__main__":
    main(sys.argv[1:])
