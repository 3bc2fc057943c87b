"""Forgotten passwords: the link works once, for an hour, and tells nothing to others."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from app.accounts.models import AccountState, PasswordReset
from app.accounts.passwords import is_right
from app.accounts.services import digest_token
from app.platform.audit import AuditEvent
from app.platform.jobs import Job
from tests.conftest import AT, sign_in
from tests.factories.accounts import PASSWORD, make_account

NEW = {"password": "bluekettle seven", "confirmation": "bluekettle seven"}
DEAD = "This link was used before or is older than an hour. Ask for a new one."


@pytest.fixture
def ann(session):
    return make_account(session, email="ann@city.example", name="Ann Ames")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ask(client, outbox, run_jobs):
    """Ask for a link and give its path, or nothing when no mail came."""

    def asked(email="ann@city.example"):
        outbox.clear()
        assert client.post("/forgot-password", data={"email": email}).status_code == 200
        run_jobs()
        found = [
            re.search(r"http://localhost:8000(/reset-password\?token=\S+)", mail.get_content())
            for mail in outbox
        ]
        return found[0][1] if found else ""

    return asked


def test_a_link_sets_a_new_password(client, session, ann, ask):
    path = ask("ANN@city.example")
    assert "Choose a new password" in client.get(path).text
    answer = client.post(path, data=NEW)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    session.expire_all()
    assert is_right(ann.password_hash, "bluekettle seven")
    assert not is_right(ann.password_hash, PASSWORD)
    assert [(event.action, event.actor_name) for event in session.query(AuditEvent)] == [
        ("accounts.forgot", "Meritum"),
        ("accounts.reset", "Ann Ames"),
    ]


def test_a_link_works_once(client, session, ann, ask):
    path = ask()
    client.post(path, data=NEW)
    answer = client.post(path, data=dict.fromkeys(NEW, "another kettle nine"))
    assert (answer.status_code, answer.location) == (303, "/forgot-password")
    assert DEAD in client.get("/forgot-password").text
    session.expire_all()
    assert is_right(ann.password_hash, "bluekettle seven")


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (60, 303), (24 * 60, 303)])
def test_a_link_holds_for_an_hour(client, ann, ask, clock, minutes, status):
    path = ask()
    clock.shift(dt.timedelta(minutes=minutes))
    assert client.get(path).status_code == status


def test_looking_at_the_page_does_not_use_the_link(client, ann, ask):
    path = ask()
    assert [client.get(path).status_code for _ in range(3)] == [200] * 3
    assert client.post(path, data=NEW).location == "/sign-in"


def test_using_one_link_kills_the_others(client, ann, ask):
    first, second = ask(), ask()
    client.post(second, data=NEW)
    assert client.get(first).status_code == 303


def test_everyone_is_signed_out_by_a_reset(app, client, ann, ask):
    thief = sign_in(app.test_client(), ann)
    client.post(ask(), data=NEW)
    assert thief.get("/my/account").status_code == 303
    assert client.get("/my/account").status_code == 303


def test_the_person_is_told(client, ann, ask, outbox, run_jobs):
    client.post(ask(), data=NEW)
    outbox.clear()
    run_jobs()
    assert [(mail["To"], mail["Subject"]) for mail in outbox] == [
        ("ann@city.example", "Your password was changed")
    ]


def test_the_page_says_the_same_for_every_address(client, session, ann, outbox, run_jobs):
    make_account(session, email="closed@city.example", state=AccountState.CLOSED)
    addresses = ["ann@city.example", "nobody@city.example", "closed@city.example"]
    answers = [client.post("/forgot-password", data={"email": address}) for address in addresses]
    pages = {
        re.sub(r'nonce="[^"]+"|value="[^"]+"', "", answer.text.replace(address, "X"))
        for answer, address in zip(answers, addresses, strict=True)
    }
    assert {answer.status_code for answer in answers} == {200}
    assert len(pages) == 1
    run_jobs()
    assert [mail["To"] for mail in outbox] == ["ann@city.example"]
    assert {str(job.payload) for job in session.query(Job).filter_by(name="accounts.send_reset")} == {"{}"}


def test_the_token_stands_nowhere_in_clear(client, session, ann, ask):
    token = ask().partition("token=")[2]
    assert session.query(PasswordReset.token_digest).scalar() == digest_token(token)
    assert not [job for job in session.query(Job) if token in str(job.payload)]
    assert not [event for event in session.query(AuditEvent) if token in str(event.details)]


def test_asking_again_and_again_is_throttled_for_every_address_alike(client, ann):
    for email in ("ann@city.example", "nobody@city.example"):
        statuses = [client.post("/forgot-password", data={"email": email}).status_code for _ in range(6)]
        assert statuses == [200] * 5 + [429]


@pytest.mark.parametrize("token", ["", "x", "%00", "x" * 5000, "%F0%9F%98%80", "%ED%A0%80", "' OR 1=1 --"])
def test_a_token_nobody_was_sent_opens_nothing(client, ann, ask, token):
    ask()
    for answer in (
        client.get(f"/reset-password?token={token}"),
        client.post(f"/reset-password?token={token}", data=NEW),
    ):
        assert (answer.status_code, answer.location) == (303, "/forgot-password")


def test_a_closed_account_is_not_opened_by_an_old_link(client, session, ann, ask):
    path = ask()
    ann.state = AccountState.CLOSED
    session.flush()
    answer = client.post(path, data=NEW)
    assert answer.status_code == 422
    assert DEAD in answer.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "short"}, "Password must be 12 characters or more"),
        ({"password": "password1234"}, "This password is easy to guess."),
        ({"password": "Ann Ames 2026!"}, "Password must not be made from your name or email address"),
        ({"confirmation": "other"}, "The two passwords are not the same."),
    ],
)
def test_a_refused_password_leaves_the_link_alive(client, ann, ask, changed, sentence):
    path = ask()
    answer = client.post(path, data=NEW | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert client.post(path, data=NEW).location == "/sign-in"


@pytest.mark.parametrize("email", ["", "ann", "ann\0@city.example", "a" * 300 + "@city.example"])
def test_what_is_no_address_is_told(client, session, email):
    assert client.post("/forgot-password", data={"email": email}).status_code == 422
    assert session.query(Job).count() == 0
