"""A server of the tests' own: a fresh folder, a database that a function fills, a process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.platform import db, migrations

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """Where a server answers and keeps its data; `people` maps a person's short name to an address."""

    url: str
    data: Path
    people: dict[str, str]

    @property
    def database(self) -> Path:
        return self.data / "meritum.db"


@contextmanager
def serving(
    folder: Path,
    fill: Callable[[Session], dict[str, str]],
    *,
    host: str = "127.0.0.1",
    more: Mapping[str, str] | None = None,
) -> Iterator[Site]:
    """Serve a new database that `fill` has written to, with `more` settings; it ends with the block."""
    people = _prepare(folder, fill)
    port = _free_port()
    site = Site(f"http://{host}:{port}", folder, people)
    settings = {
        "SECRET_KEY": "only for this test, and long enough to be accepted",
        "MERITUM_DATA": str(folder),
        "MERITUM_URL": site.url,
        "MERITUM_SECOND_FACTOR": "off",
        "MERITUM_LETTER_HOLD": "0",
    }
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, **settings, **(more or {})},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(site, process)
            yield site
        finally:
            process.terminate()
            process.wait(timeout=30)


def _prepare(folder: Path, fill: Callable[[Session], dict[str, str]]) -> dict[str, str]:
    """Make the database as the migrations make it, and fill it past the audit trail."""
    before = db._current
    database = db.Database(f"sqlite:///{folder / 'meritum.db'}")
    db.bind(database)
    migrations.upgrade()
    with database.engine.connect() as connection:
        database.pinned = connection
        with connection.begin(), Session(connection, expire_on_commit=False) as session:
            people = fill(session)
            session.flush()
    database.engine.dispose()
    if before is not None:
        db.bind(before)
    return people


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(site: Site, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.url}/sign-in", timeout=2):  # noqa: S310 (our own server)
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail((site.data / "server.log").read_text()[-3000:])
