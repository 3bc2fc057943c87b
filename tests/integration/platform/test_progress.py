"""How far a job is can be seen from outside while it runs, and nothing of it stays."""

from __future__ import annotations

import pytest

from app.platform import db, jobs, progress
from app.platform.jobs import JobState
from app.platform.progress import Progress

KEY = "count:1"


@pytest.fixture(autouse=True)
def folder(tmp_path, app):
    kept = progress._folder
    progress.bind(tmp_path / "progress")
    yield tmp_path / "progress"
    progress.bind(kept)


@pytest.fixture
def job(session, at):
    jobs.enqueue(session, "tests.count", key=KEY, payload={}, at=at)
    return session.query(jobs.Job).filter_by(key=KEY).one()


def find() -> Progress | None:
    with db.reading() as session:
        return progress.find(session, KEY)


def test_a_job_that_waits_says_so(session, job):
    assert find() == Progress("waiting", 0, 0, "It waits for its turn.")
    with db.reading() as other:
        assert progress.find(other, "count:2") is None


def test_a_running_job_tells_how_far_it_is(session, job, folder):
    job.state = JobState.RUNNING
    session.flush()
    assert find() == Progress("running", 0, 0, "It begins.")
    with progress.telling(KEY) as teller:
        teller.begin("Reading the file.", 200)
        assert find() == Progress("running", 0, 200, "Reading the file.")
        teller._written_at -= progress.EVERY_SECONDS
        teller.tell(150)
        assert (find().done, find().percent) == (150, 75)
        teller.tell(151)
        assert find().done == 150
    assert list(folder.iterdir()) == []


def test_what_was_told_is_forgotten_after_a_fault(session, job, folder):
    def break_off() -> None:
        with progress.telling(KEY) as teller:
            teller.begin("Reading the file.", 200)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        break_off()
    assert list(folder.iterdir()) == []


def test_the_end_is_told_from_the_job(session, job, at):
    job.state, job.last_error, job.finished_at = JobState.FAILED, "ValueError: broken", at
    session.flush()
    assert find() == Progress("failed", 0, 0, "", "ValueError: broken")
    assert find().is_over
    assert (Progress("done", 0, 0, "").percent, Progress("running", 9, 9, "").percent) == (100, 99)


def test_nobody_listens_to_a_silent_teller(folder):
    teller = progress.silent()
    teller.begin("Reading.", 3)
    teller.tell(2)
    assert (teller.done, folder.exists()) == (2, False)
