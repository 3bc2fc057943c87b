"""The clock closes postings: at the deadline, once, in any zone, and after an outage."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.platform import clock, jobs, schedule
from app.platform.actors import SYSTEM
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.jobs import Job, JobState
from app.recruitment.postings import services
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from tests.factories.recruitment import make_posting

SECOND = dt.timedelta(seconds=1)


def state(session, posting) -> tuple[PostingState, dt.datetime | None]:
    session.expire_all()
    kept = session.get(Posting, posting.id)
    return kept.state, kept.closed_at


def promise(posting, at) -> None:
    with transaction() as opened:
        jobs.enqueue(
            opened,
            "recruitment.close_posting",
            key=f"close:{posting.id}",
            payload={"posting_id": posting.id},
            at=at,
            run_at=posting.closes_at,
        )


def finished(session, name: str) -> list[tuple[JobState, str | None]]:
    session.expire_all()
    return [(job.state, job.last_error) for job in session.scalars(select(Job).where(Job.name == name))]


@pytest.mark.parametrize(
    ("zone", "day", "time", "utc"),
    [
        ("America/New_York", dt.date(2026, 12, 11), dt.time(17), "2026-12-11T22:00"),
        ("America/New_York", dt.date(2026, 10, 30), dt.time(17), "2026-10-30T21:00"),
        # the night the clocks go back: 1:30 comes twice, and the later one counts
        ("America/New_York", dt.date(2026, 11, 1), dt.time(1, 30), "2026-11-01T06:30"),
        ("Asia/Kolkata", dt.date(2026, 12, 1), dt.time(23, 59), "2026-12-01T18:29"),
        ("Pacific/Apia", dt.date(2026, 12, 1), dt.time(0), "2026-11-30T11:00"),
    ],
)
def test_a_posting_closes_at_its_own_wall_clock_and_not_a_second_before(session, at, zone, day, time, utc):
    closes_at = clock.zoned_moment(day, time, zone)
    assert closes_at == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    opened = closes_at - dt.timedelta(days=20)
    posting = make_posting(session, opens_at=opened, published_at=opened, closes_at=closes_at, time_zone=zone)
    promise(posting, opened)
    assert jobs.drain(lambda: closes_at - SECOND) == 0
    assert state(session, posting) == (PostingState.PUBLISHED, None)
    assert jobs.drain(lambda: closes_at) == 1
    assert state(session, posting) == (PostingState.CLOSED, closes_at)
    assert finished(session, "recruitment.close_posting") == [(JobState.DONE, None)]
    [event] = session.scalars(select(AuditEvent))
    assert (event.action, event.actor_id, event.actor_name, event.subject) == (
        "recruitment.postings.close",
        None,
        SYSTEM.name,
        posting.id,
    )


def test_the_look_every_15_seconds_closes_what_was_missed_and_only_that(session, at):
    late = make_posting(session, closes_at=at - dt.timedelta(hours=3))
    due = make_posting(session, closes_at=at)
    running = make_posting(session, closes_at=at + SECOND)
    drafts = [make_posting(session, state=kind) for kind in (PostingState.DRAFT, PostingState.APPROVED)]
    [tick] = [tick for tick in schedule.TICKS if tick.job == "recruitment.close_due_postings"]
    assert tick.seconds == 15
    assert schedule.promise(tick, at) is True
    assert schedule.promise(tick, at) is False
    jobs.drain(lambda: at)
    assert [state(session, one)[0] for one in (late, due, running, *drafts)] == [
        PostingState.CLOSED,
        PostingState.CLOSED,
        PostingState.PUBLISHED,
        PostingState.DRAFT,
        PostingState.APPROVED,
    ]
    assert state(session, late)[1] == at  # the moment it was done, beside the deadline that was announced
    assert finished(session, "recruitment.close_due_postings") == [(JobState.DONE, None)]


def test_with_nothing_due_the_look_records_nothing(session, at):
    make_posting(session)
    [tick] = [tick for tick in schedule.TICKS if tick.job == "recruitment.close_due_postings"]
    schedule.promise(tick, at)
    assert jobs.drain(lambda: at) == 1
    assert session.scalars(select(AuditEvent)).all() == []


def test_a_promise_that_comes_too_early_or_twice_does_nothing(session, at):
    posting = make_posting(session)
    with transaction() as opened:
        assert services.close_posting(opened, posting_id=posting.id, at=at) is False
    closes_at = posting.closes_at
    with transaction() as opened:
        assert services.close_posting(opened, posting_id=posting.id, at=closes_at) is True
        assert services.close_posting(opened, posting_id=posting.id, at=closes_at + SECOND) is False
    assert state(session, posting) == (PostingState.CLOSED, closes_at)


def test_a_cancelled_posting_is_left_alone_at_its_deadline(session, at):
    posting = make_posting(session, state=PostingState.CANCELLED, closes_at=at, opens_at=at - SECOND)
    promise(posting, at)
    jobs.drain(lambda: at)
    assert state(session, posting) == (PostingState.CANCELLED, None)
    assert finished(session, "recruitment.close_posting") == [(JobState.DONE, None)]
