"""The lock of the one writer: its waiters come in their order."""

from __future__ import annotations

import threading
import time

import pytest

from app.platform.turns import Turns


def wait_until(turns: Turns, count: int) -> None:
    """Wait until so many stand in the queue."""
    while len(turns._queue) < count:
        time.sleep(0.0002)


def queue_up(turns: Turns, names: str, done: list[str]) -> list[threading.Thread]:
    """Let threads wait for the lock in the order of their names, each of which notes that it came."""

    def take(name: str) -> None:
        with turns:
            done.append(name)

    threads = [threading.Thread(target=take, args=(name,)) for name in names]
    for place, thread in enumerate(threads, start=1):
        thread.start()
        wait_until(turns, place)
    return threads


def test_who_waits_comes_in_order():
    turns, done = Turns(), []
    with turns:
        threads = queue_up(turns, "abc", done)
        assert done == []
    for thread in threads:
        thread.join()
    assert done == ["a", "b", "c"]


def test_who_takes_it_again_at_once_comes_after_those_who_wait():
    turns, done = Turns(), []
    with turns:
        threads = queue_up(turns, "ab", done)
    with turns:
        assert done == ["a", "b"]
    for thread in threads:
        thread.join()


def test_who_holds_it_may_take_it_again():
    turns, done = Turns(), []
    with turns:
        with turns:
            threads = queue_up(turns, "a", done)
        assert done == [], "the outer one still holds it"
    threads[0].join()
    assert done == ["a"]


def test_a_fault_inside_hands_it_over():
    turns, done, threads = Turns(), [], []

    def fail() -> None:
        with turns:
            threads.extend(queue_up(turns, "a", done))
            raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"):
        fail()
    threads[0].join()
    assert (done, turns._holder, turns._depth) == (["a"], None, 0)


@pytest.mark.parametrize("is_handed_over", [False, True])
def test_who_gives_up_waiting_holds_nobody_up(is_handed_over):
    turns, done = Turns(), []
    ticket = threading.Lock()
    with turns:
        turns._queue.append((-1, ticket))
        ticket.acquire()
        threads = queue_up(turns, "", done)
        if not is_handed_over:
            turns._leave(-1, ticket)
    if is_handed_over:
        turns._leave(-1, ticket)
    with turns:
        assert (done, threads) == ([], [])
