"""A team on one page, and how its people are reached."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from app.accounts.roles import Role
from app.personnel.contacts.queries import find_contacts
from app.personnel.leave_requests.states import RequestState
from app.platform import clock
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.leave import make_leave
from tests.factories.personnel import make_appointment, make_employee, make_position

CONTACTS = {
    "telephone": "555 0101",
    "address": "17 Orchard Street",
    "first_name": "Amara Okafor",
    "first_relation": "sister",
    "first_telephone": "555 0142",
}


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def serve(session, agency):
    """Put a person with an account into a position that reports to another."""

    def put(name, above=None):
        account = make_account(session, name=name)
        employee = make_employee(session, agency_id=agency.id, account_id=account.id, name=name)
        position = make_position(
            session, agency=agency, title=f"Post of {name}", reports_to_id=above[2].id if above else None
        )
        make_appointment(session, position=position, employee=employee)
        return account, employee, position

    return put


@pytest.fixture
def lead(serve):
    return serve("Lena Moreau")


@pytest.fixture
def member(serve, lead):
    return serve("Nia Okafor", lead)


@pytest.fixture
def stranger(serve):
    return serve("Omar Farouk")


def test_a_team_is_who_reports_to_one(client, lead, member, stranger):
    sign_in(client, lead[0])
    page = client.get("/my/team").text
    assert "Nia Okafor" in page
    assert "Post of Nia Okafor" in page
    assert "Omar Farouk" not in page
    assert "1 person reports to you." in client.get("/my/employment").text


def test_who_leads_nobody_is_told_so_and_finds_no_link(client, member):
    sign_in(client, member[0])
    assert "Nobody reports to you." in client.get("/my/team").text
    assert "/my/team" not in client.get("/my/employment").text


def test_the_lead_reads_who_is_away_and_what_waits_without_any_role(
    client, session, lead, member, at, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: at)
    asked = {"employee": member[1], "asked_by": member[0].id, "approver_id": lead[0].id}
    decided = {"state": RequestState.APPROVED, "decided_by": lead[0].id, "decided_at": at}
    make_leave(session, on=at.date(), **asked, **decided)
    waiting = make_leave(session, on=at.date() + dt.timedelta(days=7), **asked)
    sign_in(client, lead[0])
    page = client.get("/my/team").text
    assert "Away today: annual leave" in page
    assert "1 thing waits for you" in page
    assert "Leave of your team to decide: Nia Okafor" in page
    (address,) = re.findall(rf'href="([^"]*{waiting.id}[^"]*)"', page)
    assert client.get(address).status_code == 200
    sign_in(client, member[0])
    assert "waits for you" not in client.get("/my/team").text


def test_nobody_else_opens_a_member_of_the_team(client, app, lead, member, stranger):
    sign_in(client, lead[0])
    assert client.get(f"/my/team/{member[1].id}").status_code == 200
    assert client.get(f"/my/team/{stranger[1].id}").status_code == 404
    assert sign_in(app.test_client(), stranger[0]).get(f"/my/team/{member[1].id}").status_code == 404
    assert sign_in(app.test_client(), member[0]).get(f"/my/team/{lead[1].id}").status_code == 404


def test_whom_to_tell_is_kept_and_read_by_the_lead_and_the_office(client, app, session, agency, lead, member):
    sign_in(client, member[0])
    assert client.post("/my/employment/contacts", data=CONTACTS).status_code == 303
    told = "Amara Okafor (sister), 555 0142"
    page = sign_in(app.test_client(), lead[0]).get(f"/my/team/{member[1].id}").text
    assert told in page
    assert "17 Orchard Street" not in page  # the lead needs no address
    officer = sign_in(app.test_client(), make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))
    page = officer.get(f"/staff/employees/{member[1].id}/contacts").text
    assert told in page
    assert "17 Orchard Street" in page
    elsewhere = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    other = sign_in(app.test_client(), elsewhere)
    assert other.get(f"/staff/employees/{member[1].id}/contacts").status_code == 404


def test_wrong_contacts_are_refused_at_the_field_and_nothing_is_lost(client, session, member):
    sign_in(client, member[0])
    answer = client.post("/my/employment/contacts", data=CONTACTS | {"first_telephone": "ask her"})
    assert answer.status_code == 422
    assert "Enter a telephone number, such as 555 0142" in answer.text
    assert "17 Orchard Street" in answer.text
    assert find_contacts(session, member[1].id) is None


def test_who_does_not_serve_has_no_contacts_to_state(client, session):
    sign_in(client, make_account(session))
    assert client.get("/my/employment/contacts").status_code == 403
