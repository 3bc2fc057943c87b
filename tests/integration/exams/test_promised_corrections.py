"""Corrections of long lists: a worker carries them out, all or nothing, however it was stopped."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from sqlalchemy import delete, func, select

from app.exams.challenges import services as challenges
from app.exams.challenges.models import Challenge
from app.exams.challenges.states import ChallengeState
from app.exams.corrections import promising
from app.exams.corrections.models import Correction
from app.exams.keys.models import KeyVersion
from app.exams.merit_lists import preparing
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.queries import find_published
from app.exams.results import queries as results
from app.notices.models import Notice
from app.platform import clock, jobs, storage
from app.platform.audit import read_chain, verify
from app.platform.db import reading, transaction
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.integration.exams import stopped_worker
from tests.integration.exams import world as office

LATER = office.AT + dt.timedelta(days=6)
AFTER_THE_LEASE = LATER + jobs.LEASE + dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Let it be days after publication, and every list a long one."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(promising, "MOST_AT_ONCE", 1)


def contest(world) -> Challenge:
    """Publish a list, and propose another key for a question."""
    office.publish(world)
    return challenges.propose_decision(
        world.session,
        examination_id=world.exam.id,
        item="10",
        decision="normal",
        accepted=("B",),
        reason="Page 12 says so.",
        origin="Judgment 12/26.",
        actor=world.actor("exam_officer"),
        at=LATER,
    )


def test_the_page_promises_shows_how_far_it_is_and_leads_to_what_moved(session, client, at):
    world = office.prepare(office.make_world(session))
    challenge = contest(world)
    place = f"/staff/examinations/{world.exam.id}/challenges/confirm"
    sign_in(client, world.accounts["custodian"])
    assert "It takes some minutes" in client.get(place).text
    asked = client.post(place, data={"chosen": challenge.id})
    assert (asked.status_code, asked.location) == (303, place)
    assert "It waits for its turn." in client.get(place).text
    again = client.post(place, data={"chosen": challenge.id})
    assert (again.status_code, "is being carried out" in again.text) == (422, True)
    assert find_published(session, world.exam.id).version == 1
    jobs.drain(lambda: LATER)
    session.expire_all()
    page = client.get(place).text
    assert "It waits for its turn." not in page
    assert "see what it moved" in page
    assert find_published(session, world.exam.id).version == 2
    session.refresh(challenge)
    assert (challenge.state, challenge.decided_by) == (
        ChallengeState.CONFIRMED,
        world.accounts["custodian"].id,
    )


def test_what_stood_against_it_is_told_and_the_decision_waits_again(session, client):
    world = office.prepare(office.make_world(session))
    challenge = contest(world)
    place = f"/staff/examinations/{world.exam.id}/challenges/confirm"
    sign_in(client, world.accounts["custodian"])
    client.post(place, data={"chosen": challenge.id})
    office.propose(world, {"1": "C"}, "A slip of the pen.")
    jobs.drain(lambda: LATER)
    session.expire_all()
    page = client.get(place).text
    assert "The correction was not carried out" in page
    assert "Nothing was changed. Version 2 waits for a decision." in page
    assert session.get(Challenge, challenge.id).state is ChallengeState.PROPOSED
    assert client.post(place, data={"chosen": challenge.id}).status_code == 303


def test_what_was_worked_out_ahead_is_found_by_the_transaction(session, client, monkeypatch):
    world = office.prepare(office.make_world(session))
    challenge = contest(world)
    sign_in(client, world.accounts["custodian"])
    place = f"/staff/examinations/{world.exam.id}/challenges/confirm"
    client.post(place, data={"chosen": challenge.id})
    computed, real = [], preparing.proving.demand_agreement
    monkeypatch.setattr(
        preparing.proving, "demand_agreement", lambda *given: computed.append(1) or real(*given)
    )
    jobs.drain(lambda: LATER)
    assert computed == [1]
    session.expire_all()
    assert find_published(session, world.exam.id).version == 2


def counts(session) -> dict[str, int]:
    """Count what a correction stores."""
    tables = (Correction, KeyVersion, MeritList, MeritListEntry, Notice)
    return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) for table in tables}


def forget(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Draw no letter."""
    with transaction() as session:
        jobs.finish(session, ticket, at)


@pytest.mark.parametrize("place", list(stopped_worker.PLACES))
def test_a_killed_worker_leaves_all_or_nothing_and_another_goes_on(committed, monkeypatch, place):
    monkeypatch.setattr(results, "BATCH", stopped_worker.BATCH)
    with transaction() as session:
        world = office.prepare(office.make_world(session))
        challenge, examination_id = contest(world), world.exam.id
        actor = world.actor("custodian")
        session.execute(delete(Job))
    monkeypatch.setitem(jobs.TASKS, "notices.issue", forget)
    with transaction() as session:
        promising.promise_confirmation(
            session, examination=world.exam, challenge_ids=[challenge.id], actor=actor, at=LATER
        )
    with reading() as session:
        before = counts(session)
    url = committed.engine.url.render_as_string(hide_password=False)
    folder = str(storage.current().root.parent)
    command = [sys.executable, "-m", stopped_worker.__name__, url, folder, place, LATER.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        said = worker.stdout.readline()
        worker.kill()
    assert said == "here\n"
    after = {"corrections": 1, "key_versions": 2, "merit_lists": 2, "merit_list_entries": 12, "notices": 12}
    with reading() as session:
        halfway = counts(session)
        version = find_published(session, examination_id).version
    if place == "writing letters":
        assert (halfway, version) == (after | {"notices": 10}, 2)
    else:
        assert (halfway, version) == (before, 1)
    # The lease of the dead worker still holds: only letters that were promised are drawn.
    assert jobs.drain(lambda: LATER) == halfway["notices"] - before["notices"]
    jobs.drain(lambda: AFTER_THE_LEASE)
    with reading() as session:
        assert counts(session) == after
        assert find_published(session, examination_id).version == 2
        assert session.get(Challenge, challenge.id).state is ChallengeState.CONFIRMED
        assert verify(read_chain(session)) is None
        keys = session.scalars(select(Notice.key)).all()
        assert len(keys) == len(set(keys))
        assert not promising.find_work(session, examination_id).is_going_on
