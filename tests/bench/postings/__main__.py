"""Time the first page of a hundred thousand vacancies, and pages far behind it, on both engines.

    nice -n 10 python -m tests.bench.postings [count] [sqlite|pg]...

Beside each figure stands the same question asked the naive way: every word by LIKE, an exact count, pages
by OFFSET, choices by DISTINCT.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from app import create_app
from app.platform import db, migrations
from app.platform.config import Config
from tests import databases
from tests.bench.postings import asking, data


def main(arguments: list[str]) -> None:
    """Fill each engine asked for and print its table."""
    count = int(next((word for word in arguments if word.isdigit()), 100_000))
    kinds = [word for word in arguments if word in ("sqlite", "pg")] or ["sqlite", "pg"]
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            url = databases.make_url(kind, Path(folder), "bench")
            app = create_app(
                Config(secret_key="x" * 40, data_dir=Path(folder), database_url=url, is_demonstration=True)
            )
            database = db.current()
            migrations.upgrade()
            with database.session(writes=True) as session, session.begin():
                session.connection(execution_options={"is_migration": True})
                offered = data.fill(session, count)
            _settle(database)
            database.engine.dispose()
            asking.report(kind, count, offered, app.test_client())
            database.engine.dispose()


def _settle(database: db.Database) -> None:
    """Do what a database does by itself in its first quiet hour, so that it does not do it while timed."""
    with database.engine.connect() as connection:
        settled = connection.execution_options(isolation_level="AUTOCOMMIT")
        settled.exec_driver_sql("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")
        if not database.is_sqlite:  # helpers of a query are processes that the meter would not see
            name = database.engine.url.database
            settled.exec_driver_sql(f'ALTER DATABASE "{name}" SET max_parallel_workers_per_gather = 0')


if __name__ == "__main__":
    main(sys.argv[1:])
