"""The hiring action file holds one vacancy from requisition to appointment, in three forms."""

from __future__ import annotations

import csv
import io

import pikepdf
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.accounts.roles import Role
from app.platform.audit import AuditEvent
from app.recruitment.postings.states import PostingState
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application
from tests.factories.exams import (
    make_candidate,
    make_certificate,
    make_entry,
    make_examination,
    make_list,
)
from tests.factories.recruitment import make_posting, make_requisition


def make_hiring(session, *, applicants):
    """A closed posting with this many applicants, all ranked and certified."""
    agency = make_agency(session)
    requisition = make_requisition(session, agency_id=agency.id)
    posting = make_posting(
        session, state=PostingState.CLOSED, agency_id=agency.id, requisition_id=requisition.id, title="=Chief"
    )
    examination = make_examination(session, posting=posting)
    made = make_list(session, examination)
    entries = []
    for place in range(1, applicants + 1):
        application = make_application(session, posting_id=posting.id, account_id=make_account(session).id)
        candidate = make_candidate(session, examination, application=application)
        entries.append(make_entry(session, made, candidate=candidate, place=place))
    make_certificate(session, made, entries=entries, requisition_id=requisition.id)
    session.flush()
    return agency, posting


@pytest.fixture
def auditor(session, client):
    account = make_account(session, roles=((Role.AUDITOR, None),))
    session.flush()
    sign_in(client, account)
    return account


def address(posting, form=""):
    return f"/staff/reports/hiring-action-file/{posting.id}" + (f"/{form}" if form else "")


def test_the_file_is_read_on_a_page_and_that_is_recorded(client, session, auditor):
    _, posting = make_hiring(session, applicants=2)
    page = client.get(address(posting)).text
    for section in ("Requisition", "Applications", "Merit lists", "Names certified", "Ledger events"):
        assert section in page
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.index.desc())).first()
    assert (event.action, event.subject) == ("compliance.reports.hiring_action_file", posting.id)


def test_a_download_needs_a_purpose(client, session, auditor):
    _, posting = make_hiring(session, applicants=1)
    answer = client.post(address(posting, "csv"), data={"purpose": ""})
    assert answer.status_code == 422
    assert client.post(address(posting, "exe"), data={"purpose": "Yearly audit"}).status_code == 404


def test_csv_and_xlsx_hold_the_same_values_and_no_formula(client, session, auditor):
    _, posting = make_hiring(session, applicants=2)
    purpose = {"purpose": "Yearly audit"}
    text = client.post(address(posting, "csv"), data=purpose).data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    places = [
        row["value"] for row in rows if (row["section"], row["column"]) == ("Places on the list", "Place")
    ]
    assert places == ["1", "2"]
    assert not any(row["value"].startswith("=") for row in rows)
    workbook = client.post(address(posting, "xlsx"), data=purpose).data
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    [name] = [name for name in book.sheet_names if name.endswith("Places on the list")]
    assert [row[1] for row in book.get_sheet_by_name(name).to_python()[1:]] == [1.0, 2.0]
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.index.desc())).first()
    assert event.details == {"form": "xlsx", "purpose": "Yearly audit"}


def test_the_pdf_is_tagged_and_carries_its_values(client, session, auditor):
    _, posting = make_hiring(session, applicants=2)
    content = client.post(address(posting, "pdf"), data={"purpose": "Yearly audit"}).data
    with pikepdf.open(io.BytesIO(content)) as document:
        assert "/StructTreeRoot" in document.Root
        assert str(document.docinfo["/Title"]) == "Hiring action file: =Chief"
        assert list(document.attachments) == ["hiring-action-file.csv"]


def test_an_auditor_of_another_agency_finds_nothing(client, session):
    _, posting = make_hiring(session, applicants=1)
    other = make_account(session, roles=((Role.AUDITOR, make_agency(session).id),))
    session.flush()
    sign_in(client, other)
    assert client.get(address(posting)).status_code == 404
    assert posting.number not in client.get("/staff/reports").text


def test_the_file_takes_as_many_queries_for_three_applicants_as_for_one(client, session, auditor, database):
    counts = []
    for applicants in (1, 3):
        _, posting = make_hiring(session, applicants=applicants)
        with count_queries(database) as statements:
            client.get(address(posting))
        counts.append(len(statements))
    assert counts[0] == counts[1]
