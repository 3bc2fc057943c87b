"""New browsers are told by mail, known ones are not, and no exact address is kept."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from app.accounts.models import KnownDevice, SignInSession
from app.accounts.sessions.rules import DEVICE_KNOWN
from app.platform import clock as the_clock
from app.platform import jobs
from app.platform.db import transaction
from tests.conftest import AT, sign_in
from tests.factories.accounts import PASSWORD, make_account

PHONE = "Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Safari/537.36"
SUBJECT = "New sign-in to your account"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann(session):
    return make_account(session, email="ann@city.example", name="Ann Ames")


def enter(browser, **more):
    sent = {"email": "ann@city.example", "password": PASSWORD}
    return browser.post("/sign-in", data=sent, **more)


def test_the_first_browser_is_no_news(client, session, ann, outbox, run_jobs):
    enter(client)
    run_jobs()
    assert list(outbox) == []
    assert session.query(KnownDevice).one().account_id == ann.id


def test_a_second_one_is_told_and_then_known(app, client, session, ann, outbox, run_jobs):
    enter(client)
    phone = app.test_client()
    more = {"headers": {"User-Agent": PHONE}, "environ_overrides": {"REMOTE_ADDR": "203.0.113.77"}}
    enter(phone, **more)
    run_jobs()
    assert [(mail["To"], mail["Subject"]) for mail in outbox] == [("ann@city.example", SUBJECT)]
    text = outbox[0].get_content()
    assert "Chrome on Android, from the network 203.0.113.x" in text
    assert "203.0.113.77" not in text
    phone.post("/sign-out")
    enter(phone, **more)
    client.post("/sign-out")
    enter(client)
    run_jobs()
    assert len(outbox) == 1


def test_the_cookie_is_for_this_alone(client, session, ann):
    enter(client)
    cookie = client.get_cookie("meritum_device")
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", DEVICE_KNOWN.days * 86_400)
    assert cookie.value not in {row.digest for row in session.query(KnownDevice)}


def test_a_browser_of_two_people_is_known_to_each(client, session, ann, outbox, run_jobs):
    make_account(session, email="ben@city.example")
    enter(client)
    client.post("/sign-out")
    client.post("/sign-in", data={"email": "ben@city.example", "password": PASSWORD})
    run_jobs()
    assert list(outbox) == []
    assert session.query(KnownDevice).count() == 2


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.77", "203.0.113.x"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("nonsense", ""),
    ],
)
def test_of_the_address_only_the_network_is_kept(client, session, ann, address, place):
    enter(client, environ_overrides={"REMOTE_ADDR": address})
    assert session.query(SignInSession).one().place == place
    page = client.get("/my/account").text
    assert (place or "Unknown") in page


def test_a_browser_not_seen_for_long_is_forgotten(client, session, ann, clock):
    enter(client)
    clock.shift(DEVICE_KNOWN + dt.timedelta(seconds=1))
    with transaction() as opened:
        jobs.enqueue(opened, "accounts.forget_tries", key="x", payload={}, at=the_clock.now())
    jobs.drain(the_clock.now)
    assert session.query(KnownDevice).count() == 0


def test_a_signed_in_person_sees_where(app, client, session, ann):
    sign_in(client, ann)
    phone = app.test_client()
    enter(phone, headers={"User-Agent": PHONE})
    page = client.get("/my/account").text
    assert "Chrome on Android" in page
    assert "End this session" in page
