"""One measurement, and how it is taken: the shortest of several runs, so that other work counts least."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Calls are repeated until they took this long together, at most so often.
ENOUGH, MOST = 1.5, 7
# A call of so many seconds is not repeated.
LONG = 8.0
US = "Meritum"


@dataclass(frozen=True)
class Measure:
    """The seconds that somebody needed for a subject of some size."""

    subject: str
    size: int
    who: str
    seconds: float


def best(call: Callable[[], Any], least: int = 2) -> float:
    """Give the shortest of several runs, `least` at least, in seconds; a long call is run once."""
    shortest, spent, runs = float("inf"), 0.0, 0
    while runs < least or (spent < ENOUGH and runs < MOST):
        start = time.perf_counter()
        call()
        took = time.perf_counter() - start
        shortest, spent, runs = min(shortest, took), spent + took, runs + 1
        if took > LONG:
            break
    return shortest


def measured(
    subject: str, size: int, calls: dict[str, Callable[[], Any]], *, least: int = 2
) -> list[Measure]:
    """Time each call; a line for each is printed at once."""
    found = []
    for who, call in calls.items():
        measure = Measure(subject, size, who, best(call, least))
        found.append(measure)
        say(f"{subject}, {size:,}: {who} {measure.seconds:.4f} s")
    return found


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
