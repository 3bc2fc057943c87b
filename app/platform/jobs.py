"""Promises: a row written with the change that makes it, done later by a worker, once."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Index, String, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.platform import db
from app.platform.db import Base, reading, transaction
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.types import state_type

log = structlog.get_logger("meritum.jobs")

LEASE = dt.timedelta(minutes=10)
MAX_ATTEMPTS = 8
BATCH = 20


class JobState(enum.Enum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """A promise; `key` is unique, so that the same promise made twice is kept once."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "state", "run_at", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(state_type(JobState, "state"))
    run_at: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[dt.datetime | None]
    last_error: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A claimed job as its task sees it; `attempt` fences off a worker whose lease ran out."""

    id: str
    name: str
    key: str
    payload: dict[str, Any]
    attempt: int


Task = Callable[[Ticket, dt.datetime], None]
TASKS: dict[str, Task] = {}


def task(name: str) -> Callable[[Task], Task]:
    """Register a function as what does the named job; it calls finish() in its own transaction."""

    def register(function: Task) -> Task:
        if TASKS.setdefault(name, function) is not function:
            raise RuntimeError(f"Two tasks are called {name}.")
        return function

    return register


def enqueue(
    session: Session,
    name: str,
    *,
    key: str,
    payload: dict[str, Any],
    at: dt.datetime,
    run_at: dt.datetime | None = None,
) -> bool:
    """Promise a job in this transaction; False when the same key was promised before."""
    row = {
        "id": new_id("job"),
        "name": name,
        "key": key,
        "payload": payload,
        "state": JobState.WAITING,
        "run_at": run_at or at,
        "attempts": 0,
        "created_at": at,
    }
    dialect = sqlite if db.current().is_sqlite else postgresql
    statement = dialect.insert(Job).values(row).on_conflict_do_nothing(index_elements=["key"])
    return session.execute(statement.returning(Job.id)).scalar_one_or_none() is not None


def enqueue_many(
    session: Session, name: str, promises: Sequence[tuple[str, dict[str, Any]]], *, at: dt.datetime
) -> None:
    """Promise the same job many times, each a key of its own with its payload; no key was promised before."""
    rows = [
        {
            "id": new_id("job"),
            "name": name,
            "key": key,
            "payload": payload,
            "state": JobState.WAITING,
            "run_at": at,
            "attempts": 0,
            "created_at": at,
        }
        for key, payload in promises
    ]
    if rows:
        session.execute(insert(Job), rows)


def finish(session: Session, ticket: Ticket, at: dt.datetime, *, forgets: bool = False) -> None:
    """Mark the job done in the same transaction as its result; Conflict when another worker has it.

    `forgets` empties what it was asked to do with, where that tells of a person.
    """
    emptied: dict[str, Any] = {"payload": {}} if forgets else {}
    done = session.execute(
        update(Job)
        .where(Job.id == ticket.id, Job.state == JobState.RUNNING, Job.attempts == ticket.attempt)
        .values(state=JobState.DONE, finished_at=at, leased_until=None, last_error=None, **emptied)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("This job was taken over by another worker.")


def find_last_done(session: Session, name: str) -> dt.datetime | None:
    """Find when the job of a name that was done last was promised, or None."""
    query = (
        select(Job.created_at)
        .where(Job.name == name, Job.state == JobState.DONE)
        .order_by(Job.created_at.desc())
        .limit(1)
    )
    return session.scalar(query)


def claim(session: Session, at: dt.datetime, limit: int = BATCH) -> list[Ticket]:
    """Take up to `limit` due jobs, oldest first, and lease them; run under BEGIN IMMEDIATE or row locks."""
    due = (
        select(Job)
        .where(_is_due(at))
        .order_by(Job.run_at, Job.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    tickets = []
    for job in session.scalars(due):
        job.state, job.attempts, job.leased_until = JobState.RUNNING, job.attempts + 1, at + LEASE
        tickets.append(Ticket(job.id, job.name, job.key, dict(job.payload), job.attempts))
    return tickets


def work(at: Callable[[], dt.datetime], limit: int = BATCH) -> int:
    """Do what is due, one batch, and give how many jobs were taken; a failing job is tried again later."""
    with reading() as session:
        moment = at()
        if not session.scalar(
            select(Job.id).where(Job.state != JobState.DONE, Job.run_at <= moment).limit(1)
        ):
            return 0
    with transaction() as session:
        tickets = claim(session, moment, limit)
    for ticket in tickets:
        try:
            TASKS[ticket.name](ticket, at())
            _demand_finished(ticket)
        except Exception as error:
            log.exception("job failed", job=ticket.name, key=ticket.key, attempt=ticket.attempt)
            _put_back(ticket, at(), error)
    return len(tickets)


def drain(at: Callable[[], dt.datetime]) -> int:
    """Work until nothing is due; give how many jobs were taken."""
    total = 0
    while taken := work(at):
        total += taken
    return total


def _is_due(at: dt.datetime) -> ColumnElement[bool]:
    waiting = (Job.state == JobState.WAITING) & (Job.run_at <= at)
    return or_(waiting, (Job.state == JobState.RUNNING) & (Job.leased_until < at))


def _demand_finished(ticket: Ticket) -> None:
    with reading() as session:
        if session.scalar(select(Job.state).where(Job.id == ticket.id)) is not JobState.DONE:
            raise RuntimeError(f"The task {ticket.name} ended without finish().")


def _put_back(ticket: Ticket, at: dt.datetime, error: Exception) -> None:
    is_over = ticket.attempt >= MAX_ATTEMPTS
    wait = dt.timedelta(seconds=min(2**ticket.attempt * 5, 3600))
    with transaction() as session:
        session.execute(
            update(Job)
            .where(Job.id == ticket.id, Job.state == JobState.RUNNING, Job.attempts == ticket.attempt)
            .values(
                state=JobState.FAILED if is_over else JobState.WAITING,
                run_at=at + wait,
                leased_until=None,
                last_error=f"{type(error).__name__}: {error}"[:2000],
            )
        )
