"""A released key: own answers beside it, objections in time, rulings by two people."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.exams.objections import rules, services
from app.exams.objections.models import KeyRelease, Objection
from app.exams.objections.rules import Marked
from app.exams.objections.states import Claim, ObjectionState
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.integration.exams import world as office

CLOSES = dt.datetime(2026, 11, 25, 22, 0, tzinfo=dt.UTC)


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def release(session, world):
    return services.release_key(
        session, examination_id=world.exam.id, days=5, actor=world.actor("exam_officer"), at=office.AT
    )


def who(world, name) -> Actor:
    return Actor(id=world.applications[name].account_id, name=name)


def object_to(world, name, item="10", *, at=office.AT, grounds="Smith, Bridges, page 12.", **values):
    given = {"claim": Claim.OTHER_ANSWER, "file": None} | values
    return services.file_objection(
        world.session,
        application_id=world.applications[name].id,
        item=item,
        grounds=grounds,
        actor=who(world, name),
        at=at,
        **given,
    )


def rule(world, objection, *, founded=True, role="exam_officer"):
    return services.rule_on_objection(
        world.session,
        objection_id=objection.id,
        is_well_founded=founded,
        ruling="Page 12 says so.",
        actor=world.actor(role),
        at=office.AT,
    )


def confirm(world, objection, *, role="custodian", is_confirmed=True):
    return services.confirm_ruling(
        world.session,
        objection_id=objection.id,
        is_confirmed=is_confirmed,
        actor=world.actor(role),
        at=office.AT,
    )


def test_answers_are_laid_beside_the_key_in_its_order():
    key = {
        "1": {"treatment": "normal", "accepted": ["A"]},
        "2": {"treatment": "several", "accepted": ["A", "B"]},
        "3": {"treatment": "normal", "accepted": ["C"]},
        "4": {"treatment": "full-credit-all", "accepted": []},
    }
    laid = rules.lay_beside(["1", "2", "3", "9"], {"1": "A", "2": "C"}, key)
    assert laid == [
        Marked("1", "A", "A", True),
        Marked("2", "C", "A or B", False),
        Marked("3", "", "C", False),
    ]


def test_a_key_is_released_with_a_window_of_days(session, world, release):
    assert release.closes_at == CLOSES
    give = {"examination_id": world.exam.id, "actor": world.actor("exam_officer"), "at": office.AT}
    with pytest.raises(Invalid) as refused:
        rules.closes_at(office.AT, 2, "America/New_York")
    assert refused.value.fields == {"days": "Give between 3 and 30 days to object."}
    with pytest.raises(Conflict, match="released already"):
        services.release_key(session, days=5, **give)


def test_objections_come_in_time_and_once(session, world, release):
    objection = object_to(world, "Ben", at=CLOSES - dt.timedelta(seconds=1))
    assert objection.state is ObjectionState.FILED
    with pytest.raises(Conflict, match="decided or withdrawn"):
        object_to(world, "Ben")
    with pytest.raises(Conflict, match="time to object to the key is over"):
        object_to(world, "Cleo", at=CLOSES)
    with pytest.raises(NotFound):
        object_to(world, "Cleo", item="99")
    with pytest.raises(Invalid):
        object_to(world, "Cleo", grounds=" ")
    services.withdraw_objection(session, objection_id=objection.id, actor=who(world, "Ben"), at=office.AT)
    again = object_to(world, "Ben", grounds="Another book.")
    assert (again.id, again.state, again.grounds) == (objection.id, ObjectionState.FILED, "Another book.")


def test_without_a_release_nobody_objects(world):
    with pytest.raises(NotFound):
        object_to(world, "Ben")


@pytest.mark.parametrize(
    ("founded", "state"), [(True, ObjectionState.UPHELD), (False, ObjectionState.REJECTED)]
)
def test_a_ruling_takes_two_people_and_is_told(session, world, release, founded, state):
    objection = rule(world, object_to(world, "Ben"), founded=founded)
    assert objection.state is ObjectionState.RULED
    confirm(world, objection)
    assert (objection.state, objection.confirmed_by) == (state, world.actor("custodian").id)
    told = session.scalars(select(Job).where(Job.key == f"mail:objection:{objection.id}")).one().payload
    assert "Page 12 says so." in told["body"]


def test_a_ruling_can_be_sent_back(world, release):
    objection = rule(world, object_to(world, "Ben"))
    assert confirm(world, objection, is_confirmed=False).state is ObjectionState.FILED


def test_nobody_rules_on_their_own_objection(world, release):
    objection = object_to(world, "Ben")
    officer = world.actor("exam_officer")
    same = Actor(id=who(world, "Ben").id, name="Ben", grants=officer.grants, roles=officer.roles)
    with pytest.raises(Conflict, match="your own objection"):
        services.rule_on_objection(
            world.session,
            objection_id=objection.id,
            is_well_founded=True,
            ruling="Mine.",
            actor=same,
            at=office.AT,
        )


def test_nobody_confirms_their_own_ruling():
    with pytest.raises(Conflict, match="a second person"):
        rules.demand_second_person("acc_1", "acc_1")


def test_the_pages_of_both_sides(session, client, world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: office.AT)
    ben = session.get(Account, world.applications["Ben"].account_id)
    place = f"/my/applications/{world.applications['Ben'].id}/sheet"
    sign_in(client, ben)
    assert client.get(place).status_code == 404
    sign_in(client, world.accounts["exam_officer"])
    exam = f"/staff/examinations/{world.exam.id}/objections"
    assert "The key is not released" in client.get(exam).text
    assert client.get(f"{exam}/release").status_code == 200
    assert client.post(f"{exam}/release", data={"days": "5"}).status_code == 303
    assert session.scalars(select(KeyRelease)).one().closes_at == CLOSES
    sign_in(client, ben)
    page = client.get(place).text
    assert "Not right" in page
    assert client.get(f"{place}/10/object").status_code == 200
    assert client.get(f"{place}/99/object").status_code == 404
    wrong = {"claim": "other_answer", "grounds": "", "file": (io.BytesIO(b"%PDF-nonsense"), "a.pdf")}
    assert client.post(f"{place}/10/object", data=wrong).status_code == 422
    right = {"claim": "other_answer", "grounds": "Smith, page 12."}
    assert client.post(f"{place}/10/object", data=right).status_code == 303
    assert "Waiting for a decision" in client.get(place).text
    objection = session.scalars(select(Objection)).one()
    sign_in(client, world.accounts["exam_officer"])
    assert "Waits for a ruling" in client.get(exam).text
    one = f"/staff/objections/{objection.id}"
    assert "Smith, page 12." in client.get(one).text
    assert client.get(f"{one}/rule").status_code == 200
    assert client.post(f"{one}/rule", data={"founded": "yes", "ruling": "So it is."}).status_code == 303
    assert client.get(f"{one}/paper").status_code == 404
    sign_in(client, world.accounts["custodian"])
    assert "Confirm the ruling" in client.get(one).text
    assert client.post(f"{one}/confirm", data={"decision": "confirm"}).status_code == 303
    sign_in(client, ben)
    assert "So it is." in client.get(place).text
    sign_in(client, make_account(session))
    assert client.get(place).status_code == 404
