"""The applicant's pages after submission, and the check of a receipt that anyone may make."""

from __future__ import annotations

import hashlib

import pytest

from app.platform.db import transaction
from app.recruitment.applications.services import submit_application
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import make_application, make_whole_draft
from tests.factories.recruitment import make_posting
from tests.page_checks import named


@pytest.fixture
def sent(session, world, at):
    draft = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    with transaction() as opened:
        return submit_application(opened, application_id=draft.id, actor=world.actor, at=at)


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


def test_the_receipt_shows_number_moment_zone_and_digest(ada, sent):
    text = ada.get(f"/my/applications/{sent.id}/receipt").text.replace("\u00a0", " ")
    assert "Application received" in text
    assert sent.number in text
    assert "10:00:00 am on 20 November 2026, EST (UTC−05:00)" in text
    assert sent.snapshot_digest in text


def test_the_file_of_what_was_received_has_the_digest_of_the_receipt(ada, sent):
    response = ada.get(f"/my/applications/{sent.id}/received.json")
    assert hashlib.sha256(response.data).hexdigest() == sent.snapshot_digest
    assert response.headers["Content-Disposition"] == f"attachment; filename={sent.number}.json"


def test_submitting_again_leads_to_the_same_receipt(ada, sent):
    url = f"/my/applications/{sent.id}/submit"
    assert ada.get(url).location == ada.post(url).location == f"/my/applications/{sent.id}/receipt"


def test_a_late_one_is_told_both_clocks_and_keeps_its_tick(session, world, client, hand):
    draft = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    hand.moment = world.posting.closes_at
    hand.turn(seconds=14)
    response = sign_in(client, world.ada).post(
        f"/my/applications/{draft.id}/submit", data={"declaration": "y"}
    )
    text = response.text.replace("\u00a0", " ")
    assert response.status_code == 422
    assert "We received your submission at 5:00:14 pm on 11 December 2026, EST (UTC−05:00)." in text
    assert "Applications closed at 5:00:00 pm on 11 December 2026, EST (UTC−05:00)." in text
    assert "checked" in text
    session.expire_all()
    assert session.get(type(draft), draft.id).submission is Submission.DRAFT


def test_anyone_may_check_a_receipt_and_learns_nothing_of_the_person(client, sent):
    url = f"/receipts/check?number={sent.number}&digest={sent.snapshot_digest}"
    text = client.get(url).text
    assert "This receipt is genuine" in text
    assert "Civil Engineer" in text
    assert not named(text, "Ada")


@pytest.mark.parametrize(
    ("number", "digest"),
    [
        ("A-2026-000002-6", None),
        (None, "0" * 64),
        ("", None),
        (None, ""),
        ("x" * 500, "y" * 500),
        ("A\0B", "\0"),
        ("' OR 1=1 --", None),
    ],
)
def test_a_receipt_that_is_not_ours_is_not_confirmed(client, sent, number, digest):
    query = {
        "number": sent.number if number is None else number,
        "digest": sent.snapshot_digest if digest is None else digest,
    }
    response = client.get("/receipts/check", query_string=query)
    assert response.status_code == 200
    assert "This receipt is genuine" not in response.text


def test_a_number_typed_loosely_is_understood(client, sent):
    loose = sent.number.lower().replace("-", " ")
    query = {"number": loose, "digest": f" {sent.snapshot_digest.upper()} "}
    assert "This receipt is genuine" in client.get("/receipts/check", query_string=query).text


def test_the_page_of_an_application_tells_its_state_letters_and_history(ada, sent):
    text = ada.get(f"/my/applications/{sent.id}").text
    assert "We compare your application with the requirements" in text
    assert "We have received your application" in text
    assert "Submitted and received" in text
    assert "Withdraw this application" in text


def test_a_withdrawal_is_confirmed_first(session, ada, sent):
    url = f"/my/applications/{sent.id}/withdraw"
    assert "Until applications close you can submit it again" in ada.get(url).text
    assert ada.post(url, data={"reason": "x" * 1001}).status_code == 422
    assert ada.post(url, data={"reason": ""}).location == f"/my/applications/{sent.id}"
    assert "Withdrawn" in ada.get(f"/my/applications/{sent.id}").text
    assert ada.get(url).location == f"/my/applications/{sent.id}"


def test_who_is_before_an_agency_declines_there(session, world, ada):
    certified = make_application(
        session,
        posting_id=world.posting.id,
        account_id=world.ada.id,
        screening=Screening.ELIGIBLE,
        assessment=Assessment.SCORED,
        standing=Standing.PASSED,
        placement=Placement.CERTIFIED,
    )
    assert "Withdraw this application" not in ada.get(f"/my/applications/{certified.id}").text
    response = ada.post(f"/my/applications/{certified.id}/withdraw")
    assert response.status_code == 422
    assert "Your name is before an agency now" in response.text


def test_the_list_shows_ones_own_alone_and_asks_the_database_as_often_for_three_as_for_one(
    session, world, ada, database, sent
):
    make_application(session, posting_id=world.posting.id, account_id=make_account(session).id)
    with count_queries(database) as for_one:
        assert ada.get("/my/applications").text.count("govuk-summary-card__title-wrapper") == 1
    for _ in range(2):
        posting = make_posting(session, agency_id=world.agency.id)
        make_application(session, posting_id=posting.id, account_id=world.ada.id, submission=Submission.DRAFT)
    with count_queries(database) as for_three:
        assert ada.get("/my/applications").text.count("govuk-summary-card__title-wrapper") == 3
    assert len(for_one) == len(for_three)


def test_an_empty_list_leads_to_the_vacancies(client, session):
    sign_in(client, make_account(session))
    assert "You have not applied for a vacancy yet" in client.get("/my/applications").text


@pytest.mark.parametrize("name", ["/receipt", "/received.json"])
def test_a_draft_has_no_receipt(session, world, ada, name):
    draft = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    assert ada.get(f"/my/applications/{draft.id}{name}").status_code == 404
