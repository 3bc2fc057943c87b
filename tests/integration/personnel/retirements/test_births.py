"""Dates of birth: who may see and enter them, what is refused, and that they stand nowhere else."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.personnel.employees.models import Employee
from app.personnel.retirements.models import EmployeeBirth
from app.platform.audit import AuditEvent
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position
from tests.page_checks import named


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def account(session):
    return make_account(session)


@pytest.fixture
def employee(session, agency, account):
    hired_on = dt.date(2000, 7, 1)
    found = make_employee(session, agency=agency, account_id=account.id, hired_on=hired_on)
    position = make_position(session, agency=agency)
    return make_appointment(session, position=position, employee=found, starts_on=hired_on).employee


@pytest.fixture
def officer(client, session, agency):
    found = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, found)
    return found


def path(employee, end="birth-date"):
    return f"/staff/employees/{employee.id}/{end}"


def born(session, employee):
    session.expire_all()
    return session.scalar(select(EmployeeBirth.born_on).where(EmployeeBirth.employee_id == employee.id))


def test_an_officer_enters_and_corrects_a_date_of_birth(client, session, officer, employee):
    assert "No date of birth is held" in client.get(path(employee, "retirement")).text
    done = client.post(path(employee), data={"born_on": "1966-06-15"})
    assert (done.status_code, done.location) == (303, path(employee, "retirement"))
    page = client.get(done.location).text
    assert "15 June 1966" in page
    assert "14 June 2026" in page  # 60 with 20 years
    assert "14 October 2022" in page  # 56 and 4 months with 10 years, reduced
    assert client.post(path(employee), data={"born_on": "1966-06-16"}).status_code == 303
    assert born(session, employee) == dt.date(1966, 6, 16)
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "personnel.retirements.edit"))
    assert all("1966" not in str(event.details) for event in events)


@pytest.mark.parametrize(
    "value", ["", "2026-02-30", "1986-07-02", "2099-01-01", "0000-01-01", "1899-01-01", "x\0"]
)
def test_a_date_that_cannot_be_is_refused_at_the_field(client, session, officer, employee, value):
    page = client.post(path(employee), data={"born_on": value})
    assert page.status_code == 422
    assert 'href="#born_on' in page.text
    assert born(session, employee) is None


def test_only_those_with_the_permission_see_it(client, session, agency, employee):
    for role, where in (
        (Role.SUPERVISOR, agency),
        (Role.APPOINTING_AUTHORITY, agency),
        (Role.AUDITOR, agency),
    ):
        sign_in(client, make_account(session, roles=[(role, where.id)]))
        assert client.get(path(employee, "retirement")).status_code == 403
        assert client.post(path(employee), data={"born_on": "1966-06-15"}).status_code == 403
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)]))
    assert client.get(path(employee, "retirement")).status_code == 404
    assert client.post(path(employee), data={"born_on": "1966-06-15"}).status_code == 404
    assert born(session, employee) is None


def test_nobody_enters_the_own_date(client, session, agency, account, employee):
    officer = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    employee.account_id = officer.id
    session.flush()
    sign_in(client, officer)
    page = client.post(path(employee), data={"born_on": "1966-06-15"})
    assert page.status_code == 422
    assert "Your own date of birth is entered by somebody else." in page.text
    assert "Enter the date of birth" not in client.get(path(employee, "retirement")).text


def test_a_person_sees_the_own_date_and_when_retirement_is_open(client, session, officer, account, employee):
    client.post(path(employee), data={"born_on": "1966-06-15"})
    sign_in(client, account)
    page = client.get("/my/employment/retirement").text
    assert "15 June 1966" in page
    assert "Age 60 with 20 years of service" in page
    assert "Birth date and retirement" in client.get("/my/employment").text


def test_who_has_no_record_has_no_such_page(client, session):
    sign_in(client, make_account(session))
    assert client.get("/my/employment/retirement").status_code == 403


def test_it_stands_on_no_general_page_and_in_no_list(client, session, officer, employee):
    client.post(path(employee), data={"born_on": "1966-06-15"})
    for address in (
        f"/staff/employees/{employee.id}",
        "/staff/employees",
        f"/staff/employees/{employee.id}/file",
    ):
        assert not named(client.get(address).text, "15 June 1966")
    file = client.post(
        "/staff/tables/personnel.employees.list_staff",
        data={"form": "csv", "columns": ["number", "name", "hired_on"]},
    )
    assert "1966" not in file.text


def test_a_register_may_bring_it(client, session, agency, officer):
    make_position(session, agency=agency, number="P-7")

    def send(born_on):
        rows = f"name,position,hired_on,born_on\nAna Ruiz,P-7,2020-02-29,{born_on}\n"
        return client.post(
            "/staff/registers",
            data={
                "agency_id": agency.id,
                "kind": "people",
                "file": (io.BytesIO(rows.encode()), "people.csv"),
            },
            content_type="multipart/form-data",
        )

    assert "before the age of 14" in send("2010-01-01").text
    assert "born_on must be a day such as" in send("1.1.1980").text
    page = send("1980-02-29")
    assert page.status_code == 200, page.text
    ticket = re.search('name="ticket"[^>]*value="([^"]+)"', page.text)[1]
    assert client.post("/staff/registers/apply", data={"ticket": ticket}).status_code == 303
    ana = session.scalar(select(Employee).where(Employee.name == "Ana Ruiz"))
    assert born(session, ana) == dt.date(1980, 2, 29)


@pytest.mark.parametrize("role", [Role.HR_OFFICER, Role.APPOINTING_AUTHORITY])
def test_an_entry_on_duty_takes_it_from_those_who_may_enter_it(client, session, agency, role):
    position = make_position(session, agency=agency)
    made = make_appointment(session, position=position, starts_on=dt.date(2026, 11, 2))
    employee = made.employee
    sign_in(client, make_account(session, roles=[(role, agency.id)]))
    address = f"/staff/appointments/{made.id}/enter"
    is_asked = role is Role.HR_OFFICER
    assert ("Date of birth" in client.get(address).text) is is_asked
    if is_asked:
        refused = client.post(address, data={"entered_on": "2026-11-02", "born_on": "2020-01-01"})
        assert refused.status_code == 422
        session.refresh(made)
        assert made.entered_on is None
    done = client.post(address, data={"entered_on": "2026-11-02", "born_on": "1990-01-31"})
    assert done.status_code == 303, done.text
    assert born(session, employee) == (dt.date(1990, 1, 31) if is_asked else None)
