"""The database: one declarative base, one way to read, one place that commits."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from sqlalchemy import BigInteger, Connection, Engine, Integer, MetaData, Text, create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, registry

from app.platform import constraints
from app.platform.turns import Turns
from app.platform.types import JsonObject, Moment

try:  # the wheel carries a SQLite without the WAL fault of 3.7.0 to 3.51.2
    import pysqlite3 as sqlite_driver
except ImportError:
    sqlite_driver = sqlite3

BigKey = BigInteger().with_variant(Integer, "sqlite")

UNAUDITED_TABLES = frozenset(
    {
        "audit_events",  # the trail itself
        "sign_in_sessions",  # sign-in and last-seen times
        "sign_in_failures",  # the throttle's counters
        "registrations",  # wishes of nobody known yet: the account's making is recorded
        "known_devices",  # browsers that were seen before
        "passkey_challenges",  # questions that wait some minutes for an answer
        "match_keys",  # computed from what is recorded elsewhere
        "jobs",  # job bookkeeping
        "uploads",  # files that came: what names them is recorded
        "form_submissions",  # idempotency keys
        "saved_search_marks",  # how far the clock has looked
        "number_sequences",  # the next number of a series
        "personal_data_copies",  # how far a copy has come: asking for one and taking it are recorded
        "profiles",  # the row that writers of a profile lock
        "profile_sections",  # a person's own text, saved field by field; going on is recorded
        "application_sections",  # an applicant's own unsent text, saved field by field; going on is recorded
        "typed_texts",  # what was typed into a form whose session had ended, for half a day
        "intake_proofs",  # the system's own proofs, twice a minute, that applications can come in
        "intake_faults",  # requests that ended in a fault of ours: what follows from them is recorded
    }
)
_CHANGE = re.compile(
    r'\b(?:INSERT\s+INTO|(?<!FOR )(?<!DO )UPDATE|DELETE\s+FROM)\s+(?:ONLY\s+)?"?(\w+)"?', re.IGNORECASE
)
_DEFINITION = re.compile(r"\s*(?:CREATE|ALTER|DROP|PRAGMA)\b", re.IGNORECASE)
_changed: ContextVar[set[str] | None] = ContextVar("changed_tables", default=None)


class AuditMissing(RuntimeError):
    """Rows were changed and nothing was recorded in the audit trail; the change is rolled back."""


class Base(DeclarativeBase):
    """What every table inherits."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry = registry(
        metadata=metadata,
        type_annotation_map={
            str: Text(),
            dt.datetime: Moment(),
            dict[str, Any]: JsonObject,
            list[Any]: JsonObject,
        },
    )


class Database:
    """An engine with its rules; `pinned` is a connection that tests hold open around everything."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.pinned: Connection | None = None
        # SQLite has one writer: waiting in a fair queue here beats polling for its lock
        self.writer = Turns() if self.is_sqlite else nullcontext()

    @contextmanager
    def session(self, *, writes: bool) -> Iterator[Session]:
        """Open a session; what is not committed inside is rolled back at the end."""
        if self.pinned is not None:
            with Session(
                self.pinned, expire_on_commit=False, join_transaction_mode="create_savepoint"
            ) as session:
                yield session
            return
        with self.engine.connect() as connection:
            chosen = connection.execution_options(writes=writes)
            if not writes and not self.is_sqlite:
                chosen = chosen.execution_options(postgresql_readonly=True)
            with Session(chosen, expire_on_commit=False, autoflush=writes) as session:
                yield session


_current: Database | None = None


def bind(database: Database) -> None:
    """Make `database` the one that this process reads and writes."""
    global _current
    _current = database


def current() -> Database:
    """Give the database that this process is bound to."""
    if _current is None:
        raise RuntimeError("No database is bound: call bind() first.")
    return _current


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session to read with; a change made in it is an error, never written."""
    with current().session(writes=False) as session:
        yield session
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("A reading session was asked to change rows.")


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """Do a part of a transaction that may fail by itself: what it wrote and recorded is then undone alone."""
    with session.begin_nested():
        changed = _changed.get()
        before, recorded = set(changed or ()), len(session.info.get("audit", ()))
        try:
            yield
            session.flush()
        except BaseException:
            if changed is not None:
                changed.intersection_update(before)
            del session.info.get("audit", [])[recorded:]
            raise


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the one kind of session that may change rows, and commit it at the end.

    Raises AuditMissing when audited tables were changed and audit.record() was not called. A named
    constraint that the database refuses comes out as Invalid with its field and sentence.
    """
    if _changed.get() is not None:
        raise RuntimeError("A transaction is already open: pass its session on.")
    database = current()
    token = _changed.set(set())
    try:
        with database.writer, database.session(writes=True) as session:
            try:
                yield session
                session.flush()
                _seal(session)
                session.commit()
            except IntegrityError as error:
                session.rollback()
                raise constraints.explain(error, Base.metadata) from error
    finally:
        _changed.reset(token)


def before_commit(session: Session, name: str, hook: Callable[[Session], None]) -> None:
    """Run `hook` once as the last thing before this session's commit; a name is registered once."""
    session.info.setdefault("before_commit", {}).setdefault(name, hook)


def _seal(session: Session) -> None:
    changed = (_changed.get() or set()) - UNAUDITED_TABLES
    hooks: dict[str, Callable[[Session], None]] = session.info.pop("before_commit", {})
    if changed and "audit" not in hooks:
        raise AuditMissing(f"Changed without an audit record: {', '.join(sorted(changed))}.")
    for hook in hooks.values():
        hook(session)


def make_engine(url: str) -> Engine:
    """Make an engine with our rules: durable SQLite with one write path, UTC PostgreSQL."""
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)
        event.listen(engine, "before_cursor_execute", _note_change)
        return engine
    engine = create_engine(url, module=sqlite_driver, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _note_change)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own way loses updates
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _note_change(
    connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
) -> None:
    changed = _changed.get()
    tables = {name.lower() for name in _CHANGE.findall(statement)}
    is_migration = connection.get_execution_options().get("is_migration", False)
    if not tables or is_migration or _DEFINITION.match(statement):
        return
    if changed is None:
        if _current is not None and _current.pinned is not None:
            return  # a test sets rows up on the connection it will roll back
        raise RuntimeError(f"Rows may be changed inside transaction() only: {statement[:80]}")
    changed |= tables
