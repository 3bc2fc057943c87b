"""Lists of hiring and of the examination office as files: the columns of each page, and its filter."""

from __future__ import annotations

import csv
import io

import pytest

from app.accounts.models import Account
from app.exams.appeals.models import Appeal
from app.exams.appeals.states import AppealState, Subject
from app.exams.considerations.models import Consideration
from app.exams.considerations.states import ConsiderationState
from app.exams.name_requests.models import NameRequest
from app.exams.name_requests.states import RequestState
from app.platform.ids import new_id
from app.recruitment.applications.kinds import claim_title
from app.recruitment.claims import table as claim_table
from app.recruitment.requisitions.states import RequisitionState
from app.web import tables
from tests.conftest import sign_in
from tests.factories.applications import make_claim
from tests.factories.recruitment import make_posting, make_requisition
from tests.integration.exams import world as office


@pytest.fixture
def world(session, client):
    """Make an office with a published list, its officer signed in, and the same things of another agency."""
    found = office.prepare(office.make_world(session))
    make_requisition(session)
    make_posting(session)
    sign_in(client, found.accounts["hr_officer"])
    return found


def take(client, endpoint: str, query: str = "") -> list[list[str]]:
    """Take every column of a list, without its headings."""
    names = [column.name for column in tables._tables[endpoint].columns]
    response = client.post(f"/staff/tables/{endpoint}?{query}", data={"columns": names, "form": "csv"})
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))[1:]


def test_requisitions_and_screening(session, client, world):
    own, agency = world.requisition, world.agency
    writer = session.get_one(Account, own.created_by).name
    endpoint = "recruitment.requisitions.list_staff"
    row = [own.number, own.title, agency.name, "2", writer, RequisitionState.APPROVED.title]
    assert take(client, endpoint) == [row]
    assert take(client, endpoint, "state=draft") == []
    page = client.get("/staff/requisitions?state=draft").text
    assert f'href="/staff/tables/{endpoint}?state=draft"' in page
    closes = world.posting.closes_at.isoformat(timespec="seconds")
    assert take(client, "recruitment.applications.list_staff") == [
        [world.posting.number, world.posting.title, agency.name, closes, "6", "0", "6", "0"]
    ]


def test_claims_that_wait(session, client, world, monkeypatch):
    monkeypatch.setattr(claim_table, "STRETCH", 1)
    received = world.applications["Ada"].submitted_at
    for name in ("Ada", "Ben"):
        make_claim(session, world.applications[name], kind="veteran")
    office.verify_claim(world, "Cleo")
    rows = take(client, "recruitment.claims.list_staff")
    assert sorted(row[0] for row in rows) == ["Ada", "Ben"]
    assert next(row for row in rows if row[0] == "Ada") == [
        "Ada",
        world.posting.title,
        claim_title("veteran"),
        "no",
        "",
        received.isoformat(timespec="seconds"),
        "",
    ]


def test_examinations_and_merit_lists(session, client, world):
    merit_list, exam = office.publish(world), world.exam
    endpoint = "exams.examinations.list_staff"
    about = [exam.number, exam.title, world.agency.name]
    assert take(client, endpoint) == [[*about, "2026-11-16", "6", exam.state.value]]
    assert take(client, endpoint, "text=nothing-like-it") == []
    endpoint = "exams.merit_lists.list_staff"
    counts = [str(merit_list.version), str(merit_list.passed), str(merit_list.ranked)]
    assert take(client, endpoint) == [[*about, *counts, merit_list.expires_on.isoformat(), "published"]]
    assert take(client, endpoint, "state=draft") == []


def test_appeals_considerations_and_requests_for_names(session, client, world):
    merit_list, application = office.publish(world), world.applications["Ada"]
    asker, agency = world.accounts["authority"], world.agency
    shared = {"application_id": application.id, "agency_id": agency.id}
    session.add_all(
        [
            Appeal(
                id=new_id("apl"),
                **shared,
                subject=Subject.RESULT,
                grounds="A mark is missing.",
                state=AppealState.FILED,
                filed_at=office.AT,
            ),
            Consideration(
                id=new_id("pcn"),
                **shared,
                class_code="20215",
                reason="An error of the office.",
                state=ConsiderationState.PROPOSED,
                proposed_by=asker.id,
                proposed_at=office.AT,
            ),
            NameRequest(
                id=new_id("nrq"),
                agency_id=agency.id,
                requisition_id=world.requisition.id,
                merit_list_id=merit_list.id,
                vacancies=2,
                note="",
                state=RequestState.ASKED,
                asked_by=asker.id,
                asked_at=office.AT,
            ),
        ]
    )
    session.flush()
    moment = "2026-11-20T15:00:00+00:00"
    assert take(client, "exams.appeals.list_staff") == [
        ["Ada", world.posting.title, "result", moment, str(AppealState.FILED.title)]
    ]
    assert take(client, "exams.considerations.list_staff") == [
        ["Ada", "20215", agency.name, moment, "proposed"]
    ]
    own = world.requisition
    assert take(client, "exams.name_requests.list_staff") == [
        [own.number, own.title, agency.name, "2", asker.name, moment, "asked"]
    ]
    for endpoint, other in (("appeals", "upheld"), ("considerations", "owed"), ("name_requests", "refused")):
        assert take(client, f"exams.{endpoint}.list_staff", f"state={other}") == []
