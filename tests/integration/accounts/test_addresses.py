"""Changing one's mail address: both confirm, nobody else learns anything."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from app.accounts.addresses.models import AddressChange
from app.accounts.addresses.services import OVER
from app.platform.audit import AuditEvent
from tests.conftest import AT, sign_in
from tests.factories.accounts import make_account

NEW = {"email": "Ann@Work.example"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann(session, client):
    account = make_account(session, email="ann@home.example", name="Ann Ames")
    sign_in(client, account)
    return account


@pytest.fixture
def links(outbox, run_jobs):
    """Give the mailed links by address."""

    def read():
        run_jobs()
        found = {mail["To"]: re.search(r"/address/confirm\?token=\S+", mail.get_content()) for mail in outbox}
        return {to: link[0] for to, link in found.items() if link}

    return read


def test_it_is_changed_when_both_have_confirmed(app, client, session, ann, links, outbox, run_jobs):
    assert client.post("/my/address", data=NEW).location == "/my/address"
    page = client.get("/my/address").text
    assert "ann@work.example" in page
    assert page.count("Not yet") == 2
    mailed, visitor = links(), app.test_client()
    assert set(mailed) == {"ann@home.example", "ann@work.example"}
    assert "shall become ann@work.example" in visitor.get(mailed["ann@work.example"]).text
    session.expire_all()
    assert session.query(AddressChange).one().new_confirmed_at is None
    assert "One confirmation is still needed" in visitor.post(mailed["ann@work.example"]).text
    session.expire_all()
    assert ann.email == "ann@home.example"
    assert "Your email address is changed" in visitor.post(mailed["ann@home.example"]).text
    session.expire_all()
    assert ann.email == "ann@work.example"
    assert [(event.action, event.details["step"]) for event in session.query(AuditEvent)] == [
        ("accounts.change_address", step) for step in ("asked", "mailed", "new", "done")
    ]
    outbox.clear()
    run_jobs()
    assert {(mail["To"], mail["Subject"]) for mail in outbox} == {
        ("ann@home.example", "Your email address was changed"),
        ("ann@work.example", "Your email address was changed"),
    }
    assert visitor.get(mailed["ann@home.example"]).location == "/my/account"


def test_a_taken_address_is_told_by_mail_alone(client, session, ann, links, outbox):
    make_account(session, email="ann@work.example")
    assert client.post("/my/address", data=NEW).location == "/my/address"
    assert set(links()) == {"ann@home.example"}
    told = next(mail for mail in outbox if mail["To"] == "ann@work.example").get_content()
    assert "you have an account with this address already" in told


def test_an_address_taken_meanwhile_is_not_taken_over(app, client, session, ann, links):
    client.post("/my/address", data=NEW)
    mailed = links()
    client.post(mailed["ann@work.example"])
    make_account(session, email="ann@work.example")
    answer = client.post(mailed["ann@home.example"])
    assert answer.status_code == 422
    assert OVER in answer.text
    session.expire_all()
    assert ann.email == "ann@home.example"


def test_the_links_hold_for_a_day(client, session, ann, links, clock):
    client.post("/my/address", data=NEW)
    mailed = links()
    clock.shift(dt.timedelta(hours=24))
    assert [client.post(link).location for link in mailed.values()] == ["/my/account"] * 2


def test_a_second_wish_ends_the_first(client, session, ann, links):
    client.post("/my/address", data=NEW)
    first = links()
    client.post("/my/address", data={"email": "ann@school.example"})
    assert client.get(first["ann@work.example"]).location == "/my/account"
    assert session.query(AddressChange).filter_by(ended_at=None).one().email == "ann@school.example"


def test_a_wish_is_given_up(client, session, ann, links):
    client.post("/my/address", data=NEW)
    mailed = links()
    assert client.post("/my/address/give-up").location == "/my/address"
    assert client.get(mailed["ann@work.example"]).location == "/my/account"


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("ann@HOME.example", "This is your address already"),
        ("", "Enter new email address"),
        ("ann", "New email address must be an email address"),
        ("a\0@b.example", "characters that cannot be saved"),
    ],
)
def test_what_is_no_other_address_is_refused(client, session, ann, email, sentence):
    answer = client.post("/my/address", data={"email": email})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.query(AddressChange).count() == 0


def test_it_is_not_asked_for_without_end(client, ann):
    statuses = [client.post("/my/address", data=NEW).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]


def test_it_needs_a_proof_that_is_not_old(client, session, ann, clock):
    clock.shift(dt.timedelta(minutes=15))
    assert client.post("/my/address", data=NEW).location == "/my/identity?next=/my/address"
    assert session.query(AddressChange).count() == 0
