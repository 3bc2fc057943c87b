"""A promise is kept once: however many hands, however often it was made, whoever dies on the way."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter

import pytest
from sqlalchemy import select

from app.platform import clock, jobs, schedule
from app.platform.db import reading, transaction
from app.platform.errors import Conflict
from app.platform.jobs import Job, JobState

pytestmark = pytest.mark.usefixtures("committed")
NOW = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
done: Counter[str] = Counter()
lock = threading.Lock()


@jobs.task("test.count")
def count(ticket: jobs.Ticket, at: dt.datetime) -> None:
    with transaction() as session:
        jobs.finish(session, ticket, at)
    with lock:
        done[ticket.key] += 1


@jobs.task("test.fail")
def fail(ticket: jobs.Ticket, at: dt.datetime) -> None:
    raise RuntimeError("no luck")


@jobs.task("test.forget")
def forget(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """End without finish()."""


@pytest.fixture(autouse=True)
def _forget_counts():
    done.clear()


def promise(name: str, *keys: str, at: dt.datetime = NOW) -> None:
    with transaction() as session:
        for key in keys:
            jobs.enqueue(session, name, key=key, payload={}, at=at)


def find(key: str) -> Job:
    with reading() as session:
        return session.scalars(select(Job).where(Job.key == key)).one()


def test_the_same_promise_made_twice_is_kept_once():
    promise("test.count", "a", "a")
    promise("test.count", "a")
    assert jobs.drain(lambda: NOW) == 1
    assert done == {"a": 1}


def test_many_hands_do_each_job_once():
    keys = [f"job {number}" for number in range(60)]
    promise("test.count", *keys)
    hands = [threading.Thread(target=jobs.drain, args=(lambda: NOW,)) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert done == dict.fromkeys(keys, 1)


def test_a_job_waits_for_its_time():
    with transaction() as session:
        later = NOW + dt.timedelta(hours=1)
        jobs.enqueue(session, "test.count", key="later", payload={}, at=NOW, run_at=later)
    assert jobs.drain(lambda: NOW) == 0
    assert jobs.drain(lambda: later) == 1


def test_a_failing_job_is_tried_again_later_and_at_last_given_up():
    promise("test.fail", "bad")
    moment, tries = NOW, 0
    while find("bad").state is not JobState.FAILED:
        tries += jobs.work(lambda now=moment: now)
        moment += dt.timedelta(hours=2)
    assert tries == jobs.MAX_ATTEMPTS
    assert find("bad").last_error == "RuntimeError: no luck"
    assert jobs.drain(lambda: moment + dt.timedelta(days=9)) == 0


def test_a_task_that_does_not_finish_counts_as_failed():
    promise("test.forget", "lost")
    jobs.work(lambda: NOW)
    assert "ended without finish()" in find("lost").last_error


def test_a_dead_workers_job_is_taken_over_and_the_dead_cannot_finish_it():
    promise("test.count", "orphan")
    with transaction() as session:
        [first] = jobs.claim(session, NOW)
    assert jobs.drain(lambda: NOW + dt.timedelta(minutes=1)) == 0
    after = NOW + jobs.LEASE + dt.timedelta(seconds=1)
    with transaction() as session:
        [second] = jobs.claim(session, after)
    with pytest.raises(Conflict, match="taken over"), transaction() as session:
        jobs.finish(session, first, after)
    with transaction() as session:
        jobs.finish(session, second, after)
    assert find("orphan").state is JobState.DONE


def test_a_tick_is_promised_once_however_many_schedulers_run():
    tick = schedule.Tick("test.count", 15)
    moments = [NOW + dt.timedelta(seconds=second) for second in range(0, 60, 2)]
    hands = [
        threading.Thread(target=lambda: [schedule.promise(tick, moment) for moment in moments])
        for _ in range(3)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    jobs.drain(lambda: NOW + dt.timedelta(minutes=2))
    assert sum(done.values()) == 4
    assert set(done.values()) == {1}


def test_the_present_tick_is_promised_by_the_clock():
    assert schedule.promise_now(schedule.Tick("test.count", 3600))
    assert jobs.drain(clock.now) == 1


def test_a_tick_goes_before_the_promises_that_waited_longer():
    early = NOW - dt.timedelta(hours=2)
    with transaction() as session:
        for number in range(3):
            jobs.enqueue(session, "test.count", key=f"letter:{number}", payload={}, at=early)
    schedule.promise(schedule.Tick("test.forget", 60), NOW)
    with transaction() as session:
        (first,) = jobs.claim(session, NOW, limit=1)
    assert first.name == "test.forget"
