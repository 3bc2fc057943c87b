"""The fixtures every test shares: a database rolled back after each test, a client that checks each page."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import create_app
from app.accounts.models import Account
from app.accounts.services import digest_token, start_session
from app.platform import clock, db, jobs, mail, migrations
from app.platform.config import Config
from app.recruitment.receipts import keyring
from tests import databases, page_checks

# Speed is measured by the benchmarks, never by a test; where changes are checked, the dice fall the same.
settings.register_profile("calm", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("calm")

AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
REDIRECTIONS = (301, 302, 303, 308)
SECRET = "a secret that only these tests know, long enough"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "pg"), default="sqlite", help="the database to test on")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to anywhere but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise RuntimeError(f"A test tried to reach {address[0]}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


class Outbox(list[EmailMessage]):
    """Keeps what would have been mailed."""

    def send(self, message: EmailMessage) -> None:
        self.append(message)


class PageClient(FlaskClient):
    """A browser for tests: sends the CSRF token by itself and checks every page it gets."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("method", "GET") == "POST" and kwargs.pop("csrf", True):
            headers = dict(kwargs.pop("headers", None) or {})
            kwargs["headers"] = headers | {"X-CSRFToken": self._csrf_token()}
        response = super().open(*args, **kwargs)
        is_kept = response.headers.get("Content-Disposition", "").startswith("attachment")
        if response.mimetype == "text/html" and not is_kept and response.status_code not in REDIRECTIONS:
            found = page_checks.problems(response.text)
            assert not found, f"{response.request.path}: {found}"
        return response

    def _csrf_token(self) -> str:
        raw = "c" * 40
        with self.session_transaction() as cookie:
            cookie["csrf_token"] = raw
        serializer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
        return str(serializer.dumps(raw))


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> db.Database:
    """The worker's database, made by the migrations as an office's is."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    folder = tmp_path_factory.mktemp("database")
    made = db.Database(databases.make_url(request.config.getoption("--db"), folder, worker))
    _application(made, folder)
    migrations.upgrade()
    return made


_apps: dict[int, Flask] = {}


def _application(made: db.Database, folder: Path) -> Flask:
    if id(made) not in _apps:
        config = Config(
            secret_key=SECRET,
            data_dir=folder / "data",
            database_url=made.engine.url.render_as_string(hide_password=False),
            requires_second_factor=False,
            letter_hold=0,
        )
        app = create_app(config)
        keyring.current().begin()
        app.testing = True
        app.test_client_class = PageClient
        db.bind(made)
        _apps[id(made)] = app
    return _apps[id(made)]


@pytest.fixture
def app(database: db.Database, tmp_path: Path) -> Flask:
    """The application; requests made in a test see the rows of its `session` and lose theirs with it."""
    return _application(database, tmp_path)


@pytest.fixture
def session(app: Flask, database: db.Database) -> Iterator[Session]:
    """A session to set rows up with and to look at them; all is rolled back after the test.

    Flush what a request shall see; expire_all() before looking at what a request has changed.
    """
    with databases.pinned(database), Session(database.pinned, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def committed(app: Flask, database: db.Database) -> Iterator[db.Database]:
    """The database without a roll-back, for threads and workers; emptied after the test."""
    yield database
    databases.empty(database)


@pytest.fixture
def client(app: Flask, session: Session) -> PageClient:
    """A browser that nobody is signed in with."""
    made = app.test_client()
    assert isinstance(made, PageClient)
    return made


@pytest.fixture
def at() -> dt.datetime:
    """The moment at which tests of services happen: 20 November 2026, 15:00 UTC."""
    return AT


@pytest.fixture
def outbox(app: Flask) -> Iterator[Outbox]:
    """What would have been mailed."""
    kept = Outbox()
    before = mail.bound()
    mail.bind(kept, "Commission <no-reply@meritum.example>")
    yield kept
    mail.bind(*before)


@pytest.fixture
def run_jobs(app: Flask) -> Callable[[], int]:
    """Do every promised job that is due; a job that fails fails the test."""

    def run() -> int:
        done = jobs.drain(clock.now)
        with db.reading() as session:
            errors = [f"{job.name}: {job.last_error}" for job in session.query(jobs.Job) if job.last_error]
        assert not errors
        return done

    return run


def sign_in(client: FlaskClient, account: Account) -> FlaskClient:
    """Sign an account in with this client, past the password."""
    with db.transaction() as opened:
        token = start_session(
            opened, account_id=account.id, address="127.0.0.1", browser="tests", at=clock.now()
        )
    assert digest_token(token) != token
    with client.session_transaction() as cookie:
        cookie["token"] = token
    return client


@contextmanager
def count_queries(database: db.Database) -> Iterator[list[str]]:
    """Collect the SELECT statements that are sent inside the block."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
