"""What an act costs: seconds, processor time, the most memory, and how long others waited to write."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.platform import audit, clock
from app.platform.actors import SYSTEM
from app.platform.db import transaction
from app.platform.ids import new_id
from app.platform.sequences import next_number
from tests.bench.measuring import say
from tests.bench.publishing import acts

PAUSE = 0.02
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Cost:
    """What one act took; `waits` are the seconds that each small writer beside it needed, in order.

    `held` is the processor time of its longest transaction.
    """

    name: str
    seconds: float = 0.0
    processor: float = 0.0
    memory: int = 0
    waits: list[float] = field(default_factory=list)
    held: float = 0.0

    @property
    def longest(self) -> float:
        """Give the longest that another writer needed."""
        return max(self.waits, default=0.0)


@contextmanager
def watching(name: str, *, beside: bool = False) -> Iterator[Cost]:
    """Measure what happens inside; `beside` lets another thread write something small all the time."""
    cost, stop = Cost(name), threading.Event()
    writer = threading.Thread(target=_write, args=(cost, stop), daemon=True)
    CLEAR.write_text("5")  # the peak of memory is counted anew
    if beside:
        writer.start()
    start, processor = time.perf_counter(), time.process_time()
    try:
        yield cost
    finally:
        cost.seconds, cost.processor = time.perf_counter() - start, time.process_time() - processor
        stop.set()
        if beside:
            writer.join()
        cost.memory = peak()
        told = f"; others waited {cost.longest:.2f} s at most" if beside else ""
        if acts.held:
            cost.held = max(acts.held)
            told += f"; processor of the longest transaction {cost.held:.2f} s"
            acts.held.clear()
        say(
            f"{name}: {cost.seconds:.2f} s, processor {cost.processor:.2f} s,"
            f" memory {cost.memory / 2**20:,.0f} MiB{told}"
        )


def peak() -> int:
    """Give the most memory that this process held since it was counted anew, in bytes."""
    found: Any = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())
    return int(found[1]) * 1024


def _write(cost: Cost, stop: threading.Event) -> None:
    """Do what a submission does to the database: take a number, and take a place in the trail."""
    while not stop.is_set():
        start = time.perf_counter()
        with transaction() as session:
            next_number(session, "bench")
            audit.record(session, "bench.write", actor=SYSTEM, at=clock.now(), subject=new_id("ben"))
        cost.waits.append(time.perf_counter() - start)
        stop.wait(PAUSE)
