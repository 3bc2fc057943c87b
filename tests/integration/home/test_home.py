"""The start page greets a visitor; the work queue holds what waits for this officer and no other."""

from __future__ import annotations

import pytest

from app.accounts.entering import DEVICE_COOKIE
from app.accounts.roles import Role
from app.exams.merit_lists.states import ListState
from app.home.queries import list_waiting
from app.platform import clock
from app.platform.db import reading
from app.recruitment.postings.states import PostingState
from app.recruitment.requisitions.states import RequisitionState
from app.web.languages import COOKIE as LANGUAGE_COOKIE
from app.web.typed import COOKIE
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.exams import make_examination, make_list
from tests.factories.recruitment import make_posting, make_requisition


@pytest.mark.parametrize("path", ["/", "/how-ranking-works", "/accessibility", "/privacy"])
def test_anyone_may_read_the_first_pages(client, path):
    assert client.get(path).status_code == 200


def test_the_start_page_shows_what_closes_next(client, session):
    open_one = make_posting(session, state=PostingState.PUBLISHED, title="Harbour master")
    make_posting(session, state=PostingState.DRAFT, title="Secret plan")
    session.flush()
    page = client.get("/").text
    assert open_one.title in page
    assert "Secret plan" not in page


def test_an_officer_sees_what_waits_in_their_agency_and_not_what_they_asked_for(session):
    agency, other = make_agency(session), make_agency(session)
    officer = make_actor(session, roles=((Role.HR_OFFICER, agency.id),))
    make_requisition(session, state=RequisitionState.SUBMITTED, agency_id=agency.id)
    make_requisition(session, state=RequisitionState.SUBMITTED, agency_id=agency.id, created_by=officer.id)
    make_requisition(session, state=RequisitionState.SUBMITTED, agency_id=other.id)
    posting = make_posting(session, state=PostingState.CLOSED, agency_id=agency.id)
    make_list(session, make_examination(session, posting=posting), state=ListState.DRAFT)
    session.flush()
    with reading() as opened:
        waiting = {task.text: task.count for task in list_waiting(opened, officer, clock.now())}
    assert waiting == {"Requisitions to decide": 1, "Merit lists to approve": 1}


def test_an_empty_queue_says_so(client, session):
    supervisor = make_account(session, roles=((Role.SUPERVISOR, make_agency(session).id),))
    session.flush()
    sign_in(client, supervisor)
    assert "Nothing waits for you" in client.get("/staff/").text


def test_an_applicant_has_no_work_queue(client, session):
    sign_in(client, make_account(session))
    assert client.get("/staff/").status_code == 403


def test_the_privacy_page_names_every_cookie_where_ones_data_are_and_how_long_it_is_kept(client):
    page = client.get("/privacy").text
    for name in (COOKIE, DEVICE_COOKIE, LANGUAGE_COOKIE, client.application.config["SESSION_COOKIE_NAME"]):
        assert f">{name}<" in page
    assert 'href="/my/data"' in page
    assert "Applications that we received: 2 years from the last decision on them (29 CFR 1602.31)." in page
    assert "Applications that you never submitted: 1 year from the end of the vacancy." in page
    assert "Files that you uploaded and used nowhere: 7 days." in page
