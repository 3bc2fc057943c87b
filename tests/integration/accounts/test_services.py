"""Signing in through another service: who is let in, who is not, and linking."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import pyotp
import pytest
import time_machine
from joserfc.jwk import OctKey, RSAKey

from app.accounts.identities.client import NOT_PROVED, UNREACHABLE
from app.accounts.identities.models import Identity
from app.accounts.identities.routes import STOPPED
from app.accounts.identities.services import CLOSED, LAST_DOOR, SIGN_IN_FIRST, UNCONFIRMED
from app.accounts.models import Account, AccountState, SignInSession
from app.accounts.roles import Role
from app.platform.audit import AuditEvent
from app.platform.sign_in_services import SignInService as Declared
from tests.conftest import AT, sign_in
from tests.factories.accounts import LONG_AGO, make_account, make_agency
from tests.factories.sign_in_service import CLIENT, SECRET, SignInService, serving, signed_with

START = "/sign-in/services/city"
BACK = "/sign-in/services/city/back"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def running():
    with serving(SignInService()) as service:
        yield service


@pytest.fixture
def city(app, running, monkeypatch):
    """A service called City ID, which tells the truth until a test says otherwise."""
    running.claims, running.forge, running.says_issuer = {}, None, ""
    running.now = int(AT.timestamp())
    declare(app, monkeypatch, running)
    return running


def declare(app, monkeypatch, service, **more):
    declared = Declared(
        **{
            "name": "city",
            "title": "City ID",
            "issuer": service.issuer,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "strong_amr": ("mfa",),
            "strong_acr": ("gold",),
        }
        | more
    )
    config = replace(app.extensions["meritum"], sign_in_services=(declared,))
    monkeypatch.setitem(app.extensions, "meritum", config)


def go(client, city, start=START):
    left = client.get(start)
    assert left.status_code == 303, left.location
    return client.get(f"{BACK}?{city.let_in(left.location)}")


def is_open(client):
    return client.get("/my/account").status_code == 200


def linked(session, account, issuer):
    identity = Identity(
        id="idn_01m81jzka6ebx8b64jx6k88n2d",
        account_id=account.id,
        issuer=issuer,
        subject="person-1",
        email="ann@city.example",
        linked_at=LONG_AGO,
    )
    session.add(identity)
    session.flush()
    return identity


class TestNewcomers:
    def test_a_verified_address_makes_an_account(self, client, session, city):
        assert "Continue with City ID" in client.get("/sign-in").text
        answer = go(client, city, f"{START}?next=/vacancies")
        assert (answer.status_code, answer.location) == (303, "/vacancies")
        assert is_open(client)
        account, identity = session.query(Account).one(), session.query(Identity).one()
        assert (account.email, account.name, account.password_hash) == ("ann@city.example", "Ann Ames", "")
        assert (identity.account_id, identity.issuer, identity.subject, identity.used_at) == (
            account.id,
            city.issuer,
            "person-1",
            AT,
        )
        assert [event.action for event in session.query(AuditEvent)] == [
            "accounts.register",
            "accounts.link_service",
        ]

    def test_the_way_there_is_proved_by_pkce_and_asks_for_no_more_than_needed(self, client, city):
        city.let_in(client.get(START).location)
        assert city.asked | {"state": "", "nonce": "", "code_challenge": ""} == {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": f"http://localhost:8000{BACK}",
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "state": "",
            "nonce": "",
            "code_challenge": "",
        }

    def test_nobody_knows_the_password_of_such_an_account(self, app, client, session, city):
        go(client, city)
        visitor = app.test_client()
        for password in ("x", "no account has this password"):
            sent = {"email": "ann@city.example", "password": password}
            assert visitor.post("/sign-in", data=sent).status_code == 422

    @pytest.mark.parametrize(
        "claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": None}]
    )
    def test_an_address_that_was_not_verified_makes_nothing(self, client, session, city, claims):
        city.claims = claims
        assert go(client, city).location == "/sign-in"
        assert UNCONFIRMED in client.get("/sign-in").text
        assert session.query(Account).count() == 0


class TestReturning:
    def test_a_linked_account_is_opened_whatever_the_address(self, client, session, city):
        ann = make_account(session, email="ann@home.example")
        linked(session, ann, city.issuer)
        city.claims = {"email_verified": False}
        assert go(client, city).status_code == 303
        assert is_open(client)
        assert session.query(Account).count() == 1
        begun = session.query(SignInSession).one()
        assert (begun.account_id, begun.is_strong) == (ann.id, False)

    def test_the_same_address_alone_opens_nothing(self, client, session, city):
        make_account(session, email="ann@city.example")
        assert go(client, city).location == "/sign-in"
        assert SIGN_IN_FIRST in client.get("/sign-in").text
        assert session.query(Identity).count() == 0
        assert not is_open(client)

    def test_where_the_operator_says_so_it_links(
        self, app, client, session, city, monkeypatch, outbox, run_jobs
    ):
        declare(app, monkeypatch, city, links_by_email=True)
        ann = make_account(session, email="ann@city.example")
        go(client, city)
        assert is_open(client)
        assert session.query(Identity).one().account_id == ann.id
        run_jobs()
        assert [mail["Subject"] for mail in outbox] == ["A service was linked"]

    def test_but_never_staff(self, app, client, session, city, monkeypatch):
        declare(app, monkeypatch, city, links_by_email=True)
        make_account(session, email="ann@city.example", roles=[(Role.HR_OFFICER, make_agency(session).id)])
        go(client, city)
        assert SIGN_IN_FIRST in client.get("/sign-in").text
        assert not is_open(client)

    def test_a_closed_account_stays_shut(self, client, session, city):
        ann = make_account(session, state=AccountState.CLOSED)
        linked(session, ann, city.issuer)
        go(client, city)
        assert CLOSED in client.get("/sign-in").text

    @pytest.mark.parametrize(
        ("claims", "is_strong"),
        [({}, False), ({"amr": ["pwd"]}, False), ({"amr": ["pwd", "mfa"]}, True), ({"acr": "gold"}, True)],
    )
    def test_two_factors_there_count_as_two_here_where_declared(
        self, client, session, city, claims, is_strong
    ):
        secret = pyotp.random_base32()
        ann = make_account(session, totp_secret=secret, totp_confirmed_at=LONG_AGO)
        linked(session, ann, city.issuer)
        city.claims = claims
        answer = go(client, city)
        assert is_open(client) is is_strong
        assert answer.location == ("/my/applications" if is_strong else "/sign-in/code")


class TestLies:
    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": "https://evil.example"},
            {"iss": None},
            {"aud": "another-client"},
            {"aud": ["another-client"]},
            {"aud": None},
            {"nonce": "another"},
            {"nonce": None},
            {"exp": int(AT.timestamp()) - 121},
            {"exp": None},
            {"iat": int(AT.timestamp()) + 600},
            {"sub": None},
            {"sub": ""},
            {"sub": "x" * 256},
            {"azp": "another-client"},
            {"at_hash": "AAAA"},
            {"amr": "mfa"},
        ],
        ids=str,
    )
    def test_a_token_that_says_wrong_things_is_refused(self, client, session, city, claims):
        city.claims = claims
        assert go(client, city).location == "/sign-in"
        assert NOT_PROVED in client.get("/sign-in").text
        assert session.query(Account).count() == 0

    def test_a_token_that_nobody_signed_is_refused(self, client, session, city):
        def bare(claims):
            parts = [{"alg": "none"}, claims]
            return (
                ".".join(
                    base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts
                )
                + "."
            )

        city.forge = bare
        go(client, city)
        assert NOT_PROVED in client.get("/sign-in").text
        assert session.query(Account).count() == 0

    def test_a_token_signed_by_another_is_refused(self, client, session, city):
        for forge in (
            signed_with(RSAKey.generate_key(2048), "RS256"),
            signed_with(OctKey.import_key(SECRET), "HS256"),
        ):
            city.forge = forge
            go(client, city)
            assert NOT_PROVED in client.get("/sign-in").text
        assert session.query(Account).count() == 0

    def test_no_token_at_all_is_refused(self, client, session, city):
        city.forge = lambda _claims: "x.y"
        go(client, city)
        assert NOT_PROVED in client.get("/sign-in").text

    def test_the_state_must_be_ours(self, client, session, city):
        city.let_in(client.get(START).location)
        assert client.get(f"{BACK}?code=good&state=another").location == "/sign-in"
        assert NOT_PROVED in client.get("/sign-in").text

    def test_who_did_not_leave_cannot_come_back(self, app, client, session, city):
        query = city.let_in(client.get(START).location)
        assert app.test_client().get(f"{BACK}?{query}").location == "/sign-in"
        assert client.get(f"{BACK}?{query}").location == "/my/applications"
        assert client.get(f"{BACK}?{query}").location == "/sign-in"

    def test_a_wrong_code_is_refused(self, client, session, city):
        query = city.let_in(client.get(START).location).replace("good", "bad")
        client.get(f"{BACK}?{query}")
        assert NOT_PROVED in client.get("/sign-in").text

    def test_who_turned_back_is_told_so(self, client, session, city):
        client.get(START)
        assert client.get(f"{BACK}?error=access_denied&state=x").location == "/sign-in"
        assert "You did not go on at the other service." in client.get("/sign-in").text

    def test_a_service_that_calls_itself_otherwise_is_refused(self, client, city):
        city.says_issuer = "https://evil.example"
        assert client.get(START).location == "/sign-in"
        assert NOT_PROVED in client.get("/sign-in").text

    def test_a_service_that_is_down_is_told(self, app, client, city, monkeypatch):
        declare(app, monkeypatch, city, issuer="http://127.0.0.1:9")
        assert client.get(START).location == "/sign-in"
        assert UNREACHABLE in client.get("/sign-in").text

    def test_an_unknown_service_is_not_found(self, client, city):
        assert client.get("/sign-in/services/other").status_code == 404
        assert client.get("/sign-in/services/other/back").status_code == 404


class TestLinking:
    def test_a_signed_in_person_links_and_unlinks(self, client, session, city, outbox, run_jobs):
        ann = make_account(session, email="ann@home.example")
        sign_in(client, ann)
        assert "No service is linked yet." in client.get("/my/services").text
        shown = go(client, city, "/my/services/city/link").location
        asked = client.get(shown).text
        assert "ann@city.example" in asked
        assert f'action="{shown}"' in asked
        assert client.post(shown).location == "/my/services"
        page = client.get("/my/services").text
        assert "City ID" in page
        assert "ann@city.example" in page
        identity = session.query(Identity).one()
        assert identity.account_id == ann.id
        assert client.post(f"/my/services/{identity.id}/unlink").location == "/my/services"
        assert session.query(Identity).count() == 0
        assert [event.action for event in session.query(AuditEvent)] == [
            "accounts.link_service",
            "accounts.unlink_service",
        ]
        run_jobs()
        assert {mail["Subject"] for mail in outbox} == {"A service was linked", "A service was unlinked"}

    def test_anothers_account_there_is_not_taken(self, client, session, city):
        linked(session, make_account(session), city.issuer)
        sign_in(client, make_account(session))
        client.post(go(client, city, "/my/services/city/link").location)
        assert "That account is linked to another account here already." in client.get("/my/services").text

    def test_coming_back_alone_links_nothing(self, client, session, city, clock):
        sign_in(client, make_account(session))
        shown = go(client, city, "/my/services/city/link").location
        assert client.get(shown).status_code == 200
        assert session.query(Identity).count() == 0
        clock.shift(60 * 10)
        assert client.get(shown).location == client.post(shown).location == "/my/services"
        assert STOPPED in client.get("/my/services").text
        assert session.query(Identity).count() == 0

    def test_only_the_account_that_was_shown_is_linked_and_once(self, client, session, city):
        sign_in(client, make_account(session))
        first = go(client, city, "/my/services/city/link").location
        second = go(client, city, "/my/services/city/link").location
        client.post(first)
        assert session.query(Identity).count() == 0
        client.post(second)
        assert session.query(Identity).count() == 1
        client.post(f"/my/services/{session.query(Identity).one().id}/unlink")
        client.post(second)
        assert session.query(Identity).count() == 0

    def test_what_waits_is_another_persons_after_signing_in_anew(self, client, session, city):
        sign_in(client, make_account(session))
        shown = go(client, city, "/my/services/city/link").location
        sign_in(client, make_account(session))
        client.post(shown)
        assert session.query(Identity).count() == 0

    def test_who_signed_out_meanwhile_links_nothing(self, app, client, session, city):
        sign_in(client, make_account(session))
        query = city.let_in(client.get("/my/services/city/link").location)
        sign_in(client, make_account(session))
        assert client.get(f"{BACK}?{query}").status_code == 403
        assert session.query(Identity).count() == 0

    def test_the_last_door_stays(self, client, session, city):
        ann = make_account(session, password_hash="")
        identity = linked(session, ann, city.issuer)
        sign_in(client, ann)
        client.post(f"/my/services/{identity.id}/unlink")
        assert LAST_DOOR in client.get("/my/services").text
        assert session.query(Identity).count() == 1

    def test_anothers_link_is_not_found(self, client, session, city):
        identity = linked(session, make_account(session), city.issuer)
        sign_in(client, make_account(session))
        assert client.post(f"/my/services/{identity.id}/unlink").status_code == 404

    def test_it_needs_a_proof_that_is_not_old(self, client, session, city, clock):
        sign_in(client, make_account(session))
        clock.shift(60 * 15)
        assert client.get("/my/services/city/link").location.startswith("/my/identity")
