"""Signing in: who gets in, where they go, what others learn, and how often one may guess."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from app.accounts.models import AccountState, SignInFailure, SignInSession
from app.accounts.roles import Role
from app.accounts.services import digest_token
from tests.conftest import AT, count_queries
from tests.factories.accounts import PASSWORD, make_account, make_agency

WRONG = "This email address and password do not belong together. Check both and try again"
TOO_MANY = "There were too many tries. Try again in 15 minutes, at"


@pytest.fixture
def ann(session):
    return make_account(session, email="ann@city.example", name="Ann Ames")


def try_in(client, email="ann@city.example", password=PASSWORD, path="/sign-in", **kwargs):
    return client.post(path, data={"email": email, "password": password}, **kwargs)


def test_the_right_password_opens_the_account(client, session, ann):
    answer = try_in(client, email=" ANN@City.Example ")
    assert (answer.status_code, answer.location) == (303, "/my/applications")
    assert client.get("/my/account").status_code == 200
    with client.session_transaction() as cookie:
        token, is_permanent = cookie["token"], cookie.permanent
    rows = session.query(SignInSession).all()
    assert [(row.account_id, row.token_digest, row.ended_at) for row in rows] == [
        (ann.id, digest_token(token), None)
    ]
    assert is_permanent


def test_staff_go_to_their_work(client, session):
    agency = make_agency(session)
    make_account(session, email="hr@city.example", roles=[(Role.HR_OFFICER, agency.id)])
    assert try_in(client, email="hr@city.example").location == "/staff/"


def test_a_cookie_planted_before_is_gone_after(client, ann):
    with client.session_transaction() as cookie:
        cookie["token"], cookie["planted"] = "known to another", "yes"
    assert try_in(client).status_code == 303
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["token"] != "known to another"


def test_who_is_signed_in_is_sent_on(client, ann):
    try_in(client)
    assert client.get("/sign-in").location == "/my/applications"
    assert client.get("/register").location == "/my/applications"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@city.example", "not the password"),
        ("nobody@city.example", PASSWORD),
        ("closed@city.example", PASSWORD),
    ],
)
def test_a_refusal_says_the_same_whether_the_account_exists(client, session, ann, email, password):
    make_account(session, email="closed@city.example", state=AccountState.CLOSED)
    answer = try_in(client, email=email, password=password)
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert f'value="{email}"' in answer.text
    assert password not in answer.text
    assert session.query(SignInSession).count() == 0


@pytest.mark.parametrize("email", ["ann@city.example", "nobody@city.example"])
def test_after_five_failures_no_password_is_tried(client, ann, email):
    with time_machine.travel(AT, tick=False) as clock:
        assert [try_in(client, email, "wrong").status_code for _ in range(5)] == [422] * 5
        answer = try_in(client, email)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "900"
        assert TOO_MANY in answer.text
        clock.shift(dt.timedelta(minutes=15, seconds=1))
        assert try_in(client, email).status_code == (303 if email == "ann@city.example" else 422)


def test_strangers_do_not_lock_the_owner_out_of_a_known_browser(app, client, ann):
    with time_machine.travel(AT, tick=False):
        try_in(client)
        client.post("/sign-out")
        stranger = app.test_client()
        far = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.9"}}
        for _ in range(6):
            refused = try_in(stranger, password="wrong", **far)
        assert (refused.status_code, TOO_MANY in refused.text) == (429, True)
        assert try_in(app.test_client()).status_code == 429
        assert try_in(client, password="wrong").status_code == 422
        assert try_in(client).status_code == 303
        assert try_in(stranger, **far).status_code == 429


def test_a_known_browser_is_borne_as_many_wrong_tries_as_any(app, client, ann):
    with time_machine.travel(AT, tick=False):
        try_in(client)
        client.post("/sign-out")
        statuses = [try_in(client, password="wrong").status_code for _ in range(6)]
    assert statuses == [422, 422, 422, 422, 422, 429]


def test_a_browser_known_to_another_account_is_a_stranger_here(app, client, session, ann):
    make_account(session, email="eve@city.example")
    with time_machine.travel(AT, tick=False):
        try_in(client, email="eve@city.example")
        client.post("/sign-out")
        for _ in range(5):
            try_in(client, password="wrong")
        assert try_in(app.test_client(), password="wrong").status_code == 429


def test_being_throttled_does_not_make_it_longer(client, ann):
    with time_machine.travel(AT, tick=False) as clock:
        for _ in range(5):
            try_in(client, password="wrong")
        clock.shift(dt.timedelta(minutes=14))
        assert try_in(client).status_code == 429
        clock.shift(dt.timedelta(minutes=1, seconds=1))
        assert try_in(client).status_code == 303


def test_a_right_password_forgets_the_failures(client, session, ann):
    for _ in range(4):
        try_in(client, password="wrong")
    try_in(client)
    assert session.query(SignInFailure).filter(SignInFailure.key.not_like("%:from:%")).count() == 0


def test_one_address_may_not_try_many_people(client, session, ann):
    for number in range(20):
        assert try_in(client, f"person{number}@city.example", "wrong").status_code == 422
    assert try_in(client).status_code == 429
    assert try_in(client, environ_overrides={"REMOTE_ADDR": "198.51.100.4"}).status_code == 303


def test_signing_in_to_ones_own_account_buys_no_guesses_at_others(client, session, ann):
    for number in range(20):
        try_in(client, f"person{number}@city.example", "wrong")
        if number == 10:
            try_in(client)
            client.post("/sign-out")
    assert try_in(client, "person1@city.example", "wrong").status_code == 429


def test_the_throttle_keeps_no_address_in_clear(client, session, ann):
    try_in(client, password="wrong")
    assert not [row.key for row in session.query(SignInFailure) if "ann" in row.key or "city" in row.key]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "http:///evil.example",
        "",
    ],
)
def test_no_link_leads_away_after_signing_in(client, ann, target):
    answer = client.post(
        "/sign-in", query_string={"next": target}, data={"email": "ann@city.example", "password": PASSWORD}
    )
    assert (answer.status_code, answer.location) == (303, "/my/applications")


def test_a_person_goes_on_where_they_wanted_to(client, ann):
    asked = client.get("/my/account?a=1")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/my/account?a%3D1")
    assert "Sign in to go on." in client.get(asked.location).text
    assert try_in(client, path=asked.location).location == "/my/account?a=1"


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("", "x", "Enter email address"),
        ("ann", "x", "Email address must be an email address, such as name@example.org"),
        ("ann@city.example", "", "Enter password"),
        ("ann\0@city.example", "x", "Email address contains characters that cannot be saved"),
        ("ann@city.example", "x\0y", "Password contains characters that cannot be saved"),
        ("a" * 300 + "@city.example", "x", "Email address must be 254 characters or fewer"),
        ("ann@city.example", "x" * 300, "Password must be 256 characters or fewer"),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_field_and_not_counted(
    client, session, ann, email, password, sentence
):
    answer = try_in(client, email, password)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.query(SignInFailure).count() == 0


def test_an_address_with_letters_that_grow_is_no_error(client):
    assert try_in(client, email="ß" * 60 + "@city.example", password="wrong").status_code == 422


def test_a_form_from_elsewhere_is_refused(client, ann):
    answer = try_in(client, csrf=False)
    assert answer.status_code == 400


def test_a_browser_with_an_odd_name_signs_in(client, session, ann):
    try_in(client, headers={"User-Agent": "x\x07y\x00 é" + "z" * 900})
    assert session.query(SignInSession.browser).scalar() == "xy é" + "z" * 196


def test_the_address_may_be_filled_in_by_a_link(client):
    assert 'value="ann@city.example"' in client.get("/sign-in?email=ann@city.example").text
    assert client.get("/sign-in?email=%00%07").status_code == 200


def test_the_accounts_to_try_are_shown_in_a_demonstration_only(app, client, monkeypatch):
    from dataclasses import replace

    people = [{"name": "Ann Ames", "role": "Auditor", "email": "auditor@demo.example"}]
    monkeypatch.setitem(app.extensions, "meritum_demonstration", people)
    assert "auditor@demo.example" not in client.get("/sign-in").text
    monkeypatch.setitem(app.extensions, "meritum", replace(app.extensions["meritum"], is_demonstration=True))
    page = client.get("/sign-in").text
    assert "auditor@demo.example" in page
    assert "meritum-demonstration" in page


@pytest.mark.parametrize("path", ["/sign-in", "/forgot-password"])
def test_the_same_work_is_done_for_every_address(app, client, session, database, ann, path):
    seen = []
    for browser, email in ((client, "ann@city.example"), (app.test_client(), "nobody@city.example")):
        with count_queries(database) as statements:
            answer = browser.post(path, data={"email": email, "password": "not the password"})
        page = re.sub(r'(csrf_token" value|nonce)="[^"]*"', "", answer.text.replace(email, ""))
        seen.append((answer.status_code, page, statements))
    assert seen[0] == seen[1]
