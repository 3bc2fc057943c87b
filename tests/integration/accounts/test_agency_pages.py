"""Agencies: kept by system administrators alone."""

from __future__ import annotations

import pytest

from app.accounts.models import Agency
from app.accounts.roles import Role
from app.platform.audit import AuditEvent
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency

GIVEN = {
    "name": "Department of Parks",
    "code": "PARKS",
    "time_zone": "America/New_York",
    "address": "1 Park Lane\nNew York",
    "contact_email": "jobs@parks.example",
    "contact_phone": "+1 212 555 0101",
}


@pytest.fixture
def chief(session, client):
    account = make_account(session, roles=[(Role.SYSTEM_ADMINISTRATOR, None)])
    sign_in(client, account)
    return account


def test_an_agency_is_added(client, session, chief):
    assert "There is no agency yet." in client.get("/staff/agencies").text
    assert client.get("/staff/agencies/new").status_code == 200
    answer = client.post("/staff/agencies/new", data=GIVEN)
    assert (answer.status_code, answer.location) == (303, "/staff/agencies")
    agency = session.query(Agency).one()
    assert {name: getattr(agency, name) for name in GIVEN} == GIVEN
    events = session.query(AuditEvent).all()
    assert [(event.action, event.subject, event.agency_id) for event in events] == [
        ("accounts.add_agency", agency.id, agency.id)
    ]
    assert "Department of Parks" in client.get("/staff/agencies").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter name"),
        ({"name": "x" * 201}, "Name must be 200 characters or fewer"),
        ({"code": "parks!"}, "Code must be 2 to 12 capital letters and digits"),
        ({"time_zone": "America/Gotham"}, "Time zone must be a name such as America/New_York"),
        ({"time_zone": "../../etc/localtime"}, "Time zone must be a name such as America/New_York"),
        ({"time_zone": "a\0b"}, "Time zone contains characters that cannot be saved"),
        ({"contact_email": "parks"}, "must be an email address"),
        ({"contact_phone": "1" * 41}, "Telephone number must be 40 characters or fewer"),
        ({"code": "ROADS"}, "Another agency has this code."),
        ({"name": "Roads"}, "Another agency has this name."),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_kept(client, session, chief, changed, sentence):
    make_agency(session, name="Roads", code="ROADS")
    answer = client.post("/staff/agencies/new", data=GIVEN | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "1 Park Lane" in answer.text
    assert session.query(Agency).count() == 1


def test_an_agency_is_edited(client, session, chief):
    agency = make_agency(session, **GIVEN)
    path = f"/staff/agencies/{agency.id}/edit"
    assert 'value="PARKS"' in client.get(path).text
    assert client.post(path, data=GIVEN | {"time_zone": "America/Chicago"}).location == "/staff/agencies"
    session.expire_all()
    assert agency.time_zone == "America/Chicago"
    assert [event.details for event in session.query(AuditEvent)] == [{"changed": ["time_zone"]}]


def test_a_name_of_another_agency_is_refused(client, session, chief):
    make_agency(session, name="Roads")
    agency = make_agency(session, **GIVEN)
    answer = client.post(f"/staff/agencies/{agency.id}/edit", data=GIVEN | {"name": "Roads"})
    assert answer.status_code == 422
    assert "Another agency has this name." in answer.text


@pytest.mark.parametrize("agency_id", ["agy_" + "0" * 26, "agy_x", "%00"])
def test_an_unknown_agency_is_not_found(client, chief, agency_id):
    assert client.get(f"/staff/agencies/{agency_id}/edit").status_code == 404


@pytest.mark.parametrize("role", [Role.AGENCY_ADMINISTRATOR, Role.AUDITOR, Role.HR_OFFICER])
def test_nobody_else_changes_agencies(client, session, role):
    agency = make_agency(session, **GIVEN)
    sign_in(client, make_account(session, roles=[(role, agency.id)]))
    paths = ["/staff/agencies/new", f"/staff/agencies/{agency.id}/edit"]
    assert [client.post(path, data=GIVEN | {"name": "Mine"}).status_code for path in paths] == [403, 403]
    assert client.get("/staff/agencies").status_code == (403 if role is Role.HR_OFFICER else 200)
