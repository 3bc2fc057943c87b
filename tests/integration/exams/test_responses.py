"""Importing answers: all or nothing, by key, kept by digest."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance, ExaminationState
from app.exams.responses import queries
from app.exams.responses.models import ResponseImport, ResponseSheet
from app.exams.responses.rules import sheet_digest
from app.exams.responses.states import ImportState
from app.platform import storage
from app.platform.db import transaction
from app.platform.errors import Conflict, Invalid, NotFound
from app.recruitment.applications.states import Assessment
from tests.factories.accounts import make_actor, make_agency
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    made = office.make_world(session)
    office.hold(made)
    return made


def count(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_a_file_is_kept_whole_and_each_sheet_hashed(session, world):
    content = office.answers_of(world)
    made = office.import_answers(world, content)
    assert made.digest == hashlib.sha256(content).hexdigest()
    assert storage.current().get(made.digest) == content
    assert (made.rows, made.absent, made.state, made.reason) == (6, 0, ImportState.CURRENT, None)
    number = world.numbers()["Ada"]
    sheet = session.scalars(
        select(ResponseSheet)
        .join(Candidate, Candidate.id == ResponseSheet.candidate_id)
        .where(Candidate.number == number)
    ).one()
    assert sheet.answers == "A" * 10
    assert sheet.digest == sheet_digest(world.exam.number, number, office.sheet(10))
    assert world.exam.state is ExaminationState.HELD
    assert world.applications["Ada"].assessment is Assessment.PRESENT


def test_the_same_file_again_changes_nothing(session, world):
    content = office.answers_of(world)
    first = office.import_answers(world, content)
    with transaction() as other:
        again = office.import_answers(office.World(**vars(world) | {"session": other}), content)
        assert again.id == first.id
    assert (count(session, ResponseImport), count(session, ResponseSheet)) == (1, 6)


def test_a_different_file_replaces_with_a_reason_and_the_old_one_is_kept(session, world):
    first = office.import_answers(world)
    changed = office.answers_of(world, office.SCORES | {"Fay": 9})
    with pytest.raises(Invalid, match="why this file replaces"):
        office.import_answers(world, changed)
    second = office.import_answers(world, changed, reason="Sheet of C6 was read upside down.")
    assert (first.state, second.state) == (ImportState.SUPERSEDED, ImportState.CURRENT)
    assert queries.find_current(session, world.exam.id) is second
    assert len(storage.current().get(first.digest)) > 0
    assert count(session, ResponseSheet) == 12


def test_absentees_are_declared_and_marked(session, world):
    some = {name: right for name, right in office.SCORES.items() if name not in ("Eva", "Fay")}
    content = office.answers_of(world, some)
    with pytest.raises(Invalid, match="2 candidates have no sheet"):
        office.import_answers(world, content)
    assert count(session, ResponseImport) == 0
    made = office.import_answers(world, content, accepts_absent=True)
    assert (made.rows, made.absent) == (4, 2)
    attendance = dict(session.execute(select(Candidate.number, Candidate.attendance)).all())
    numbers = world.numbers()
    assert attendance[numbers["Ada"]] is Attendance.PRESENT
    assert attendance[numbers["Fay"]] is Attendance.ABSENT
    assert world.applications["Fay"].assessment is Assessment.ABSENT


def test_an_absentee_whose_sheet_turns_up_is_present(session, world):
    some = {name: right for name, right in office.SCORES.items() if name != "Fay"}
    office.import_answers(world, office.answers_of(world, some), accepts_absent=True)
    office.import_answers(world, reason="The sheet of one room came late.")
    session.expire_all()
    assert world.applications["Fay"].assessment is Assessment.PRESENT


def test_a_fault_stores_nothing(session, world):
    bad = office.answers_of(world).replace(b",A", b",Z", 1)
    with pytest.raises(Invalid, match="is not an answer of this examination"):
        office.import_answers(world, bad)
    assert (count(session, ResponseImport), count(session, ResponseSheet)) == (0, 0)
    assert world.exam.state is ExaminationState.PLANNED


def test_answers_wait_for_the_day_and_for_candidates(session, world):
    world.exam.held_on = dt.date(2026, 11, 21)
    session.flush()
    with pytest.raises(Conflict, match="before it was held"):
        office.import_answers(world)


def test_another_agencys_officer_imports_nothing(session, world):
    stranger = make_actor(session, roles=[(Role.EXAM_OFFICER, make_agency(session).id)])
    with pytest.raises(NotFound):
        office.response_services.import_responses(
            session,
            examination_id=world.exam.id,
            content=b"",
            filename="x.csv",
            accepts_absent=False,
            reason="",
            actor=stranger,
            at=office.AT,
        )


def test_who_takes_a_file_is_recorded(session, world):
    made = office.import_answers(world)
    office.response_services.record_download(
        session,
        examination_id=world.exam.id,
        import_id=made.id,
        actor=world.actor("auditor"),
        at=office.AT,
    )
    assert session.info["audit"][-1]["action"] == "exams.responses.download"
    with pytest.raises(NotFound):
        queries.get_import(session, "exm_other", made.id)


def test_a_worker_notes_attendance_on_the_applications_of_a_large_examination(
    session, world, monkeypatch, run_jobs
):
    monkeypatch.setattr(office.response_services, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(office.response_services, "BATCH", 2)
    office.import_answers(world)
    assert world.applications["Ada"].assessment is Assessment.REGISTERED
    session.flush()
    run_jobs()
    session.expire_all()
    assert {row.assessment for row in world.applications.values()} == {Assessment.PRESENT}
