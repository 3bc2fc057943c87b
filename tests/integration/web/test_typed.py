"""What was typed into a form whose session had ended is there again after signing in, for its owner alone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import func, select

from app.accounts.sessions.rules import LIMITS, Limit
from app.platform import schedule, typed_texts
from app.platform.db import transaction
from app.platform.typed_texts import TypedText
from app.recruitment.applications.states import Submission
from app.web.typed import COOKIE
from tests.conftest import SECRET, sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import CONTACT, make_application
from tests.integration.recruitment.conftest import build_world, hand  # noqa: F401 (a fixture)

OURS = {"Origin": "http://localhost"}
PROFILE = "/my/profile/contact"


@pytest.fixture
def world(session, hand):  # noqa: F811
    return build_world(session)


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def seal(account):
    return URLSafeSerializer(SECRET, salt="typed-by").dumps(account.id)


@pytest.fixture
def written(world):
    """What Ada's browser sends from a page that was opened in her session."""
    ours = {"address_line_1": "48 Willow Street", "proceed": "y", "typed_by": seal(world.ada)}
    return CONTACT | ours


def contact(draft):
    return f"/my/applications/{draft.id}/contact"


def kept(session):
    return session.scalar(select(func.count()).select_from(TypedText))


def test_signing_in_again_opens_the_same_step_with_the_text(session, world, client, draft, written):
    answer = client.post(contact(draft), data=written, headers=OURS)
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={contact(draft)}")
    assert "What you typed is kept" in client.get(answer.location).text
    text = sign_in(client, world.ada).get(contact(draft)).text
    assert "What you had typed is in the form again. It is not saved yet" in text
    assert 'value="48 Willow Street"' in text
    assert "48 Willow Street" not in str(session.scalar(select(TypedText.sealed)))
    assert client.post(contact(draft), data=written, headers=OURS).location.endswith("/education")
    assert kept(session) == 0
    assert "Your session had ended" not in client.get(contact(draft)).text


def test_it_is_there_again_however_often_the_page_is_looked_at(world, client, draft, written):
    client.post(contact(draft), data=written, headers=OURS)
    sign_in(client, world.ada)
    for _ in range(2):
        assert "48 Willow Street" in client.get(contact(draft)).text


def test_another_account_at_the_same_browser_never_sees_it(session, client, draft, written):
    client.post(contact(draft), data=written, headers=OURS)
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


def test_another_browser_has_nothing_of_it(world, app, session, client, draft, written):
    client.post(contact(draft), data=written, headers=OURS)
    elsewhere = sign_in(app.test_client(), world.ada)
    assert "48 Willow Street" not in elsewhere.get(contact(draft)).text


def test_a_token_of_another_session_costs_no_text_either(world, client, draft, written):
    sign_in(client, world.ada)
    token = client._csrf_token()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "another"
    answer = client.post(contact(draft), data=written | {"csrf_token": token}, headers=OURS, csrf=False)
    assert (answer.status_code, answer.location) == (303, contact(draft))
    text = client.get(answer.location).text
    assert "What you typed is kept" in text
    assert 'value="48 Willow Street"' in text


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://elsewhere.example"}, {"Referer": "https://elsewhere.example/x"}]
)
def test_a_form_from_another_site_is_not_kept(session, client, draft, headers, written):
    answer = client.post(contact(draft), data=written, headers=headers)
    assert answer.location == "/sign-in"
    assert kept(session) == 0


def test_a_form_that_we_did_not_sign_is_not_kept(session, client, draft, written):
    answer = client.post(contact(draft), data=written, headers=OURS, csrf=False)
    assert answer.status_code == 400
    assert kept(session) == 0


def test_passwords_and_pages_that_do_not_ask_for_it_are_not_kept(session, client, draft):
    client.post("/my/password", data={"password": "secret", "current": "secret"}, headers=OURS)
    client.post(f"/my/applications/{draft.id}/withdraw", data={"reason": "x"}, headers=OURS)
    assert kept(session) == 0


def test_what_is_far_too_long_is_not_kept_but_the_step_is_found_again(session, client, draft, written):
    answer = client.post(contact(draft), data=written | {"town": "x" * 700_000}, headers=OURS)
    assert answer.location == f"/sign-in?next={contact(draft)}"
    assert kept(session) == 0
    text = client.get(answer.location).text
    assert "Sign in to go on." in text
    assert "What you typed is kept" not in text


def test_it_is_kept_for_half_a_day_and_then_purged(session, world, client, draft, hand, written):  # noqa: F811
    client.post(contact(draft), data=written, headers=OURS)
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


def test_a_page_that_is_the_same_address_for_everybody_shows_it_to_its_owner_alone(
    session, world, client, written
):
    client.post(PROFILE, data=written, headers=OURS)
    assert kept(session) == 1
    other = sign_in(client, make_account(session))
    assert "48 Willow Street" not in other.get(PROFILE).text
    assert other.post(PROFILE, data=CONTACT | {"proceed": "y"}, headers=OURS).location == "/my/profile"
    assert kept(session) == 1
    assert "48 Willow Street" in sign_in(client, world.ada).get(PROFILE).text


def test_a_stale_page_keeps_its_text_for_who_opened_it_not_for_who_is_signed_in_now(
    session, world, client, written
):
    sign_in(client, make_account(session))
    token = client._csrf_token()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "another"
    client.post(PROFILE, data=written | {"csrf_token": token}, headers=OURS, csrf=False)
    assert kept(session) == 1
    assert "48 Willow Street" not in client.get(PROFILE).text
    assert "48 Willow Street" in sign_in(client, world.ada).get(PROFILE).text


@pytest.mark.parametrize("owner", [None, "", "forged"])
def test_a_form_that_does_not_say_under_seal_whose_it_is_is_not_kept(session, client, draft, written, owner):
    sent = {name: value for name, value in written.items() if name != "typed_by"}
    answer = client.post(
        contact(draft), data=sent | ({} if owner is None else {"typed_by": owner}), headers=OURS
    )
    assert answer.location == f"/sign-in?next={contact(draft)}"
    assert kept(session) == 0


def test_each_page_that_keeps_typing_says_under_seal_whose_it_is(world, client, draft):
    sign_in(client, world.ada)
    for path in (contact(draft), PROFILE, "/my/profile/person", "/my/profile/education/add"):
        assert re.findall(r'name="typed_by" value="([^"]+)"', client.get(path).text) == [seal(world.ada)]
    assert "typed_by" not in client.get("/my/account").text


def test_who_signs_out_takes_the_key_from_the_browser(world, client, written):
    client.post(PROFILE, data=written, headers=OURS)
    assert client.get_cookie(COOKIE) is not None
    sign_in(client, world.ada).post("/sign-out")
    assert client.get_cookie(COOKIE) is None
    assert "48 Willow Street" not in sign_in(client, world.ada).get(PROFILE).text


def test_two_pages_are_both_kept_and_saving_one_leaves_the_other(session, world, client, draft, written):
    client.post(contact(draft), data=written, headers=OURS)
    client.post(PROFILE, data=written | {"address_line_1": "7 Elm Road"}, headers=OURS)
    sign_in(client, world.ada)
    assert "48 Willow Street" in client.get(contact(draft)).text
    assert "7 Elm Road" in client.get(PROFILE).text
    client.post(PROFILE, data=CONTACT | {"proceed": "y"}, headers=OURS)
    assert "48 Willow Street" in client.get(contact(draft)).text
    assert kept(session) == 1


def test_the_same_page_sent_again_takes_the_place_of_its_first_text(session, world, client, draft, written):
    client.post(contact(draft), data=written, headers=OURS)
    client.post(contact(draft), data=written | {"address_line_1": "7 Elm Road"}, headers=OURS)
    assert kept(session) == 1
    assert "7 Elm Road" in sign_in(client, world.ada).get(contact(draft)).text


@pytest.mark.parametrize("limit", [(2, 9), (9, 2)])
def test_only_so_many_are_kept_for_one_account_and_from_one_network(
    session, client, draft, written, monkeypatch, limit
):
    monkeypatch.setitem(LIMITS, "typed", Limit(*limit, dt.timedelta(hours=1)))
    for _ in range(3):
        client.delete_cookie(COOKIE)
        answer = client.post(contact(draft), data=written, headers=OURS)
    assert kept(session) == 2
    assert answer.location == f"/sign-in?next={contact(draft)}"
    with client.session_transaction() as cookie:
        assert str(cookie["_flashes"][-1][1]) == "Sign in to go on."


def test_the_purge_goes_on_until_nothing_is_left(
    session,
    client,
    draft,
    written,
    hand,  # noqa: F811
    run_jobs,
    monkeypatch,
):
    monkeypatch.setattr(typed_texts, "BATCH", 1)
    for _ in range(3):
        client.delete_cookie(COOKIE)
        client.post(contact(draft), data=written, headers=OURS)
    assert kept(session) == 3
    hand.turn(hours=13)
    schedule.promise(
        next(tick for tick in schedule.TICKS if tick.job == "recruitment.purge_typed"), hand.moment
    )
    run_jobs()
    assert kept(session) == 0
