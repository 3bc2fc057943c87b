"""Requests for names: an agency asks, HR answers with a certificate or a reason."""

from __future__ import annotations

import pytest

from app.exams.certificates.queries import get_certificate
from app.exams.certificates.services import issue_certificate
from app.exams.certificates.states import CertificateState
from app.exams.name_requests import services
from app.exams.name_requests.states import RequestState
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.accounts import make_agency
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


def ask(world, merit_list, role="authority", **values):
    standard = {"requisition_id": world.requisition.id, "vacancies": 2, "note": "By 1 December, please."}
    return services.ask_for_names(
        world.session, list_id=merit_list.id, actor=world.actor(role), at=office.AT, **standard | values
    )


def answer(world, asked, role="hr_officer", *, is_accepted=True, reason=""):
    return services.answer_request(
        world.session,
        request_id=asked.id,
        is_accepted=is_accepted,
        reason=reason,
        actor=world.actor(role),
        at=office.AT,
    )


def test_the_agency_asks_an_officer_drafts_and_a_second_one_issues(session, world):
    asked = ask(world, office.publish(world))
    answered = answer(world, asked)
    certificate = get_certificate(session, answered.certificate_id, world.actor("hr_officer"))
    assert (certificate.state, certificate.vacancies) == (CertificateState.DRAFTED, 2)
    assert certificate.requested_by == world.accounts["hr_officer"].id
    issue_certificate(
        session, certificate_id=certificate.id, actor=world.actor("second_officer"), at=office.AT
    )
    with pytest.raises(Conflict, match="accepted already"):
        answer(world, asked)


def test_what_does_not_fit_is_refused(session, world):
    merit_list = office.publish(world)
    with pytest.raises(Invalid) as other:
        ask(world, merit_list, requisition_id="req_00000000000000000000000000")
    assert other.value.fields == {"requisition_id": "Select a requisition from the list."}
    with pytest.raises(NotFound):
        ask(world, merit_list, role="auditor")


def test_a_refusal_needs_a_reason_and_an_authority_does_not_answer(world):
    asked = ask(world, office.publish(world))
    with pytest.raises(Invalid):
        answer(world, asked, is_accepted=False)
    with pytest.raises(Forbidden):
        answer(world, asked, role="authority")
    refused = answer(world, asked, is_accepted=False, reason="The budget is frozen.")
    assert (refused.state, refused.certificate_id) == (RequestState.REFUSED, None)


def test_the_pages_lead_from_the_list_in_force_to_the_answer(client, session, world):
    merit_list = office.publish(world)
    authority = sign_in(client, world.accounts["authority"])
    assert f"/staff/name-requests/lists/{merit_list.id}" in authority.get("/staff/name-requests/lists").text
    address = f"/staff/name-requests/lists/{merit_list.id}"
    wrong = authority.post(address, data={"requisition_id": world.requisition.id, "vacancies": "many"})
    assert wrong.status_code == 422
    done = authority.post(address, data={"requisition_id": world.requisition.id, "vacancies": "1"})
    assert done.status_code == 303
    again = authority.post(address, data={"requisition_id": world.requisition.id, "vacancies": "1"})
    assert again.status_code == 422
    assert "Names for this requisition were asked for already." in again.text
    officer = sign_in(client, world.accounts["hr_officer"])
    assert world.requisition.number in officer.get("/staff/name-requests").text
    assert officer.post(f"{done.location}/answer", data={"decision": "accept"}).status_code == 303
    assert "Certificate CERT-" in officer.get(done.location).text


def test_another_agency_sees_nothing(client, session, world):
    merit_list = office.publish(world)
    asked = ask(world, merit_list)
    make_agency(session)
    stranger = sign_in(client, office.make_world(session, people=()).accounts["hr_officer"])
    assert stranger.get(f"/staff/name-requests/{asked.id}").status_code == 404
