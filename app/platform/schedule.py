"""The clock that makes promises: each tick is a job whose key holds its time, so it fires once anywhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.platform import clock, jobs
from app.platform.db import transaction


@dataclass(frozen=True, slots=True)
class Tick:
    """A job to be promised every `seconds`."""

    job: str
    seconds: int


TICKS: list[Tick] = []


def every(seconds: int, job: str) -> None:
    """Declare that the named job is promised every `seconds`."""
    tick = Tick(job, seconds)
    if tick not in TICKS:
        TICKS.append(tick)


def promise(tick: Tick, at: dt.datetime) -> bool:
    """Promise the tick that `at` falls in; False when any process already did."""
    number = int(at.timestamp()) // tick.seconds
    start = dt.datetime.fromtimestamp(number * tick.seconds, dt.UTC)
    with transaction() as session:
        return jobs.enqueue(session, tick.job, key=f"{tick.job}:{start.isoformat()}", payload={}, at=start)


def promise_now(tick: Tick) -> bool:
    """Promise the tick of the present moment."""
    return promise(tick, clock.now())
