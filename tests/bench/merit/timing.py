"""Time calls and print ratios; the ratio within one run is what lasts, not the seconds."""

import time
from collections.abc import Callable
from typing import Any


def best(call: Callable[[], Any], times: int = 3) -> float:
    """Give the shortest of several runs, in seconds."""
    shortest = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        call()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest


def report(title: str, ours: float, peers: dict[str, float]) -> list[str]:
    """Write one line a peer: ours, theirs, and ours as a part of theirs."""
    lines = [f"{title}: {ours:.4f} s"]
    lines += [f"  {ours / peer:6.3f} of {name} ({peer:.4f} s)" for name, peer in peers.items()]
    return lines
