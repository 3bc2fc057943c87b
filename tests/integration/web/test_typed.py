"""What was typed into a form whose session had ended is there again after signing in, for its owner alone."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from app.platform import typed_texts
from app.platform.db import transaction
from app.platform.typed_texts import TypedText
from app.recruitment.applications.states import Submission
from app.web.typed import COOKIE
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import CONTACT, make_application
from tests.integration.recruitment.conftest import build_world, hand  # noqa: F401 (a fixture)

OURS = {"Origin": "http://localhost"}
WRITTEN = CONTACT | {"address_line_1": "48 Willow Street", "proceed": "y"}


@pytest.fixture
def world(session, hand):  # noqa: F811
    return build_world(session)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def contact(draft):
    return f"/my/applications/{draft.id}/contact"


def kept(session):
    return session.scalar(select(func.count()).select_from(TypedText))


def test_signing_in_again_opens_the_same_step_with_the_text(session, world, client, draft):
    answer = client.post(contact(draft), data=WRITTEN, headers=OURS)
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={contact(draft)}")
    assert "What you typed is kept" in client.get(answer.location).text
    text = sign_in(client, world.ada).get(contact(draft)).text
    assert "What you had typed is in the form again. It is not saved yet" in text
    assert 'value="48 Willow Street"' in text
    assert "48 Willow Street" not in str(session.scalar(select(TypedText.sealed)))
    assert client.post(contact(draft), data=WRITTEN, headers=OURS).location.endswith("/education")
    assert kept(session) == 0
    assert "Your session had ended" not in client.get(contact(draft)).text


def test_it_is_there_again_however_often_the_page_is_looked_at(world, client, draft):
    client.post(contact(draft), data=WRITTEN, headers=OURS)
    sign_in(client, world.ada)
    for _ in range(2):
        assert "48 Willow Street" in client.get(contact(draft)).text


def test_another_account_at_the_same_browser_never_sees_it(session, client, draft):
    client.post(contact(draft), data=WRITTEN, headers=OURS)
    other = sign_in(client, make_account(session))
    assert other.get(contact(draft)).status_code == 404
    own = make_application(
        session,
        posting_id=draft.posting_id,
        account_id=other_account(client, session),
        submission=Submission.DRAFT,
    )
    assert "48 Willow Street" not in other.get(contact(own)).text


def other_account(client, session):
    account = make_account(session)
    sign_in(client, account)
    return account.id


def test_another_browser_has_nothing_of_it(world, app, session, client, draft):
    client.post(contact(draft), data=WRITTEN, headers=OURS)
    elsewhere = sign_in(app.test_client(), world.ada)
    assert "48 Willow Street" not in elsewhere.get(contact(draft)).text


def test_a_token_of_another_session_costs_no_text_either(world, client, draft):
    sign_in(client, world.ada)
    token = client._csrf_token()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "another"
    answer = client.post(contact(draft), data=WRITTEN | {"csrf_token": token}, headers=OURS, csrf=False)
    assert (answer.status_code, answer.location) == (303, contact(draft))
    text = client.get(answer.location).text
    assert "What you typed is kept" in text
    assert 'value="48 Willow Street"' in text


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://elsewhere.example"}, {"Referer": "https://elsewhere.example/x"}]
)
def test_a_form_from_another_site_is_not_kept(session, client, draft, headers):
    answer = client.post(contact(draft), data=WRITTEN, headers=headers)
    assert answer.location == "/sign-in"
    assert kept(session) == 0


def test_a_form_that_we_did_not_sign_is_not_kept(session, client, draft):
    answer = client.post(contact(draft), data=WRITTEN, headers=OURS, csrf=False)
    assert answer.status_code == 400
    assert kept(session) == 0


def test_passwords_and_pages_that_do_not_ask_for_it_are_not_kept(session, client, draft):
    client.post("/my/password", data={"password": "secret", "current": "secret"}, headers=OURS)
    client.post(f"/my/applications/{draft.id}/withdraw", data={"reason": "x"}, headers=OURS)
    assert kept(session) == 0


def test_what_is_far_too_long_is_not_kept_but_the_step_is_found_again(session, client, draft):
    answer = client.post(contact(draft), data={"town": "x" * 700_000}, headers=OURS)
    assert answer.location == f"/sign-in?next={contact(draft)}"
    assert kept(session) == 0


def test_it_is_kept_for_half_a_day_and_then_purged(session, world, client, draft, hand):  # noqa: F811
    client.post(contact(draft), data=WRITTEN, headers=OURS)
    hand.turn(hours=12)
    assert "48 Willow Street" not in sign_in(client, world.ada).get(contact(draft)).text
    with transaction() as opened:
        assert typed_texts.purge(opened, hand.moment - dt.timedelta(seconds=1)) == 0
        assert typed_texts.purge(opened, hand.moment) == 1
    assert kept(session) == 0


@pytest.mark.parametrize("key", ["x", "é" * 50, "A" * 3000])
def test_a_made_up_key_opens_nothing(world, client, draft, key):
    client.set_cookie(COOKIE, key)
    assert sign_in(client, world.ada).get(contact(draft)).status_code == 200
