"""Which cases a supervisor may see: those of their own people, and those in which they have a part."""

from __future__ import annotations

import pytest

from app.accounts.models import Account
from app.accounts.roles import Role
from app.home import queries as home
from app.personnel.allegations.models import Allegation
from app.personnel.allegations.states import AllegationState, Source
from app.personnel.discipline import queries, services
from app.personnel.discipline.queries import Wanted
from app.personnel.discipline.rules import propose
from app.personnel.discipline.services import Draft
from app.personnel.discipline.states import Action
from app.personnel.positions.models import Position
from app.platform.db import transaction
from app.platform.errors import Forbidden, NotFound
from app.platform.ids import new_id
from tests.conftest import sign_in
from tests.factories.accounts import make_actor, make_agency
from tests.factories.discipline import lead
from tests.factories.personnel import make_appointment, make_case, make_employee, make_position


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


def person(session, agency, name):
    employee = make_employee(session, agency=agency, name=name)
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    return employee


def supervisor(session, agency, name="Luis Ortega"):
    return make_actor(session, name=name, roles=[(Role.SUPERVISOR, agency.id)])


@pytest.fixture
def crew(session, agency):
    """A chief, the supervisor under the chief, and somebody of the supervisor's crew with a case."""
    chief, boss = supervisor(session, agency, "Ines Prado"), supervisor(session, agency)
    employee = person(session, agency, "Dana Okafor")
    lead(session, boss=boss, employee=employee)
    own = session.query(Position).filter(Position.title == "Head of section").one().incumbent_id
    lead(session, boss=chief, employee=session.get(type(employee), own))
    return chief, boss, employee, make_case(session, employee=employee)


def seen(session, actor):
    page = queries.list_cases(session, actor, Wanted())
    total = queries.count_cases(session, actor, Wanted())
    found = [case.id for case in page.rows]
    assert total == len(found)
    return found


def test_a_supervisor_sees_the_cases_of_their_own_people_down_the_line(session, agency, crew):
    chief, boss, employee, case = crew
    stranger = supervisor(session, agency, "Ida Wells")
    other = make_case(session, employee=person(session, agency, "Ana Ruiz"))
    assert seen(session, boss) == [case.id]
    assert seen(session, chief) == [case.id]
    assert seen(session, stranger) == []
    officer = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
    assert sorted(seen(session, officer)) == sorted([case.id, other.id])
    for actor, hidden in ((boss, other), (chief, other), (stranger, case)):
        with pytest.raises(NotFound):
            queries.get_case(session, hidden.id, actor)
    assert queries.list_cases_of(session, employee.id, stranger) == []


@pytest.mark.parametrize("part", ["opened_by", "proposed_by", "deciding_official_id"])
def test_whoever_has_a_part_sees_the_case(session, agency, part):
    actor = supervisor(session, agency)
    case = make_case(session, employee=person(session, agency, "Ana Ruiz"), **{part: actor.id})
    assert seen(session, actor) == [case.id]


def test_the_investigator_sees_the_case_that_followed(session, agency, at):
    actor, employee = supervisor(session, agency), person(session, agency, "Ana Ruiz")
    allegation = Allegation(
        id=new_id("alg"), number="L-2026-000001-1", employee_id=employee.id, agency_id=agency.id,
        source=Source.OTHER, received_on=at.date(), summary="Said.", state=AllegationState.LED_TO_CASE,
        recorded_by=actor.id, recorded_at=at, investigator_id=actor.id, findings="Found.", ended_at=at,
    )  # fmt: skip
    session.add(allegation)
    session.flush()
    case = make_case(session, employee=employee, allegation_id=allegation.id)
    assert seen(session, actor) == [case.id]


def test_posts_in_a_circle_come_to_an_end(session, agency, crew):
    chief, _, employee, case = crew
    top = session.query(Position).join(type(employee), Position.incumbent_id == type(employee).id)
    top = top.filter(type(employee).account_id == chief.id).one()
    top.reports_to_id = session.query(Position).filter(Position.incumbent_id == employee.id).one().id
    session.flush()
    assert seen(session, chief) == [case.id]


def test_a_case_about_oneself_stays_hidden_from_a_supervisor(session, agency, crew):
    _, _, employee, _ = crew
    own = make_actor(session, roles=[(Role.SUPERVISOR, agency.id)])
    employee.account_id = own.id
    session.flush()
    assert seen(session, own) == []


def test_a_supervisor_opens_a_case_about_own_people_alone(session, agency, crew, at):
    _, boss, employee, _ = crew
    official = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
    draft = Draft(propose(Action.REPRIMAND, None), "Late.", "Told before.", official.id)
    with transaction() as opened:
        made = services.open_case(opened, employee_id=employee.id, draft=draft, actor=boss, at=at)
    assert made.opened_by == boss.id
    stranger = person(session, agency, "Ana Ruiz")
    with pytest.raises(Forbidden), transaction() as opened:
        services.open_case(opened, employee_id=stranger.id, draft=draft, actor=boss, at=at)


def test_pages_and_the_count_of_what_waits_follow_the_same_rule(client, session, agency, crew, at):
    _, boss, employee, case = crew
    hidden = make_case(session, employee=person(session, agency, "Ana Ruiz"))
    waiting = {one.text: one.count for one in home.list_waiting(session, boss, at)}
    assert waiting["Disciplinary cases in draft"] == 1
    sign_in(client, session.get(Account, boss.id))
    assert client.get(f"/staff/cases/{case.id}").status_code == 200
    for path in (f"/staff/cases/{hidden.id}", f"/staff/cases/{hidden.id}/edit"):
        assert client.get(path).status_code == 404
    assert client.get(f"/staff/employees/{hidden.employee_id}/cases/new").status_code == 403
    assert client.get(f"/staff/employees/{employee.id}/cases/new").status_code == 200
    assert "Open a disciplinary case" in client.get(f"/staff/employees/{employee.id}").text
    page = client.get(f"/staff/employees/{hidden.employee_id}").text
    assert "Open a disciplinary case" not in page
    assert "Disciplinary cases</h2>" not in page
    listed = client.get("/staff/cases").text
    assert case.number in listed
    assert hidden.number not in listed
