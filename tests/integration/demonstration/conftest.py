"""The demonstration in a database of its own, loaded once; each test is bound to it and then back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.demonstration.load import load
from app.platform import clock, db, mail, migrations, storage
from app.platform.config import Config
from tests import databases
from tests.conftest import SECRET, PageClient


@dataclass(frozen=True)
class World:
    """An application with its own database and files, and what loading them took."""

    app: Flask
    database: db.Database
    files: storage.FileStore
    now: dt.datetime
    steps: int


@contextmanager
def kept_bindings() -> Iterator[None]:
    """Put back, at the end, the database, files and mail that this process was bound to."""
    database, files, mailer = db.current(), storage.current(), mail.bound()
    try:
        yield
    finally:
        db.bind(database)
        storage.bind(files)
        mail.bind(*mailer)


def empty_office(url: str, folder: Path) -> Flask:
    """Make an application for a demonstration whose database has its tables and nothing else."""
    config = Config(
        secret_key=SECRET,
        data_dir=folder,
        database_url=url,
        is_demonstration=True,
        requires_second_factor=False,
    )
    app = create_app(config)
    app.testing = True
    app.test_client_class = PageClient
    migrations.upgrade()
    return app


@pytest.fixture(scope="session")
def loaded(
    database: db.Database, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The whole demonstration, as it stands at the moment at which the tests run."""
    folder, steps = tmp_path_factory.mktemp("demonstration"), []
    url = databases.make_url(request.config.getoption("--db"), folder, "demonstration")
    with kept_bindings():
        app = empty_office(url, folder)
        now = clock.now()
        assert load(now, tell=steps.append)
        made = World(app, db.current(), storage.current(), now, len(steps))
    yield made
    made.database.engine.dispose()


@pytest.fixture
def world(loaded: World) -> Iterator[World]:
    """The whole demonstration, bound to this process for the length of a test."""
    with kept_bindings():
        db.bind(loaded.database)
        storage.bind(loaded.files)
        yield loaded
