"""Lists in New York's columns: looked into, imported whole or not at all, and taken away again."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import func, select

from app.exams.list_files.models import OutsideList, OutsideName
from app.exams.list_files.rules import CERTIFICATION_COLUMNS, LIST_COLUMNS
from app.platform.audit import AuditEvent
from tests.conftest import sign_in
from tests.integration.exams import world as office
from tests.unit.exams.list_files.test_list_file_rules import file_of


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def officer(client, world):
    return sign_in(client, world.accounts["hr_officer"])


def upload(officer, world, content):
    data = {"agency_id": world.agency.id, "file": (io.BytesIO(content), "lists.csv")}
    return officer.post("/staff/list-files/import", data=data, content_type="multipart/form-data")


def ticket_of(page):
    return re.search(r'name="ticket" value="([^"]+)"', page.text)[1]


def test_a_file_is_looked_into_then_imported_once_and_taken_away(session, world, officer):
    content = file_of(
        {"list_no": "2.000"}, {"list_no": "1.500", "last_name": "RESTORED"}, {"list_no": "1.000"}
    )
    looked = upload(officer, world, content)
    assert session.scalar(select(func.count()).select_from(OutsideList)) == 0
    for _ in range(2):
        done = officer.post("/staff/list-files/confirm", data={"ticket": ticket_of(looked)})
        assert done.location == "/staff/list-files"
    kept = session.scalars(select(OutsideName.place).order_by(OutsideName.place)).all()
    assert kept == [1000, 1500, 2000]
    own = session.scalar(select(OutsideList.id))
    page = officer.get(f"/staff/list-files/{own}").text
    assert page.index("1.000") < page.index("1.500") < page.index("2.000")
    rows = list(csv.DictReader(io.StringIO(officer.get(f"/staff/list-files/{own}/list.csv").text)))
    assert [(row["list_no"], row["last_name"]) for row in rows] == [
        ("1.000", "SAMPLE"),
        ("1.500", "RESTORED"),
        ("2.000", "SAMPLE"),
    ]


def test_faults_are_shown_by_line_and_nothing_comes_in(session, world, officer):
    answer = upload(officer, world, file_of({}, {"list_no": "none"}))
    assert answer.status_code == 422
    assert "“none” is no list number" in answer.text
    assert session.scalar(select(func.count()).select_from(OutsideList)) == 0


def test_a_forged_ticket_imports_nothing(session, world, officer):
    assert officer.post("/staff/list-files/confirm", data={"ticket": "forged"}).status_code == 422
    assert session.scalar(select(func.count()).select_from(OutsideList)) == 0


def test_our_own_list_and_certificate_go_out_in_the_published_columns(session, world, officer):
    merit_list = office.publish(world)
    certificate = office.certify(world, merit_list)
    text = officer.get(f"/staff/merit-lists/{merit_list.id}/list-file.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == LIST_COLUMNS
    assert [(row["list_no"], row["last_name"], row["adj_fa"]) for row in rows[:2]] == [
        ("1.000", "Ada", "100.00"),
        ("2.000", "Ben", "90.00"),
    ]
    text = officer.get(f"/staff/certificates/{certificate.id}/certification.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == CERTIFICATION_COLUMNS
    assert (rows[0]["cert_issue_no"], rows[0]["no_certified"]) == (certificate.number, str(len(rows)))
    events = session.scalars(
        select(AuditEvent.subject).where(AuditEvent.action == "exams.list_files.download")
    ).all()
    assert events == [merit_list.id, certificate.id]
