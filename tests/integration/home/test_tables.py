"""Staff tables as files: chosen columns, the filters of the page, no formula, and a line in the trail."""

from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.accounts.roles import Role
from app.platform.audit import AuditEvent
from app.web import tables
from app.web.tables import Column
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.notices import promise_notice
from tests.factories.personnel import make_employee, make_position
from tests.integration.exams import world as office

POSITIONS = "/staff/tables/personnel.positions.list_staff"


def read(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, client, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, account)
    return account


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(form, start):
    out = io.BytesIO()
    count = tables.write([Column("a", "A", lambda row: row)], [f"{start}1+1"], form, out)
    assert count == 1
    if form == "csv":
        assert out.getvalue().decode("utf-8-sig").splitlines()[1].strip('"').startswith("'" + start.strip())
    else:
        cells = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_index(0).to_python()
        assert cells[1] == [f"{start}1+1"]


def test_a_list_is_given_with_chosen_columns_and_its_filters(session, client, agency, officer):
    make_position(session, agency=agency, number="P-1", title="=HYPERLINK(1)")
    make_position(session, agency=agency, number="P-2", title="Clerk")
    make_position(session, number="P-3", title="Of another agency")
    page = client.get("/staff/positions?text=hyper").text
    assert "table" in page
    assert 'href="/staff/tables/personnel.positions.list_staff?text=hyper"' in page
    assert client.get(f"{POSITIONS}?text=hyper").status_code == 200
    assert client.post(POSITIONS, data={"form": "csv"}).status_code == 422
    given = {"columns": ["number", "title"], "form": "csv"}
    assert read(client.post(f"{POSITIONS}?text=hyper", data=given)) == [
        ["Number", "Title"],
        ["P-1", "'=HYPERLINK(1)"],
    ]
    assert len(read(client.post(POSITIONS, data=given))) == 3
    sheet = client.post(POSITIONS, data=given | {"form": "xlsx"}).get_data()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["P-1", "=HYPERLINK(1)"]
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "home.download").order_by(AuditEvent.index).limit(1)
    ).one()
    assert (event.action, event.details["rows"], event.details["columns"], event.details["filters"]) == (
        "home.download",
        1,
        ["number", "title"],
        {"text": "hyper"},
    )


def test_a_column_asks_for_its_own_permission_everywhere(session, client, agency):
    supervisor = make_account(session, roles=[(Role.SUPERVISOR, agency.id)])
    sign_in(client, supervisor)
    make_employee(session, agency=agency, email="a@example.org")
    page = client.get("/staff/tables/personnel.employees.list_staff").text
    assert "E-mail address" in page
    auditor = make_account(session, roles=[(Role.AGENCY_ADMINISTRATOR, agency.id)])
    sign_in(client, auditor)
    page = client.get(POSITIONS).text
    assert "Held by" not in page
    taken = client.post(POSITIONS, data={"columns": ["number", "incumbent"], "form": "csv"})
    assert taken.status_code == 422


def test_tables_that_are_not_there_or_not_for_somebody(session, client, officer):
    assert client.get("/staff/tables/nothing").status_code == 404
    assert client.get("/staff/tables/home.bulk").status_code == 404
    assert client.get("/staff/tables/exams.examinations.list_candidates").status_code == 200
    given = {"columns": ["number"], "form": "csv"}
    place = "/staff/tables/exams.examinations.list_candidates"
    assert client.post(f"{place}?examination_id=%00", data=given).status_code == 404


def test_every_declared_table_can_be_taken(session, client):
    world = office.prepare(office.make_world(session))
    merit_list = office.publish(world)
    office.certify(world, merit_list)
    promise_notice(session, world.agency, world.accounts["auditor"])
    make_employee(session, agency=world.agency)
    sign_in(client, world.accounts["hr_officer"])
    asked = {
        "exams.certificates.list_staff": "",
        "exams.examinations.list_candidates": f"examination_id={world.exam.id}",
        "exams.merit_lists.show": f"list_id={merit_list.id}&group=passed",
        "notices.list_staff": "",
        "personnel.employees.list_staff": "",
        "personnel.positions.list_staff": "",
        "recruitment.applications.list_posting": f"posting_id={world.posting.id}",
        "recruitment.postings.list_staff": "",
    }
    assert set(asked) <= set(tables._tables)
    for endpoint, query in asked.items():
        place = f"/staff/tables/{endpoint}?{query}"
        names = [column.name for column in tables._tables[endpoint].columns]
        rows = read(client.post(place, data={"columns": names, "form": "csv"}))
        assert len(rows) > 1, endpoint
        assert len(rows[0]) == len(names)
    assert rows
