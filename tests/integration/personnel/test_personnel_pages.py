"""Every personnel page opens for those who may, and not for those who may not."""

from __future__ import annotations

import pytest

from app.accounts.roles import Role
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_case, make_employee, make_position


@pytest.fixture
def office(session, client):
    """An agency with a filled and a vacant position, a case, and its HR officer signed in."""
    agency = make_agency(session)
    officer = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    employee = make_employee(session, agency=agency, name="Dana Okafor")
    filled = make_position(session, agency=agency, title="Clerk")
    vacant = make_position(session, agency=agency, title="Analyst")
    appointment = make_appointment(session, position=filled, employee=employee)
    case = make_case(session, employee=employee, opened_by=officer.id)
    sign_in(client, officer)
    return {
        "agency": agency,
        "officer": officer,
        "employee": employee,
        "filled": filled,
        "vacant": vacant,
        "appointment": appointment,
        "case": case,
    }


def pages(office):
    vacant, employee = office["vacant"].id, office["employee"].id
    appointment, case = office["appointment"].id, office["case"].id
    charge = f"/staff/cases/{case}/charges/new"
    return {
        "/staff/positions": "Positions",
        "/staff/positions/new": "Create a position",
        f"/staff/positions/{vacant}": "Analyst",
        f"/staff/positions/{vacant}/edit": "Change position",
        f"/staff/positions/{vacant}/abolish": "Abolish position",
        f"/staff/positions/{vacant}/propose-appointment": "Propose somebody for position",
        "/staff/appointment-proposals": "Proposed appointments",
        "/staff/employees": "Employees",
        f"/staff/employees/{employee}": "Dana Okafor",
        f"/staff/employees/{employee}/cases/new": "Open a disciplinary case",
        "/staff/appointments": "Appointments",
        f"/staff/appointments/{appointment}": "Appointment of Dana Okafor",
        "/staff/cases": "Disciplinary cases",
        f"/staff/cases/{case}": "Case D-",
        f"/staff/cases/{case}/edit": "Change case",
        charge: "Add a charge",
        f"/staff/cases/{case}/propose": "Propose the action of case",
        f"/staff/cases/{case}/withdraw": "Withdraw case",
        "/my/employment": "My employment",
    }


def test_an_officer_opens_every_page_of_the_agency(client, office):
    for address, heading in pages(office).items():
        response = client.get(address)
        assert response.status_code == 200, address
        assert heading in response.text, address


def test_an_officer_of_another_agency_finds_none_of_its_objects(client, session, office):
    other = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    sign_in(client, other)
    for address in pages(office):
        if "_" in address:
            assert client.get(address).status_code == 404, address
    for address in ("/staff/positions", "/staff/employees", "/staff/appointments", "/staff/cases"):
        text = client.get(address).text
        assert "Dana Okafor" not in text
        assert office["case"].number not in text
        assert "Analyst" not in text


READING = {"/staff/positions", "/staff/employees", "/staff/appointments"}


@pytest.mark.parametrize(
    ("role", "lists"),
    [
        (Role.SUPERVISOR, READING | {"/staff/cases"}),
        (Role.APPOINTING_AUTHORITY, READING),
        (Role.AUDITOR, READING),
        (Role.EXAM_OFFICER, set()),
        (Role.KEY_CUSTODIAN, set()),
        (Role.AGENCY_ADMINISTRATOR, {"/staff/positions"}),
        (Role.SYSTEM_ADMINISTRATOR, set()),
    ],
)
def test_each_role_opens_its_lists_and_no_other(client, session, office, role, lists):
    sign_in(client, make_account(session, roles=[(role, office["agency"].id)]))
    opened = {
        address
        for address in ("/staff/positions", "/staff/employees", "/staff/appointments", "/staff/cases")
        if client.get(address).status_code == 200
    }
    assert opened == lists


@pytest.mark.parametrize("role", [Role.EXAM_OFFICER, Role.AUDITOR, Role.APPOINTING_AUTHORITY])
def test_only_hr_and_supervisors_learn_of_cases(client, session, office, role):
    sign_in(client, make_account(session, roles=[(role, office["agency"].id)]))
    assert client.get(f"/staff/cases/{office['case'].id}").status_code == 403
    record = client.get(f"/staff/employees/{office['employee'].id}")
    assert office["case"].number not in record.text
    assert "isciplinary" not in record.text
