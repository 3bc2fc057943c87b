"""The clock that makes promises: each tick is a job whose key holds its time, so it fires once anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.platform import clock, jobs
from app.platform.db import transaction


@dataclass(frozen=True, slots=True)
class Tick:
    """A job to be promised every `seconds`."""

    job: str
    seconds: int


TICKS: list[Tick] = []
# Due jobs are done in the order of their moments: a tick counts as due since long ago.
AHEAD = dt.timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Beat:
    """Something short that every process does by itself every `seconds`, without waiting for other jobs."""

    act: Callable[[dt.datetime], None]
    seconds: int


BEATS: list[Beat] = []


def beat(seconds: int, act: Callable[[dt.datetime], None]) -> None:
    """Declare that each process that keeps the clock does `act` every `seconds`; twice must do no harm."""
    made = Beat(act, seconds)
    if made not in BEATS:
        BEATS.append(made)


def do(made: Beat) -> None:
    """Do what a beat is for, at the present moment."""
    made.act(clock.now())


def every(seconds: int, job: str) -> None:
    """Declare that the named job is promised every `seconds`."""
    tick = Tick(job, seconds)
    if tick not in TICKS:
        TICKS.append(tick)


def promise(tick: Tick, at: dt.datetime) -> bool:
    """Promise the tick that `at` falls in, ahead of all other promises; False when any process already did.

    A reminder an hour before a deadline must not wait behind the letters of a thousand submissions.
    """
    number = int(at.timestamp()) // tick.seconds
    start = dt.datetime.fromtimestamp(number * tick.seconds, dt.UTC)
    with transaction() as session:
        return jobs.enqueue(
            session,
            tick.job,
            key=f"{tick.job}:{start.isoformat()}",
            payload={},
            at=start,
            run_at=start - AHEAD,
        )


def promise_now(tick: Tick) -> bool:
    """Promise the tick of the present moment."""
    return promise(tick, clock.now())
