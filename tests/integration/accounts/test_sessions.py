"""Signed-in browsers: how long they hold, and how they end for good."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from app.accounts.models import AccountState, SignInSession
from app.platform.audit import AuditEvent
from tests.conftest import AT, sign_in
from tests.factories.accounts import make_account


@pytest.fixture
def ann(session):
    return make_account(session, email="ann@city.example", name="Ann Ames")


def is_open(client):
    return client.get("/my/account").status_code == 200


def copy_of(client, app):
    thief = app.test_client()
    thief.set_cookie("meritum", client.get_cookie("meritum").value)
    return thief


def test_a_copied_cookie_is_dead_after_signing_out(app, client, ann):
    sign_in(client, ann)
    thief = copy_of(client, app)
    assert is_open(thief)
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "You are signed out." in client.get("/sign-in").text
    assert not is_open(thief)
    assert not is_open(client)


def test_signing_out_is_no_link(client, ann):
    sign_in(client, ann)
    assert client.get("/sign-out").status_code == 405
    assert is_open(client)


def test_the_cookie_is_kept_from_scripts_and_other_sites(client, ann):
    answer = client.post(
        "/sign-in", data={"email": "ann@city.example", "password": "correct horse battery staple"}
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    ("away", "still_open"),
    [(dt.timedelta(hours=7, minutes=59), True), (dt.timedelta(hours=8, seconds=1), False)],
)
def test_a_session_ends_by_itself_when_nobody_uses_it(client, ann, away, still_open):
    with time_machine.travel(AT, tick=False) as clock:
        sign_in(client, ann)
        clock.shift(away)
        assert is_open(client) is still_open


def test_no_session_outlives_two_weeks(client, ann):
    with time_machine.travel(AT, tick=False) as clock:
        sign_in(client, ann)
        for _ in range(14 * 4):
            clock.shift(dt.timedelta(hours=6))
            assert is_open(client)
        clock.shift(dt.timedelta(seconds=1))
        assert not is_open(client)


def test_the_last_use_is_written_once_a_minute_and_not_audited(client, session, ann):
    def seen_at():
        session.expire_all()
        return session.query(SignInSession.seen_at).scalar()

    with time_machine.travel(AT, tick=False) as clock:
        sign_in(client, ann)
        clock.shift(dt.timedelta(seconds=59))
        client.get("/my/account")
        assert seen_at() == AT
        clock.shift(dt.timedelta(seconds=1))
        client.get("/my/account")
        assert seen_at() == AT + dt.timedelta(minutes=1)
    assert session.query(AuditEvent).count() == 0


def test_a_closed_account_is_signed_in_nowhere(client, session, ann):
    sign_in(client, ann)
    ann.state = AccountState.CLOSED
    session.flush()
    assert not is_open(client)


def test_my_account_lists_my_browsers_and_nobody_elses(app, client, session, ann):
    other = make_account(session)
    sign_in(app.test_client(), other)
    sign_in(app.test_client(), ann)
    sign_in(client, ann)
    page = client.get("/my/account").text
    assert page.count("End this session") == 1
    assert page.count("This browser") == 1


def test_one_of_my_sessions_is_ended(app, client, session, ann):
    elsewhere = app.test_client()
    sign_in(elsewhere, ann)
    row = session.query(SignInSession).one()
    sign_in(client, ann)
    answer = client.post(f"/my/sessions/{row.id}/end", follow_redirects=True)
    assert "That session has ended." in answer.text
    assert not is_open(elsewhere)
    assert is_open(client)
    assert client.post(f"/my/sessions/{row.id}/end").status_code == 404


def test_another_persons_session_cannot_be_ended(app, client, session, ann):
    other = app.test_client()
    sign_in(other, make_account(session))
    row = session.query(SignInSession).one()
    sign_in(client, ann)
    assert client.post(f"/my/sessions/{row.id}/end").status_code == 404
    assert is_open(other)


@pytest.mark.parametrize("session_id", ["ses_x", "acc_" + "0" * 26, "%00", "ses_" + "0" * 26])
def test_an_unknown_session_is_not_found(client, ann, session_id):
    sign_in(client, ann)
    assert client.post(f"/my/sessions/{session_id}/end").status_code == 404


def test_all_my_other_sessions_are_ended(app, client, session, ann):
    others = [sign_in(app.test_client(), ann) for _ in range(2)]
    stranger = sign_in(app.test_client(), make_account(session))
    sign_in(client, ann)
    answer = client.post("/my/sessions/end-others", follow_redirects=True)
    assert "All your other sessions have ended." in answer.text
    assert [is_open(one) for one in [*others, stranger, client]] == [False, False, True, True]


def test_a_token_nobody_was_given_opens_nothing(client, ann):
    with client.session_transaction() as cookie:
        cookie["token"] = "x" * 43
    assert client.get("/my/account").status_code == 303
