"""Files of people and of actions: a dry run with a verdict on each row, then all of them or none."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.queries import as_of
from app.personnel.actions.states import ActionState, Standing
from app.personnel.appointments.models import Appointment
from app.personnel.employees.models import Employee
from app.platform import clock
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

PATH = "/staff/registers"
PEOPLE = "name,email,position,hired_on,step,pay,hours\n"
ACTIONS = "employee,kind,effective_on,step,authority_code,reason\n"


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(client, session, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, account)
    return account


@pytest.fixture
def posts(session, agency):
    return [make_position(session, agency=agency, number=number) for number in ("P-1", "P-2")]


@pytest.fixture
def send(client, officer, agency):
    def act(content, kind="people", name="register.csv"):
        content = content.encode() if isinstance(content, str) else content
        return client.post(
            PATH,
            data={
                "agency_id": agency.id,
                "kind": kind,
                "file": (io.BytesIO(content), name),
            },
            content_type="multipart/form-data",
        )

    return act


def ticket_of(page):
    return {name: re.search(f'name="{name}"[^>]*value="([^"]+)"', page.text)[1] for name in ("ticket",)}


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_people_are_looked_at_first_and_then_entered_in_their_posts(client, session, send, posts):
    rows = "Ana Ruiz,ana@post.example,P-1,2020-02-29,4,52000,37.5\nZoë Ås,,P-2,2024-06-01,,,\n"
    page = send(PEOPLE + rows)
    assert page.status_code == 200, page.text
    assert "2 rows, all right." in page.text
    assert count(session, Employee) == 0
    done = client.post(f"{PATH}/apply", data=ticket_of(page))
    assert (done.status_code, done.location) == (303, "/staff/employees")
    ana = session.scalar(select(Employee).where(Employee.name == "Ana Ruiz"))
    session.refresh(posts[0])
    held = as_of(session, ana.id, clock.now().date())
    assert posts[0].incumbent_id == ana.id
    assert (held.step, held.pay_minor, held.weekly_minutes, held.standing) == (
        4, 52_000_00, 2250, Standing.IN_SERVICE,
    )  # fmt: skip
    assert (count(session, Employee), count(session, Appointment)) == (2, 2)
    again = client.post(f"{PATH}/apply", data=ticket_of(page))
    assert again.status_code == 422
    assert "Something has changed" in again.text
    assert count(session, Employee) == 2


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Ana,,P-9,2020-01-01,,,", "There is no such position in this agency."),
        ("Ana,,P-3,2020-01-01,,,", "Somebody holds this position."),
        (",,P-1,2020-01-01,,,", "The name is missing or too long."),
        ("Ana,ana,P-1,2020-01-01,,,", "The e-mail address is not complete."),
        ("Ana,,P-1,2020-02-30,,,", "hired_on must be a day such as 2026-11-22."),
        ("Ana,,P-1,2199-01-01,,,", "hired_on lies ahead."),
        ("Ana,,P-1,2200-01-01,,,", "hired_on must lie from 1900-01-01 to 2199-12-31."),
        ("Ana,,P-1,1899-12-31,,,", "hired_on must lie from 1900-01-01 to 2199-12-31."),
        (f"Ana,{'a' * 63}@{'b' * 180}.{'c' * 10},P-1,2020-01-01,,,", "The e-mail address is not complete."),
        ("Ana,,P-1,2020-01-01,11,,", "Grade 09 ends with step 10."),
        ("Ana,,P-1,2020-01-01,2.5,,", "step must be a whole number from 1 to 99."),
        ("Ana,,P-1,2020-01-01,,1e9,", "pay must be a number."),
        ("Ana,,P-1,2020-01-01,,,200", "hours must be more than none and at most 168 a week."),
        ("Ben,,P-2,2020-01-01,,,", "position stands in row 2 already."),
    ],
)
def test_one_wrong_row_keeps_the_whole_file_out(session, send, posts, agency, row, fault):
    make_appointment(session, position=make_position(session, agency=agency, number="P-3"))
    before = count(session, Employee)
    page = send(f"{PEOPLE}Right Person,,P-2,2020-01-01,,,\n{row}\n")
    assert page.status_code == 422
    assert fault in page.text
    assert page.text.count(">Wrong<") == 1
    assert count(session, Employee) == before


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\xff\xfe\x00", "a.csv", "The file is no CSV in UTF-8 and no XLSX"),
        (b"name\nAna\n", "a.csv", "The file lacks a column: position, hired_on"),
        (b"name,position,hired_on,salary\nA,B,C,D\n", "a.csv", "The columns must be these, each once"),
        (b"name,position,hired_on\n", "a.csv", "The file has headings and no rows"),
        (b"\n\n", "a.csv", "The file is empty"),
        (b'name,position,hired_on\n"A,B,C\n', "a.csv", "The file cannot be read as CSV"),
        (b"PK\x03\x04 broken", "a.xlsx", "The file cannot be read as XLSX"),
        (b"name,position,hired_on\nA\x00,B,C\n", "a.csv", "The file is no CSV"),
    ],
)
def test_what_is_no_table_is_refused_at_the_field(session, send, content, name, sentence):
    page = send(content, name=name)
    assert page.status_code == 422
    assert sentence in page.text


def test_a_spreadsheet_is_read_alike(client, session, send, posts):
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Position", "Hired on", "Step"])
        sheet.write_row(1, 0, ["Ana Ruiz", "P-1", "2020-02-29", 3])
    page = send(book.getvalue(), name="register.xlsx")
    assert client.post(f"{PATH}/apply", data=ticket_of(page)).status_code == 303
    assert session.scalar(select(Employee.name)) == "Ana Ruiz"


def test_actions_are_proposed_for_somebody_else_to_decide(client, session, send, agency):
    people = [make_employee(session, agency_id=agency.id, number=f"E-{place}") for place in (1, 2)]
    for person in people:
        make_appointment(session, employee=person, position=make_position(session, agency=agency))
    today = clock.local_date(clock.now(), agency.time_zone).isoformat()
    rows = "".join(
        f"E-{place},change of hours,{today},{hours},CFR-340.202,Agreed.,Came late.\n"
        for place, hours in ((1, 20), (2, 30))
    )
    page = send("employee,kind,effective_on,hours,authority_code,reason,late_reason\n" + rows, kind="actions")
    assert "2 rows, all right." in page.text, page.text
    assert client.post(f"{PATH}/apply", data=ticket_of(page)).location == "/staff/actions"
    found = session.execute(
        select(PersonnelAction.state, PersonnelAction.effect)
        .where(PersonnelAction.proposed_by.is_not(None))
        .order_by(PersonnelAction.id)
    ).all()
    assert found == [
        (ActionState.PROPOSED, {"weekly_minutes": 1200}), (ActionState.PROPOSED, {"weekly_minutes": 1800})
    ]  # fmt: skip


def test_a_wrong_action_is_told_with_its_row(session, send, agency):
    person = make_employee(session, agency_id=agency.id, number="E-1")
    make_appointment(session, employee=person, position=make_position(session, agency=agency))
    rows = "E-1,promotion,2026-03-02,2,USC-5335,Due.\nE-7,reduction,2026-03-02,2,USC-5335,Due.\n"
    rows += "E-1,marriage,2026-03-02,2,USC-5335,Due.\nE-1,within-grade increase,2026-03-02,2,USC-5335,Due.\n"
    page = send(ACTIONS + rows, kind="actions")
    faults = (
        "Select a legal authority for this kind", "no employee with this number", "kind is none",
        "is not proposed here",
    )  # fmt: skip
    for fault in faults:
        assert fault in page.text
    assert session.scalar(select(PersonnelAction).where(PersonnelAction.proposed_by.is_not(None))) is None


def test_a_forged_ticket_and_another_agency_are_refused(client, session, send, posts, officer):
    page = send(f"{PEOPLE}Ana,,P-1,2020-01-01,,,\n")
    forged = ticket_of(page) | {"ticket": "WyJ4Il0.x"}
    assert client.post(f"{PATH}/apply", data=forged).status_code == 404
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)]))
    assert "P-1" not in client.get("/staff/employees.csv").text
