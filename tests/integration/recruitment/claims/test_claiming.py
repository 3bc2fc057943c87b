"""A claim is made with evidence, and decided by an officer with a reason; points are never typed."""

from __future__ import annotations

import io

import pikepdf
import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, NotFound
from app.recruitment.applications.models import ApplicationClaim, ApplicationSection, ClaimDecision
from app.recruitment.applications.states import (
    Assessment,
    ClaimState,
    Screening,
    Standing,
    Submission,
)
from app.recruitment.claims.deciding import decide_claim
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application, make_claim, make_document


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


@pytest.fixture
def sent(session, world):
    return make_application(session, posting_id=world.posting.id, account_id=world.ada.id)


def place(draft, name=""):
    return f"/my/applications/{draft.id}/claims{name}"


def held(session, application):
    session.expire_all()
    query = select(ApplicationClaim).where(ApplicationClaim.application_id == application.id)
    return {claim.kind: claim for claim in session.scalars(query)}


def evidence():
    made, written = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(written)
    return {"file": (io.BytesIO(written.getvalue()), "dd214.pdf")}


def decide(application, actor, at, *, kind="veteran", state=ClaimState.VERIFIED, reason="DD 214 shows it."):
    with transaction() as opened:
        return decide_claim(
            opened,
            application_id=application.id,
            kind=kind,
            state=state,
            reason=reason,
            actor=actor,
            at=at,
        )


def test_claims_follow_what_is_ticked(session, ada, draft):
    response = ada.post(place(draft), data={"kinds": ["veteran", "disabled_veteran"], "proceed": "y"})
    assert response.location == place(draft, "/evidence")
    assert set(held(session, draft)) == {"veteran", "disabled_veteran"}
    first = held(session, draft)["veteran"].id
    ada.post(place(draft), data={"kinds": ["veteran"], "proceed": "y"})
    assert set(held(session, draft)) == {"veteran"}
    assert held(session, draft)["veteran"].id == first
    assert ada.post(place(draft), data={"kinds": "none", "proceed": "y"}).location.endswith("/documents")
    assert held(session, draft) == {}
    assert session.get(ApplicationSection, (draft.id, "claims")).is_complete is True


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        (["none", "veteran"], "Select either what you claim or that you claim none, not both"),
        (["prince"], "Select one of the choices on the page"),
        ([], "Select what you claim, or that you claim none"),
    ],
)
def test_what_cannot_be_claimed_is_refused(session, ada, draft, kinds, sentence):
    response = ada.post(place(draft), data={"kinds": kinds, "proceed": "y"})
    assert response.status_code == 422
    assert sentence in response.text
    assert held(session, draft) == {}


def test_leaving_without_an_answer_leaves_the_step_untouched(session, ada, draft):
    assert ada.post(place(draft), data={"later": "y"}).location.endswith("/tasks")
    assert session.get(ApplicationSection, (draft.id, "claims")) is None


def test_evidence_is_added_at_its_claim(session, ada, draft):
    ada.post(place(draft), data={"kinds": "veteran", "proceed": "y"})
    assert "Evidence needed" in ada.get(place(draft, "/evidence")).text
    assert "In progress" in ada.get(f"/my/applications/{draft.id}/tasks").text
    response = ada.post(place(draft, "/veteran"), data=evidence(), content_type="multipart/form-data")
    assert response.location == place(draft, "/evidence")
    assert "Evidence added" in ada.get(place(draft, "/evidence")).text
    first = held(session, draft)["veteran"].document_id
    assert first is not None
    assert "Add more evidence" in ada.get(place(draft, "/evidence")).text


def test_evidence_for_a_claim_that_was_not_made_is_not_found(ada, draft):
    assert ada.get(place(draft, "/veteran")).status_code == 404
    assert ada.get(place(draft, "/prince")).status_code == 404


def test_a_wrong_file_is_told_at_its_field(session, ada, draft):
    ada.post(place(draft), data={"kinds": "veteran", "proceed": "y"})
    data = {"file": (io.BytesIO(b"MZ"), "dd214.pdf")}
    response = ada.post(place(draft, "/veteran"), data=data, content_type="multipart/form-data")
    assert response.status_code == 422
    assert "This is not a PDF, a Word document (DOCX) or a picture" in response.text
    assert held(session, draft)["veteran"].document_id is None


def test_a_decision_is_a_version_and_a_second_one_corrects_it(session, world, sent, at):
    make_claim(session, sent, document_id=make_document(session, sent, kind="evidence").id)
    decide(sent, world.staff, at)
    decide(sent, world.staff, at, state=ClaimState.REFUSED, reason="The paper is another person's.")
    claim = held(session, sent)["veteran"]
    assert (claim.state, claim.reason, claim.decided_by, claim.decided_at) == (
        ClaimState.REFUSED,
        "The paper is another person's.",
        world.officer.id,
        at,
    )
    versions = session.execute(
        select(ClaimDecision.version, ClaimDecision.state, ClaimDecision.reason).order_by(
            ClaimDecision.version
        )
    ).all()
    assert [tuple(row) for row in versions] == [
        (1, ClaimState.VERIFIED, "DD 214 shows it."),
        (2, ClaimState.REFUSED, "The paper is another person's."),
    ]


def test_without_evidence_a_claim_can_only_be_refused(session, world, sent, at):
    make_claim(session, sent)
    with pytest.raises(Conflict, match="came without evidence"):
        decide(sent, world.staff, at)
    assert decide(sent, world.staff, at, state=ClaimState.REFUSED).state is ClaimState.REFUSED


def test_nobody_decides_on_a_claim_of_their_own(session, world, at):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.officer.id)
    make_claim(session, sent, document_id=make_document(session, sent).id)
    with pytest.raises(Conflict, match="your own application"):
        decide(sent, world.staff, at)


def test_a_claim_that_a_list_rests_on_stands(session, world, at):
    sent = make_application(
        session,
        posting_id=world.posting.id,
        account_id=world.ada.id,
        screening=Screening.ELIGIBLE,
        assessment=Assessment.SCORED,
        standing=Standing.PASSED,
    )
    make_claim(session, sent, document_id=make_document(session, sent).id)
    with pytest.raises(Conflict, match="A list rests on this claim"):
        decide(sent, world.staff, at)


@pytest.mark.parametrize("role", [Role.HR_OFFICER, Role.AUDITOR, Role.EXAM_OFFICER])
def test_officers_of_other_agencies_find_nothing(session, world, sent, at, role):
    make_claim(session, sent)
    stranger = make_account(session, roles=[(role, make_agency(session).id)])
    with pytest.raises(NotFound):
        decide(sent, actor_of(stranger), at)


def test_an_auditor_of_the_agency_reads_and_does_not_decide(session, world, sent, at):
    make_claim(session, sent)
    auditor = make_account(session, roles=[(Role.AUDITOR, world.agency.id)])
    with pytest.raises(Forbidden):
        decide(sent, actor_of(auditor), at)


def test_the_officers_pages_show_list_and_decide(session, world, client, sent):
    make_claim(session, sent, document_id=make_document(session, sent, kind="evidence").id)
    sign_in(client, world.officer)
    assert "Ada Example" in client.get("/staff/claims").text
    url = f"/staff/applications/{sent.id}/claims/veteran"
    assert "Does the evidence prove the claim?" in client.get(url).text
    wrong = client.post(url, data={"state": "verified", "points": "10"})
    assert wrong.status_code == 422
    assert "Enter reason" in wrong.text
    assert client.post(url, data={"state": "claimed", "reason": "Hm."}).status_code == 422
    done = client.post(url, data={"state": "verified", "reason": "DD 214 shows it."})
    assert done.location == f"/staff/applications/{sent.id}"
    assert "DD 214 shows it." in client.get(url).text
    assert "Every claim is decided." in client.get("/staff/claims").text
    assert client.get(f"/staff/applications/{sent.id}/claims/prince").status_code == 404
