"""A service record: for the staff of the agency, and for the person alone."""

from __future__ import annotations

import datetime as dt

import pytest

from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.states import EmployeeState
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import OPENED_AT, make_appointment, make_case, make_employee, make_position


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, client, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, account)
    return account


def make_letter(session, *, agency, subject, template, account=None, number="N-1"):
    """Insert a letter as it stands before it is rendered."""
    own = f"ntc_{number.lower().replace('-', '').rjust(26, '0')}"
    session.add(
        Notice(
            id=own,
            number=number,
            code=own,
            key=own,
            template=template,
            title=f"Letter {number}",
            subject=subject,
            agency_id=agency.id,
            account_id=account.id if account else None,
            recipient_name="Dana",
            recipient_email=None,
            language="en",
            context={},
            state="promised",
            promised_at=OPENED_AT,
        )
    )
    session.flush()


@pytest.fixture
def record(session, agency):
    """A person with an ended and a live appointment, a case, and a letter about each."""
    account = make_account(session, name="Dana Okafor")
    employee = make_employee(session, agency=agency, name="Dana Okafor", account_id=account.id)
    old = make_appointment(
        session,
        position=make_position(session, agency=agency, title="Typist"),
        employee=employee,
        starts_on=dt.date(2025, 1, 6),
        ended_on=dt.date(2025, 12, 31),
        end_reason="Promoted.",
    )
    now = make_appointment(
        session,
        position=make_position(session, agency=agency, title="Senior typist"),
        employee=employee,
        starts_on=dt.date(2026, 1, 1),
        kind=AppointmentKind.PROBATIONAL,
        probation_ends_on=dt.date(2026, 12, 31),
    )
    case = make_case(session, employee=employee)
    make_letter(session, agency=agency, subject=now.id, template="appointment", account=account, number="N-1")
    make_letter(
        session, agency=agency, subject=case.id, template="proposed_action", account=account, number="N-2"
    )
    return {"account": account, "employee": employee, "case": case, "old": old, "now": now}


def test_an_hr_officer_reads_the_whole_record(client, officer, record):
    text = client.get(f"/staff/employees/{record['employee'].id}").text
    for shown in ("Dana Okafor", "Typist", "Senior typist", "31 December 2025", "Letter N-1", "Letter N-2"):
        assert shown in text
    assert record["case"].number in text
    assert text.index("Senior typist") < text.index("Typist</a>")


def test_letters_to_a_person_without_an_account_are_found_by_what_they_tell(client, session, agency, officer):
    appointment = make_appointment(session, position=make_position(session, agency=agency))
    other = make_appointment(session, position=make_position(session, agency=agency))
    make_letter(session, agency=agency, subject=appointment.id, template="appointment", number="N-1")
    make_letter(session, agency=agency, subject=other.id, template="appointment", number="N-2")
    text = client.get(f"/staff/employees/{appointment.employee_id}").text
    assert "Letter N-1" in text
    assert "Letter N-2" not in text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.APPOINTING_AUTHORITY])
def test_others_of_the_office_read_it_without_conduct(client, session, agency, record, role):
    sign_in(client, make_account(session, roles=[(role, agency.id)]))
    text = client.get(f"/staff/employees/{record['employee'].id}").text
    assert "Senior typist" in text
    assert "Letter N-2" not in text
    assert record["case"].number not in text


def test_an_officer_s_own_record_shows_no_case(client, session, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    employee = make_employee(session, agency=agency, account_id=account.id)
    case = make_case(session, employee=employee)
    sign_in(client, account)
    text = client.get(f"/staff/employees/{employee.id}").text
    assert case.number not in text
    assert "isciplinary cases</h2>" not in text
    assert client.get(f"/staff/cases/{case.id}").status_code == 404
    assert case.number not in client.get("/staff/cases").text


def test_a_person_reads_their_own_record(client, record):
    sign_in(client, record["account"])
    text = client.get("/my/employment").text
    for shown in (record["employee"].number, "Senior typist", "Typist", "Letter N-1", "Letter N-2"):
        assert shown in text
    assert "Your probation in this position runs until 31 December 2026." in text
    assert record["case"].number not in text
    assert client.get(f"/staff/employees/{record['employee'].id}").status_code == 403


def test_nobody_reads_another_s_own_record(client, session, record):
    other = make_account(session)
    sign_in(client, other)
    text = client.get("/my/employment").text
    assert "There is no service record for your account." in text
    assert "Dana Okafor" not in text


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/my/employment").status_code == 303
    assert client.get("/staff/employees").status_code == 303


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ana Ruiz", "Bo Chen", "Zoë Ås"]),
        ("?order=descending&sort=name", ["Zoë Ås", "Bo Chen", "Ana Ruiz"]),
        ("?sort=hired&order=ascending", ["Bo Chen", "Zoë Ås", "Ana Ruiz"]),
        ("?state=separated", ["Bo Chen"]),
        ("?state=active", ["Ana Ruiz", "Zoë Ås"]),
        ("?text=ZOË", ["Zoë Ås"]),
        ("?text=%00&state=x&agency=y", ["Ana Ruiz", "Bo Chen", "Zoë Ås"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(client, session, agency, officer, query, names):
    make_employee(session, agency=agency, name="Ana Ruiz", hired_on=dt.date(2026, 5, 1))
    make_employee(session, agency=agency, name="Zoë Ås", hired_on=dt.date(2026, 4, 1))
    make_employee(
        session,
        agency=agency,
        name="Bo Chen",
        hired_on=dt.date(2026, 3, 1),
        state=EmployeeState.SEPARATED,
        separated_on=dt.date(2026, 9, 1),
    )
    make_employee(session, name="Stranger")
    text = client.get(f"/staff/employees{query}").text
    found = [name for name in ("Ana Ruiz", "Bo Chen", "Zoë Ås", "Stranger") if f">{name}</a>" in text]
    assert sorted(found, key=lambda name: text.index(f">{name}</a>")) == names


def test_one_row_and_three_cost_the_same_queries(client, session, agency, officer, database):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            make_employee(session, agency=agency)
        session.expunge_all()
        with count_queries(database) as statements:
            assert client.get("/staff/employees").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_ids_of_other_kinds_and_shapes_lead_nowhere(client, officer, record):
    case_id = record["case"].id
    for wrong in ("1", "emp_1", case_id, "emp_" + "0" * 26, "emp_" + "u" * 26, "%00"):
        assert client.get(f"/staff/employees/{wrong}").status_code == 404


TABLE = "/staff/tables/personnel.employees.list_staff"
PLACED = ["name", "position", "title", "unit", "grade", "step", "pay_minor", "pay_currency", "pay_period"]


def test_a_file_of_employees_says_where_each_serves_and_what_is_paid(client, session, agency, officer):
    post = make_position(
        session, agency=agency, number="P-7", title="Clerk", unit="Counter", grade="A-05", pay_min_minor=100
    )
    person = make_employee(session, agency=agency, name="Ana")
    make_appointment(session, position=post, employee=person)
    make_employee(session, agency=agency, name="Ben")
    taken = client.post(TABLE, data={"columns": PLACED, "form": "csv"}).text.splitlines()
    assert taken[1:] == ["Ana,P-7,Clerk,Counter,A-05,1,100,USD,year", "Ben,,,,,,,,"]
    shown = client.post(f"{TABLE}?grade=A-05", data={"columns": ["name", "grade"], "form": "csv"}).text
    assert shown.splitlines()[1:] == ["Ana,A-05"]


def test_pay_is_in_the_file_of_those_who_may_see_pay(client, session, agency):
    sign_in(client, make_account(session, roles=[(Role.RECORDS_OFFICER, agency.id)]))
    assert "Pay, minor units" not in client.get(TABLE).text
    assert client.post(TABLE, data={"columns": ["name", "pay_minor"], "form": "csv"}).status_code == 422


def test_a_file_asks_no_more_for_more_people(client, session, database, agency, officer):
    def asked():
        with count_queries(database) as statements:
            client.post(TABLE, data={"columns": PLACED, "form": "csv"})
        return len(statements)

    make_appointment(session, position=make_position(session, agency=agency))
    asked()
    first = asked()
    for _ in range(3):
        make_appointment(session, position=make_position(session, agency=agency))
    assert asked() == first
