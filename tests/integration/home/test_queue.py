"""The work queue: by deadline, filtered, kept as views, and one act on many pieces with a preview."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from sqlalchemy import func, select

from app.accounts.grants.states import GrantState
from app.accounts.models import RoleGrant
from app.accounts.roles import Role
from app.accounts.saved_views.models import SavedView
from app.home import queries
from app.home.waiting import Wanted, list_kinds
from app.personnel.allegations.services import Report, record_allegation
from app.personnel.allegations.states import Source
from app.platform import clock
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.db import reading, transaction
from app.platform.ids import new_id
from app.recruitment.applications.states import Screening
from app.recruitment.postings.states import PostingState
from app.recruitment.requisitions.states import RequisitionState
from app.recruitment.screening.models import ScreeningOutcome
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.applications import make_application
from tests.factories.personnel import make_case, make_employee
from tests.factories.recruitment import make_posting, make_requisition
from tests.integration.exams.panels.board import make_board

AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
REPORT = Report(Source.COLLEAGUE, dt.date(2026, 11, 18), "Fuel cards were used at night.")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def posting(session, agency):
    return make_posting(session, state=PostingState.CLOSED, agency_id=agency.id)


def wait(session, posting, days, name="Ada"):
    return make_application(
        session,
        posting_id=posting.id,
        account_id=make_account(session, name=name).id,
        screening=Screening.PENDING,
        applicant_name=name,
        submitted_at=AT - dt.timedelta(days=days),
    )


def read(answer):
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def listed(actor: Actor, **wanted):
    with reading() as session:
        waiting = queries.list_waiting(session, actor, AT)
        return queries.list_items(session, actor, Wanted(**wanted), AT, waiting)


def test_work_stands_by_deadline_and_what_is_overdue_is_marked(session, agency, posting):
    officer = make_actor(session, roles=((Role.HR_OFFICER, agency.id),))
    fresh, old = wait(session, posting, 1), wait(session, posting, 20)
    asked = make_requisition(
        session,
        state=RequisitionState.SUBMITTED,
        agency_id=agency.id,
        requested_at=AT - dt.timedelta(days=2),
    )
    found = listed(officer)
    assert [(item.id, item.is_overdue) for item in found] == [
        (old.id, True),
        (asked.id, False),
        (fresh.id, False),
    ]
    assert found[0].due == AT - dt.timedelta(days=6)
    assert [item.id for item in listed(officer, is_overdue=True)] == [old.id]
    assert [item.id for item in listed(officer, kind="applications-to-screen")] == [old.id, fresh.id]
    assert [item.id for item in listed(officer, text=str(fresh.number))] == [fresh.id]
    assert listed(officer, agency_id=make_agency(session).id) == []


def test_work_of_other_agencies_does_not_wait(session, agency, posting):
    wait(session, posting, 1)
    stranger = make_actor(session, roles=((Role.HR_OFFICER, make_agency(session).id),))
    assert listed(stranger) == []


def test_nobody_is_told_by_the_queue_of_what_is_secret_about_them(session, agency):
    roles = ((Role.HR_OFFICER, agency.id),)
    accused, other = make_actor(session, roles=roles), make_actor(session, roles=roles)
    employee = make_employee(session, agency=agency, account_id=accused.id)
    case = make_case(session, employee=employee, opened_by=other.id)
    values = {"employee_id": employee.id, "report": REPORT, "actor": other, "at": AT}
    with transaction() as opened:
        allegation = record_allegation(opened, **values)
    ours = {"disciplinary-cases-in-draft", "allegations-without-an-investigator"}
    assert {item.id for item in listed(other) if item.kind.key in ours} == {case.id, allegation.id}
    assert listed(accused) == []


def test_work_that_its_noun_hides_names_how():
    prefixes = (
        "personnel.discipline.",
        "personnel.deliveries.",
        "personnel.replies.",
        "personnel.decisions.",
    )
    prefixes += ("personnel.allegations.", "personnel.grievances.")
    kinds = [kind for kind in list_kinds() if kind.permission.startswith(prefixes)]
    assert len(kinds) > 10
    assert [kind.key for kind in kinds if kind.visible is None] == []


def test_the_page_filters_pages_and_keeps_views(session, client, agency, posting):
    officer = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, officer)
    rows = [wait(session, posting, days) for days in range(1, 53)]
    page = client.get("/staff/").text
    assert page.count("Choose applications to screen") == 50
    assert "Overdue" in page
    assert client.get("/staff/?start=50").text.count("Choose applications to screen") == 2
    assert client.get("/staff/?start=999999&kind=none&text=%00").status_code == 200
    query = "kind=applications-to-screen&late=yes"
    assert "Keep this view" in client.get(f"/staff/?{query}").text
    assert client.post("/staff/views", data={"name": "", "query": query}).status_code == 422
    kept = client.post("/staff/views", data={"name": "Late ones", "query": query})
    assert (kept.status_code, kept.location) == (303, f"/staff/?{query}")
    assert client.post("/staff/views", data={"name": "Late ones", "query": query}).status_code == 422
    assert "Late ones" in client.get("/staff/").text
    view = session.scalars(select(SavedView)).one()
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))
    assert "Late ones" not in client.get("/staff/").text
    assert client.post(f"/staff/views/{view.id}/remove").status_code == 404
    sign_in(client, officer)
    assert client.post(f"/staff/views/{view.id}/remove").status_code == 303
    assert session.scalar(select(func.count()).select_from(SavedView)) == 0
    assert rows


def test_the_queue_is_taken_as_a_file_whole_or_narrowed(session, client, agency, posting, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))
    for days in (1, 2, 20, 21, 22):
        wait(session, posting, days)
    page = client.get("/staff/").text
    assert 'href="/staff/?kind=applications-to-screen"' in page
    address = "/staff/tables/home.staff"
    assert f'href="{address}"' in page
    chosen = {"columns": ["kind", "overdue"], "form": "csv"}
    whole, late = (client.post(f"{address}{query}", data=chosen) for query in ("", "?late=yes"))
    kind = "Applications to screen"
    assert read(whole) == [["Kind of work", "Overdue"], *[[kind, "yes"]] * 3, *[[kind, "no"]] * 2]
    assert read(late) == [["Kind of work", "Overdue"], *[[kind, "yes"]] * 3]


def test_one_act_on_many_is_shown_first_and_refused_one_by_one(session, client, agency, posting):
    officer = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, officer)
    first, second = wait(session, posting, 3, "Ada"), wait(session, posting, 2, "Ben")
    own = make_application(
        session,
        posting_id=posting.id,
        account_id=officer.id,
        screening=Screening.PENDING,
        submitted_at=AT - dt.timedelta(days=1),
    )
    key = "applications-to-screen"
    chosen = [f"{key}:{row.id}" for row in (first, second, own)]
    assert "Show what will happen" in client.post("/staff/bulk", data={"chosen": chosen}).text
    given = {"chosen": chosen, "act": "screen", "outcome": "eligible"}
    assert client.post("/staff/bulk", data=given | {"preview": "y", "reason": ""}).status_code == 422
    given["reason"] = "Each diploma is on file."
    tried = client.post("/staff/bulk", data=given | {"preview": "y"}).text
    assert tried.count("Will be done") == 2
    assert "This is your own application" in tried
    assert session.scalar(select(func.count()).select_from(ScreeningOutcome)) == 0
    shown = re.search(r'name="shown" value="(\w+)"', tried)[1]
    other = given | {"submit": "y", "shown": shown, "reason": "Something else."}
    assert "Nothing was done yet." in client.post("/staff/bulk", data=other).text
    done = client.post("/staff/bulk", data=given | {"submit": "y", "shown": shown}).text
    assert "This was done." in done
    session.expire_all()
    assert [row.screening for row in (first, second, own)] == [
        Screening.ELIGIBLE,
        Screening.ELIGIBLE,
        Screening.PENDING,
    ]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "home.bulk")).one()
    assert (event.details["asked"], event.details["done"]) == (3, [first.id, second.id])
    again = client.post("/staff/bulk", data={"chosen": chosen[:2], "act": "screen"})
    assert again.status_code == 303


@pytest.mark.parametrize("chosen", ["", "nothing", "nothing:app_1", "requisitions-to-decide:req_1", "\0:\0"])
def test_nonsense_is_no_work(session, client, agency, chosen):
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))
    assert client.post("/staff/bulk", data={"chosen": [chosen], "submit": "y"}).status_code == 303


def test_each_kind_leads_to_a_page_that_takes_what_it_gives(app):
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    wrong = {
        kind.text: (sorted(rules[kind.one.endpoint].arguments), kind.one.parameter)
        for kind in list_kinds()
        if kind.one is not None and rules[kind.one.endpoint].arguments != {kind.one.parameter}
    }
    assert wrong == {}


def test_work_of_no_agency_stands_in_the_queue_of_who_may_do_it_everywhere(session, client):
    proposer = make_account(session)
    session.add(
        RoleGrant(
            id=new_id("rgt"),
            account_id=make_account(session).id,
            role=Role.AUDITOR.value,
            agency_id=None,
            state=GrantState.PROPOSED,
            granted_by=proposer.id,
            granted_at=AT,
        )
    )
    session.flush()
    sign_in(client, make_account(session, roles=[(Role.SYSTEM_ADMINISTRATOR, None)]))
    page = client.get("/staff/").text
    assert "Roles to decide: auditor" in page


def test_scripts_wait_for_their_own_rater_under_blind_codes(session, client):
    board = make_board(session, people=1, raters=3)
    (script,) = board.scripts()
    busy = {actor.id for _, actor in board.assignments(script)}
    for account in board.raters:
        sign_in(client, account)
        page = client.get("/staff/?kind=scripts-to-rate").text
        assert (f"Scripts to rate: {script.code}" in page) is (account.id in busy)
        assert "C-001" not in page


def test_an_undeclared_panel_waits_for_its_member(session, client):
    board = make_board(session, people=1, raters=2, declares=False, opens=False)
    sign_in(client, board.raters[0])
    page = client.get("/staff/").text
    assert "Panels to declare relations for" in page
    sign_in(client, board.officer)
    assert "Panels to declare relations for" not in client.get("/staff/").text
