"""A claim stands once in the profile with its papers, is taken up by applications, and is decided in each."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.platform import storage
from app.platform.audit import AuditEvent
from app.recruitment.applications.models import ApplicationClaim, ApplicationDocument, ClaimDecision
from app.recruitment.applications.states import ClaimState, Standing, Submission
from app.recruitment.claims.evidence import load_evidence
from app.recruitment.person_claims import queries
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application, make_claim, make_document
from tests.factories.files import make_pdf, make_photo
from tests.factories.recruitment import make_posting

PLACE = "/my/profile/claims"
VERIFIED = {"state": "verified", "reason": "DD 214 shows it."}
REFUSED = {"state": "refused", "reason": "The paper is another person's."}


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
    """A received application that claims a veteran's preference, with a paper."""
    made = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    make_claim(session, made, document_id=make_document(session, made, kind="evidence").id)
    return made


def prove(client, url, content=None, **values):
    data = {**values, "file": (io.BytesIO(content or make_pdf()), "dd214.pdf")}
    return client.post(url, data=data, content_type="multipart/form-data")


def own(session, world):
    session.expire_all()
    return {
        claim.kind: [paper.filename for paper in queries.live_papers(claim)]
        for claim in queries.list_claims(session, world.ada.id)
    }


def claim_of(session, application):
    session.expire_all()
    return session.scalar(select(ApplicationClaim).where(ApplicationClaim.application_id == application.id))


def office(application, kind="veteran", verb=""):
    return f"/staff/applications/{application.id}/claims/{kind}{verb}"


def test_a_claim_is_made_proved_and_ended_in_the_profile(session, world, ada):
    page = ada.get(PLACE).text
    assert "You claim no preference." in page
    assert "None of your applications has a claim yet." in page
    assert ada.post(f"{PLACE}/add", data={"kind": "veteran"}).location == f"{PLACE}/veteran/evidence"
    assert ada.post(f"{PLACE}/add", data={"kind": "veteran"}).status_code == 422
    assert ada.post(f"{PLACE}/add", data={"kind": "prince"}).status_code == 422
    assert "Evidence needed" in ada.get(PLACE).text
    assert prove(ada, f"{PLACE}/veteran/evidence", expires_on="2026-03-01").location == PLACE
    assert own(session, world) == {"veteran": ["dd214.pdf"]}
    assert "It expired on 1 March 2026" in ada.get(PLACE).text
    assert "Your profile claims" not in ada.get(f"{PLACE}/veteran/end").text
    ada.post(f"{PLACE}/veteran/end")
    assert own(session, world) == {}
    assert ada.get(f"{PLACE}/veteran/evidence").status_code == 404
    assert "dd214.pdf" in ada.get("/my/profile/documents").text
    ada.post(f"{PLACE}/add", data={"kind": "veteran"})
    assert own(session, world) == {"veteran": ["dd214.pdf"]}


def test_a_paper_may_prove_several_claims_and_be_taken_away(session, world, ada):
    ada.post(f"{PLACE}/add", data={"kind": "veteran"})
    ada.post(f"{PLACE}/add", data={"kind": "disability"})
    prove(ada, f"{PLACE}/veteran/evidence")
    paper = queries.get_claim(session, world.ada.id, "veteran").papers[0]
    assert ada.post(f"{PLACE}/disability/pick", data={"paper": paper.id}).location == PLACE
    assert own(session, world) == {"veteran": ["dd214.pdf"], "disability": ["dd214.pdf"]}
    assert ada.post(f"{PLACE}/veteran/take-away/{paper.id}").location == PLACE
    assert own(session, world) == {"veteran": [], "disability": ["dd214.pdf"]}


def test_an_application_takes_up_what_its_vacancy_honours(session, world, ada, draft):
    for kind in ("veteran", "disability"):
        ada.post(f"{PLACE}/add", data={"kind": kind})
        prove(ada, f"{PLACE}/{kind}/evidence", make_pdf(kind))
    step = f"/my/applications/{draft.id}/claims"
    page = ada.get(step).text
    assert 'value="veteran" checked' in page
    assert "Person with a disability" not in page
    assert ada.post(step, data={"kinds": "disability", "proceed": "y"}).status_code == 422
    ada.post(step, data={"kinds": "veteran", "proceed": "y"})
    claim = claim_of(session, draft)
    papers = load_evidence(session, [claim.id])[claim.id]
    assert [(paper.kind, paper.filename, paper.id) for paper in papers] == [
        ("evidence", "dd214.pdf", claim.document_id)
    ]
    assert "Evidence added" in ada.get(f"{step}/evidence").text
    ada.post(step, data={"kinds": "none", "proceed": "y"})
    session.expire_all()
    assert [row.removed_at is None for row in session.scalars(select(ApplicationDocument))] == [False]
    assert set(own(session, world)) == {"veteran", "disability"}


def test_what_an_application_claims_first_stands_in_the_profile_too(session, world, ada, draft):
    step = f"/my/applications/{draft.id}/claims"
    ada.post(step, data={"kinds": "veteran", "proceed": "y"})
    prove(ada, f"{step}/veteran")
    prove(ada, f"{step}/veteran", make_photo())
    assert sorted(own(session, world)["veteran"]) == ["dd214.jpg", "dd214.pdf"]


def test_a_removed_paper_leaves_the_next_one_as_the_claims_first(session, world, ada, draft):
    step = f"/my/applications/{draft.id}/claims"
    ada.post(step, data={"kinds": "veteran", "proceed": "y"})
    prove(ada, f"{step}/veteran")
    prove(ada, f"{step}/veteran", make_pdf("second"))
    first = claim_of(session, draft).document_id
    ada.post(f"/my/applications/{draft.id}/documents/{first}/remove")
    second = claim_of(session, draft).document_id
    assert second not in (None, first)
    ada.post(f"/my/applications/{draft.id}/documents/{second}/remove")
    assert claim_of(session, draft).document_id is None


def test_an_officer_decides_for_a_time_and_the_applicant_reads_why(session, world, client, sent):
    sign_in(client, world.officer)
    done = client.post(office(sent), data=VERIFIED | {"valid_until": "2027-06-30"})
    assert done.location == f"/staff/applications/{sent.id}"
    claim = claim_of(session, sent)
    assert (claim.state, claim.valid_until) == (ClaimState.VERIFIED, dt.date(2027, 6, 30))
    sign_in(client, world.ada)
    page = client.get(PLACE).text
    assert "DD 214 shows it." in page
    assert "It holds until 30 June 2027." in page


def test_the_applicant_is_told_by_a_mail_that_gives_nothing_away(session, world, client, outbox, run_jobs):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    make_claim(session, sent, kind="disabled_veteran")
    sign_in(client, world.officer)
    client.post(office(sent, "disabled_veteran"), data=REFUSED)
    run_jobs()
    message = outbox[-1]
    assert (message["To"], message["Subject"]) == (
        "ada@people.example",
        "A decision on your claim: Civil Engineer",
    )
    text = message.get_content()
    assert "/my/profile/claims" in text
    assert not any(word in text.lower() for word in ("veteran", "disab", "refused", "another person"))
    event = session.scalar(select(AuditEvent).where(AuditEvent.action == "recruitment.claims.decide"))
    assert event.details["kind"] == "private"


def test_a_refused_claim_takes_more_evidence_and_waits_again(session, world, client, sent, hand):
    sign_in(client, world.officer)
    client.post(office(sent), data=REFUSED)
    assert "Every claim is decided." in client.get("/staff/claims").text
    hand.turn(hours=1)
    sign_in(client, world.ada)
    assert "Add evidence to this application" in client.get(PLACE).text
    url = f"/my/applications/{sent.id}/claims/veteran"
    assert prove(client, url).location == PLACE
    sign_in(client, world.officer)
    assert "New evidence" in client.get("/staff/claims").text
    client.post(office(sent), data=VERIFIED)
    sign_in(client, world.ada)
    response = prove(client, url, make_pdf("more"))
    assert (response.status_code, "no more evidence is needed" in response.text) == (409, True)


def test_the_office_sets_until_when_evidence_is_taken(session, world, client, sent, hand):
    sign_in(client, world.officer)
    url = f"/staff/postings/{world.posting.id}/evidence-closing"
    assert "Until when is evidence taken?" in client.get(url).text
    assert client.post(url, data={"closes_at": "2026-11-21T17:00"}).status_code == 303
    sign_in(client, world.ada)
    assert "Evidence is taken until 21 November 2026" in client.get(PLACE).text
    hand.turn(days=2)
    sign_in(client, world.ada)
    assert "Add evidence to this application" not in client.get(PLACE).text
    response = prove(client, f"/my/applications/{sent.id}/claims/veteran")
    assert (response.status_code, "The time for evidence has passed" in response.text) == (409, True)


def test_once_a_list_rests_on_a_claim_no_evidence_is_taken(session, world, client, sent):
    sent.screening, sent.assessment = "eligible", "scored"
    sent.standing = Standing.PASSED
    session.flush()
    sign_in(client, world.ada)
    response = client.get(f"/my/applications/{sent.id}/claims/veteran")
    assert (response.status_code, "The list has been made" in response.text) == (409, True)


def test_an_appeal_is_decided_by_another_officer(session, world, client, sent, hand):
    sign_in(client, world.officer)
    client.post(office(sent), data=REFUSED)
    sign_in(client, world.ada)
    url = f"/my/applications/{sent.id}/claims/veteran/appeal"
    assert "The paper is another person" in client.get(url).text
    assert "Say why the decision is wrong" in client.post(url, data={"text": ""}).text
    assert client.post(url, data={"text": "My name changed when I married."}).location == PLACE
    assert "You have appealed." in client.get(PLACE).text
    assert "You have appealed already" in client.post(url, data={"text": "Again."}).text
    sign_in(client, world.officer)
    assert "Appeal" in client.get("/staff/claims").text
    assert "My name changed when I married." in client.get(office(sent)).text
    response = client.post(office(sent), data=VERIFIED)
    assert (response.status_code, "Another officer must decide now" in response.text) == (422, True)
    other = make_account(session, roles=[(Role.HR_OFFICER, world.agency.id)])
    sign_in(client, other)
    assert client.post(office(sent), data=VERIFIED).status_code == 303
    assert claim_of(session, sent).decided_by == other.id


def test_only_a_refusal_is_appealed(session, world, client, sent):
    sign_in(client, world.ada)
    response = client.post(f"/my/applications/{sent.id}/claims/veteran/appeal", data={"text": "Hm."})
    assert (response.status_code, "Only a refused claim can be appealed" in response.text) == (422, True)


@pytest.fixture
def second(session, world, sent, client, hand):
    """A later application of the same person to the same agency, after the first claim was verified."""
    sign_in(client, world.officer)
    client.post(office(sent), data=VERIFIED | {"valid_until": "2026-12-31"})
    hand.turn(days=1)
    posting = make_posting(session, agency_id=world.agency.id, title="Bridge Keeper")
    made = make_application(session, posting_id=posting.id, account_id=world.ada.id)
    make_claim(session, made, document_id=make_document(session, made, kind="evidence").id)
    sign_in(client, world.officer)
    return made


def test_what_the_agency_verified_before_is_proposed_and_stays_the_officers_decision(
    session, world, client, second
):
    page = client.get(office(second)).text
    assert "Verified before by Olga Officer" in page
    assert client.post(office(second, verb="/verify-again")).location == "/staff/claims"
    claim = claim_of(session, second)
    assert (claim.state, claim.valid_until, claim.decided_by) == (
        ClaimState.VERIFIED,
        dt.date(2026, 12, 31),
        world.officer.id,
    )
    assert claim.reason == (
        "Verified before by Olga Officer on 2026-11-20 for Civil Engineer: DD 214 shows it."
    )
    first, again = session.scalars(select(ClaimDecision).order_by(ClaimDecision.decided_at)).all()
    assert again.based_on == first.id


def test_many_are_verified_again_at_once_and_none_is_refused_so(session, world, client, second):
    claim = claim_of(session, second)
    page = client.get("/staff/claims").text
    assert f'value="{claim.id}"' in page
    assert "refuse" not in page.lower().replace("refusal", "")
    assert "Tick the claims" in client.post("/staff/claims/verify-again", data={}).text
    assert client.post("/staff/claims/verify-again", data={"claims": claim.id}).location == "/staff/claims"
    assert "Verified again: 1." in client.get("/staff/claims").text
    assert claim_of(session, second).state is ClaimState.VERIFIED
    assert client.post("/staff/claims/verify-again", data={"claims": "clm_nobody"}).status_code == 422


def test_what_no_longer_holds_is_not_proposed(session, world, client, second, hand):
    hand.turn(days=60)
    sign_in(client, world.officer)
    assert "Verified before" not in client.get(office(second)).text
    assert client.post(office(second, verb="/verify-again")).location == office(second)
    assert claim_of(session, second).state is ClaimState.CLAIMED


def test_another_agency_is_told_nothing_of_it(session, world, client, second):
    agency = make_agency(session)
    posting = make_posting(session, agency_id=agency.id)
    elsewhere = make_application(session, posting_id=posting.id, account_id=world.ada.id)
    make_claim(session, elsewhere)
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))
    assert "Verified before" not in client.get(office(elsewhere)).text


def test_evidence_is_opened_by_few_and_each_opening_is_recorded(session, world, client, sent):
    document = session.scalar(select(ApplicationDocument))
    document.digest, document.media_type = storage.current().put(make_photo()), "image/jpeg"
    session.flush()
    paper = office(sent, verb=f"/evidence/{document.id}")
    sign_in(client, world.officer)
    assert f'src="{paper}?shown=1"' in client.get(office(sent)).text
    shown = client.get(f"{paper}?shown=1")
    assert shown.headers["Content-Disposition"].startswith("inline;")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(paper).headers["Content-Disposition"].startswith("attachment;")
    plain = f"/staff/applications/{sent.id}/documents/{document.id}"
    assert client.get(plain).status_code == 403
    session.expire_all()
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "recruitment.claims.open_evidence")
    ).all()
    assert [(event.actor_id, event.details["document"]) for event in events] == [
        (world.officer.id, document.id)
    ] * 2
    for role in (Role.AUDITOR, Role.EXAM_OFFICER, Role.APPOINTING_AUTHORITY):
        sign_in(client, make_account(session, roles=[(role, world.agency.id)]))
        assert client.get(paper).status_code == 403
        assert client.get(plain).status_code in (403, 404)


def test_what_tells_of_health_is_told_to_those_who_decide(session, world, client):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    make_claim(session, sent, kind="disabled_veteran")
    show = f"/staff/applications/{sent.id}"
    sign_in(client, world.officer)
    assert "Disabled veteran" in client.get(show).text
    sign_in(client, make_account(session, roles=[(Role.AUDITOR, world.agency.id)]))
    page = client.get(show).text
    assert "Disabled veteran" not in page
    assert "A claim that only its officers may see" in page


def test_nobody_else_touches_a_persons_claims(session, world, client, sent):
    stranger = make_account(session)
    sign_in(client, stranger)
    assert client.get(f"/my/applications/{sent.id}/claims/veteran").status_code == 404
    assert (
        client.post(f"/my/applications/{sent.id}/claims/veteran/appeal", data={"text": "x"}).status_code
        == 404
    )
    assert actor_of(stranger).may("recruitment.claims.decide") is False
    assert client.get("/staff/claims").status_code == 403


def test_an_applications_page_leads_to_what_was_decided_of_its_claims(session, world, client, sent):
    sign_in(client, world.ada)
    assert f'href="{PLACE}"' in client.get(f"/my/applications/{sent.id}").text
