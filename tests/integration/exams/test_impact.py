"""Adverse impact: voluntary answers, counts by stage, small groups hidden, and who may look."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from sqlalchemy import select

from app.exams.impact import queries
from app.exams.impact.models import VoluntaryAnswers
from app.platform import small_groups
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound
from tests.conftest import sign_in
from tests.integration.exams import world as office

APP = Path(__file__).parents[3] / "app"


@pytest.fixture
def world(session):
    small_groups.bind(2)
    yield office.prepare(office.make_world(session))
    small_groups.bind(5)


def say(world, **sexes):
    for name, sex in sexes.items():
        world.session.add(
            VoluntaryAnswers(
                application_id=world.applications[name].id,
                sex=sex,
                background="",
                disability="",
                answered_at=office.AT,
            )
        )
    world.session.flush()


def test_groups_are_counted_stage_by_stage(client, world):
    say(world, Ada="woman", Ben="woman", Cleo="woman", Dan="man", Eva="man", Fay="man")
    office.publish(world)
    counts = queries.count_stages(world.session, world.exam, "sex")
    assert [(one.group, one.applied, one.passed) for one in counts] == [
        ("Man", 3, (3, 3, 2, 0)),
        ("Woman", 3, (3, 3, 3, 0)),
    ]
    page = (
        sign_in(client, world.accounts["hr_officer"]).get(f"/staff/examinations/{world.exam.id}/impact").text
    )
    assert "2 of 3 were selected, 66.7 % of the rate of Woman" in page
    assert "Below four fifths" in page


def test_small_groups_are_in_no_number(client, world):
    say(world, Ada="woman", Ben="woman", Cleo="woman", Dan="man", Eva="other")
    office.publish(world)
    sign_in(client, world.accounts["hr_officer"])
    page = client.get(f"/staff/examinations/{world.exam.id}/impact?by=sex").text
    assert "Left out, because their numbers would point at single people" in page
    assert 'class="govuk-table__header">Neither of these' not in page
    assert client.get(f"/staff/examinations/{world.exam.id}/impact?by=%00").status_code == 200


def test_only_those_with_the_permission_look(client, world):
    address = f"/staff/examinations/{world.exam.id}/impact"
    assert sign_in(client, world.accounts["exam_officer"]).get(address).status_code == 403
    client.post("/sign-out")
    assert sign_in(client, world.accounts["auditor"]).get(address).status_code == 200


def test_claims_make_groups_as_well(world):
    with pytest.raises(NotFound):
        queries.count_stages(world.session, world.exam, "shoe size")
    counts = queries.count_stages(world.session, world.exam, "claim:veteran")
    assert sum(one.applied for one in counts) == 6


def test_answers_are_given_changed_and_taken_back(client, session, world):
    application = world.applications["Ada"]
    own = f"/my/applications/{application.id}/about-you"
    sign_in(client, session.get_one(type(world.accounts["auditor"]), application.account_id))
    assert "You need not answer" in client.get(own).text
    assert client.post(own, data={"sex": "martian"}).status_code == 422
    assert client.post(own, data={"sex": "woman", "background": "", "disability": "no"}).status_code == 303
    kept = session.get_one(VoluntaryAnswers, application.id)
    assert (kept.sex, kept.background, kept.disability) == ("woman", "", "no")
    assert client.post(own, data={"sex": "", "background": "", "disability": ""}).status_code == 303
    session.expire_all()
    assert session.get(VoluntaryAnswers, application.id) is None
    told = session.scalars(select(AuditEvent.details).where(AuditEvent.action == "exams.impact.answer")).all()
    assert told == [{}, {}]


def test_nobody_answers_for_somebody_else(client, world):
    address = f"/my/applications/{world.applications['Ada'].id}/about-you"
    assert sign_in(client, world.accounts["hr_officer"]).get(address).status_code == 404


def test_no_other_noun_reads_what_was_answered_of_ones_own_will():
    readers = set()
    for path in APP.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "app.exams.impact.models":
                readers.add(path.relative_to(APP).as_posix())
    assert {own for own in readers if not own.startswith("exams/impact/")} <= {"demonstration/weighing.py"}
