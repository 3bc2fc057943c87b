"""Requisitions over HTTP: positions picked from a list, odd input told, other agencies not there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.states import RequisitionState
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_employee, make_position
from tests.factories.recruitment import make_requisition

GOOD = {"title": "Engineer", "justification": "More bridges.", "rulebook": "city-civil-service"}


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, client, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, account)
    return account


def test_vacant_positions_that_nobody_has_asked_for_are_offered(client, session, agency, officer):
    free = make_position(session, agency=agency, class_code="100")
    other_class = make_position(session, agency=agency, class_code="200")
    filled = make_position(session, agency=agency, incumbent_id=make_employee(session, agency=agency).id)
    asked_for = make_position(session, agency=agency)
    make_requisition(session, agency_id=agency.id, positions=[asked_for.id])
    page = client.get("/staff/requisitions/new").text  # the only agency is chosen already
    shown = {one.number for one in (free, other_class, filled, asked_for) if one.number in page}
    assert shown == {free.number, other_class.number}
    page = client.get(f"/staff/requisitions/new?agency={agency.id}&class_code=200").text
    assert (free.number in page, other_class.number in page) == (False, True)


def test_with_several_agencies_one_is_chosen_first(client, session, agency):
    other = make_agency(session, name="Department of Bridges")
    position = make_position(session, agency=other)
    roles = [(Role.HR_OFFICER, agency.id), (Role.HR_OFFICER, other.id)]
    sign_in(client, make_account(session, roles=roles))
    assert "Choose an agency. Its vacant positions" in client.get("/staff/requisitions/new").text
    assert position.number in client.get(f"/staff/requisitions/new?agency={other.id}").text
    foreign = make_agency(session)
    page = client.get(f"/staff/requisitions/new?agency={foreign.id}")
    assert (page.status_code, "Choose an agency. Its vacant" in page.text) == (200, True)


def test_the_same_form_sent_twice_makes_one_draft(client, session, agency, officer):
    position = make_position(session, agency=agency)
    sent = GOOD | {"positions": position.id, "idempotency_key": "k" * 24}
    first = client.post("/staff/requisitions/new", data=sent)
    again = client.post("/staff/requisitions/new", data=sent)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    [made] = session.scalars(select(Requisition))
    assert made.state is RequisitionState.DRAFT


def test_what_is_missing_or_odd_is_told_and_the_rest_kept(client, session, agency, officer):
    foreign = make_position(session)
    make_position(session, agency=agency)
    empty = client.post("/staff/requisitions/new", data={"justification": "Kept text."})
    assert empty.status_code == 422
    for sentence in (
        "Select at least one vacant position",
        "Enter title of the vacancy",
        "Select how applicants are ranked",
        "Kept text.",
    ):
        assert sentence in empty.text
    odd = client.post(
        "/staff/requisitions/new",
        data=GOOD | {"positions": foreign.id, "title": "a\x00", "justification": "x" * 4001},
    )
    assert odd.status_code == 422
    for sentence in (
        "Select one of the choices on the page",
        "Title of the vacancy contains characters that cannot be saved",
        "Why the positions must be filled must be 4,000 characters or fewer",
    ):
        assert sentence in odd.text
    assert session.scalars(select(Requisition)).all() == []


def test_a_draft_is_changed_then_submitted_then_not_changed_any_more(client, session, agency, officer):
    one, two = make_position(session, agency=agency), make_position(session, agency=agency)
    draft = make_requisition(
        session,
        agency_id=agency.id,
        positions=[one.id],
        state=RequisitionState.DRAFT,
        created_by=officer.id,
    )
    address = f"/staff/requisitions/{draft.id}"
    page = client.get(f"{address}/edit").text
    assert (one.number in page, two.number in page) == (True, True)
    sent = GOOD | {"positions": [one.id, two.id], "title": "Engineers"}
    assert client.post(f"{address}/edit", data=sent).status_code == 303
    assert client.post(f"{address}/submit").status_code == 303
    shown = client.get(address).text
    for fact in ("Engineers", one.number, two.number, "Waiting for approval", "Submitted for approval"):
        assert fact in shown
    late = client.get(f"{address}/edit")
    assert (late.status_code, "that cannot be done with it now" in late.text) == (409, True)


def test_refusing_and_cancelling_need_a_reason(client, session, agency, officer):
    waiting = make_requisition(session, agency_id=agency.id, state=RequisitionState.SUBMITTED)
    address = f"/staff/requisitions/{waiting.id}"
    refused = client.post(f"{address}/decide", data={"decision": "refuse", "reason": ""})
    assert (refused.status_code, "Enter the reason for the refusal." in refused.text) == (422, True)
    assert client.post(f"{address}/decide", data={"decision": "perhaps"}).status_code == 422
    assert client.post(f"{address}/cancel", data={"reason": ""}).status_code == 422
    told = client.post(f"{address}/decide", data={"decision": "refuse", "reason": "No money."})
    assert told.status_code == 303
    assert "No money." in client.get(address).text


def test_the_list_is_narrowed_and_odd_addresses_do_no_harm(client, session, agency, officer):
    make_requisition(session, agency_id=agency.id, title="Engineer")
    make_requisition(session, agency_id=agency.id, title="Clerk", state=RequisitionState.DRAFT)
    make_requisition(session, title="Foreign")
    page = client.get("/staff/requisitions").text
    assert ("Engineer" in page, "Clerk" in page, "Foreign" in page) == (True, True, False)
    assert "Clerk</a>" not in client.get("/staff/requisitions?state=approved").text
    assert "No requisition matches." in client.get("/staff/requisitions?text=zebra").text
    for odd in ("state=x", "agency=y", "page=%00", "text=%00", "_external=1"):
        assert client.get(f"/staff/requisitions?{odd}").status_code == 200


def test_another_agencys_requisition_is_not_there(client, session, officer):
    foreign = make_requisition(session, state=RequisitionState.SUBMITTED)
    for page in ("", "/edit", "/decide", "/cancel"):
        assert client.get(f"/staff/requisitions/{foreign.id}{page}").status_code == 404
    assert client.post(f"/staff/requisitions/{foreign.id}/submit").status_code == 404


def test_an_appointing_authority_decides_and_asks_for_nothing(client, session, agency):
    sign_in(client, make_account(session, roles=[(Role.APPOINTING_AUTHORITY, agency.id)]))
    waiting = make_requisition(
        session,
        agency_id=agency.id,
        positions=[make_position(session, agency=agency).id],
        state=RequisitionState.SUBMITTED,
    )
    assert client.get("/staff/requisitions/new").status_code == 403
    decided = client.post(f"/staff/requisitions/{waiting.id}/decide", data={"decision": "approve"})
    assert decided.status_code == 303
    session.expire_all()
    assert session.get(Requisition, waiting.id).state is RequisitionState.APPROVED
