"""Two-step sign-in: setting it up, being asked, and losing the phone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pyotp
import pytest
import time_machine

from app.accounts.models import SignInSession
from app.accounts.roles import Role
from app.platform.audit import AuditEvent
from app.platform.sealing import unseal
from tests.conftest import AT, sign_in
from tests.factories.accounts import LONG_AGO, PASSWORD, make_account, make_agency

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WRONG = "This code is not right, or was used before."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def ann(session, agency):
    """An officer with two-step sign-in."""
    return make_account(
        session,
        email="ann@city.example",
        name="Ann Ames",
        roles=[(Role.HR_OFFICER, agency.id)],
        totp_secret=SECRET,
        totp_confirmed_at=LONG_AGO,
    )


@pytest.fixture
def required(app, monkeypatch):
    """Staff must have a second factor, as outside demonstrations."""
    config = replace(app.extensions["meritum"], requires_second_factor=True)
    monkeypatch.setitem(app.extensions, "meritum", config)


def code_at(clock_at=AT, secret=SECRET):
    return pyotp.TOTP(secret).at(clock_at)


def give_password(client, query=""):
    return client.post(f"/sign-in{query}", data={"email": "ann@city.example", "password": PASSWORD})


def is_open(client):
    return client.get("/my/account").status_code == 200


class TestSigningIn:
    def test_the_password_alone_opens_nothing(self, client, session, ann):
        answer = give_password(client)
        assert (answer.status_code, answer.location) == (303, "/sign-in/code")
        assert client.get("/sign-in/code").status_code == 200
        assert not is_open(client)
        with client.session_transaction() as cookie:
            cookie["token"] = cookie["waiting"]
        assert not is_open(client)

    def test_the_code_opens_the_account(self, client, session, ann):
        give_password(client)
        answer = client.post("/sign-in/code", data={"code": code_at()})
        assert (answer.status_code, answer.location) == (303, "/staff/")
        assert is_open(client)
        waiting, signed_in = session.query(SignInSession).order_by(SignInSession.is_awaiting_code.desc())
        assert waiting.ended_at == AT
        assert signed_in.ended_at is None
        assert waiting.token_digest != signed_in.token_digest
        assert [event.action for event in session.query(AuditEvent)] == ["accounts.enter_code"]

    def test_a_person_goes_on_where_they_wanted_to(self, client, ann):
        answer = give_password(client, "?next=/staff/letters")
        assert answer.location == "/sign-in/code?next=/staff/letters"
        assert client.post(answer.location, data={"code": code_at()}).location == "/staff/letters"

    def test_no_link_leads_away_after_the_code(self, client, ann):
        assert give_password(client, "?next=//evil.example").location == "/sign-in/code"
        answer = client.post("/sign-in/code?next=https://evil.example/", data={"code": code_at()})
        assert answer.location == "/staff/"

    def test_a_code_works_once(self, app, client, ann):
        give_password(client)
        assert client.post("/sign-in/code", data={"code": code_at()}).status_code == 303
        thief = app.test_client()
        give_password(thief)
        answer = thief.post("/sign-in/code", data={"code": code_at()})
        assert answer.status_code == 422
        assert WRONG in answer.text
        assert not is_open(thief)

    def test_an_older_code_than_the_one_used_is_dead(self, client, ann):
        give_password(client)
        client.post("/sign-in/code", data={"code": code_at()})
        client.post("/sign-out")
        give_password(client)
        old = code_at(AT - dt.timedelta(seconds=30))
        assert client.post("/sign-in/code", data={"code": old}).status_code == 422

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [
            ("000000", WRONG),
            ("", "Enter the code from your authenticator app"),
            ("1" * 21, "Code must be 20 characters or fewer"),
            ("12\0", "Code contains characters that cannot be saved"),
            ("１２３４５６", WRONG),
        ],
    )
    def test_any_other_code_is_refused(self, client, ann, code, sentence):
        give_password(client)
        answer = client.post("/sign-in/code", data={"code": code})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert not is_open(client)

    def test_five_guesses_are_borne_even_with_new_passwords_between(self, client, ann):
        for _ in range(5):
            give_password(client)
            assert client.post("/sign-in/code", data={"code": "000000"}).status_code == 422
        give_password(client)
        answer = client.post("/sign-in/code", data={"code": code_at()})
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")

    def test_the_second_step_does_not_wait_for_ever(self, client, ann, clock):
        give_password(client)
        clock.shift(dt.timedelta(minutes=10, seconds=1))
        answer = client.post("/sign-in/code", data={"code": code_at(AT + dt.timedelta(minutes=10))})
        assert (answer.status_code, answer.location) == (303, "/sign-in")

    def test_without_a_password_no_code_is_asked_for(self, client, ann):
        assert client.get("/sign-in/code").location == "/sign-in"
        assert client.post("/sign-in/code", data={"code": code_at()}).location == "/sign-in"

    def test_an_ended_waiting_session_is_dead(self, app, client, ann):
        give_password(client)
        copy = app.test_client()
        copy.set_cookie("meritum", client.get_cookie("meritum").value)
        client.post("/sign-in/code", data={"code": code_at()})
        assert copy.get("/sign-in/code").location == "/sign-in"

    def test_the_account_lists_no_session_that_waits(self, app, client, ann):
        give_password(app.test_client())
        sign_in(client, ann)
        assert "End this session" not in client.get("/my/account").text


class TestSettingUp:
    @pytest.fixture
    def ben(self, session, agency, client):
        account = make_account(session, email="ben@city.example", roles=[(Role.HR_OFFICER, agency.id)])
        sign_in(client, account)
        return account

    def begin(self, client, session, account):
        assert client.post("/my/second-factor", data={"begin": "y"}).location == "/my/second-factor"
        session.expire_all()
        assert account.totp_secret.startswith("sealed:")
        return unseal(account.totp_secret)

    def test_an_officer_must_set_it_up_before_anything_else(self, client, ben, required):
        for path in ("/staff/", "/my/account", "/my/password", "/staff/letters"):
            assert client.get(path).location == "/my/second-factor", path
        assert client.get("/my/second-factor").status_code == 200
        assert client.post("/my/sessions/end-others").location == "/my/second-factor"

    def test_such_a_person_can_sign_out(self, client, ben, required):
        assert client.post("/sign-out").location == "/sign-in"

    def test_an_applicant_need_not(self, client, session, required):
        sign_in(client, make_account(session))
        assert is_open(client)

    def test_nobody_must_in_a_demonstration(self, app, client, ben, monkeypatch, required):
        config = replace(app.extensions["meritum"], is_demonstration=True)
        monkeypatch.setitem(app.extensions, "meritum", config)
        assert is_open(client)

    def test_a_first_right_code_turns_it_on(self, app, client, session, ben, required):
        elsewhere = sign_in(app.test_client(), ben)
        secret = self.begin(client, session, ben)
        page = client.get("/my/second-factor").text
        assert " ".join(re.findall("....", secret)) in page
        assert "<svg" in page
        answer = client.post("/my/second-factor", data={"code": code_at(secret=secret)})
        assert (answer.status_code, answer.location) == (303, "/my/recovery-codes")
        assert is_open(client)
        assert elsewhere.get("/my/account").location.startswith("/sign-in")
        assert [(event.action, event.details) for event in session.query(AuditEvent)] == [
            ("accounts.second_factor", {"step": "begun"}),
            ("accounts.second_factor", {"step": "confirmed"}),
        ]
        assert not [event for event in session.query(AuditEvent) if secret in str(event.details)]

    def test_until_then_it_is_off(self, client, session, ben, required):
        self.begin(client, session, ben)
        assert client.get("/staff/").location == "/my/second-factor"
        answer = client.post("/my/second-factor", data={"code": "000000"})
        assert answer.status_code == 422
        assert WRONG in answer.text
        assert "<svg" in answer.text
        assert client.get("/staff/").location == "/my/second-factor"

    def test_a_secret_can_be_made_again_until_it_is_on(self, client, session, ben):
        assert self.begin(client, session, ben) != self.begin(client, session, ben)

    def test_the_secret_is_not_shown_once_it_is_on(self, client, session, ann):
        sign_in(client, ann)
        page = client.get("/my/second-factor").text
        assert SECRET[:4] not in page
        assert "Two-step sign-in is on" in page

    def test_it_is_not_begun_anew_while_it_is_on(self, client, session, ann):
        sign_in(client, ann)
        assert client.post("/my/second-factor", data={"begin": "y"}).status_code == 409
        session.expire_all()
        assert ann.totp_secret == SECRET

    def test_a_code_without_a_secret_is_refused(self, client, session, ben):
        answer = client.post("/my/second-factor", data={"code": "000000"})
        assert answer.status_code == 422
        assert "there is no QR code yet" in answer.text

    def test_the_setup_code_cannot_be_used_again_to_sign_in(self, client, session, ben):
        secret = self.begin(client, session, ben)
        client.post("/my/second-factor", data={"code": code_at(secret=secret)})
        client.post("/sign-out")
        client.post("/sign-in", data={"email": "ben@city.example", "password": PASSWORD})
        assert client.post("/sign-in/code", data={"code": code_at(secret=secret)}).status_code == 422


class TestTurningItOff:
    def test_a_right_code_turns_it_off(self, client, session, ann, outbox, run_jobs):
        sign_in(client, ann)
        answer = client.post("/my/second-factor/remove", data={"code": code_at()})
        assert answer.location == "/my/account"
        session.expire_all()
        assert (ann.totp_secret, ann.totp_confirmed_at, ann.totp_last_step) == (None, None, None)
        run_jobs()
        assert [mail["Subject"] for mail in outbox] == ["Two-step sign-in was turned off"]

    def test_a_wrong_one_does_not(self, client, session, ann):
        sign_in(client, ann)
        statuses = [
            client.post("/my/second-factor/remove", data={"code": "000000"}).status_code for _ in range(6)
        ]
        assert statuses == [422] * 5 + [429]
        session.expire_all()
        assert ann.totp_secret == SECRET

    def test_it_cannot_be_turned_off_twice(self, client, session):
        sign_in(client, make_account(session))
        answer = client.post("/my/second-factor/remove", data={"code": "000000"})
        assert answer.status_code == 422
        assert "Two-step sign-in is already off." in answer.text


class TestLosingThePhone:
    REASON = {"reason": "Came to the counter with an identity card."}  # noqa: RUF012 (read only)

    @pytest.fixture
    def boss(self, session, agency):
        return make_account(session, name="Bea Boss", roles=[(Role.AGENCY_ADMINISTRATOR, agency.id)])

    def reset(self, client, account, **values):
        path = f"/staff/accounts/{account.id}/second-factor/reset"
        return client.post(path, data=self.REASON | values)

    def test_an_administrator_resets_it_with_a_reason(
        self, app, client, session, agency, ann, boss, outbox, run_jobs
    ):
        lost = sign_in(app.test_client(), ann)
        sign_in(client, boss)
        assert client.get(f"/staff/accounts/{ann.id}/second-factor/reset").status_code == 200
        assert self.reset(client, ann).location == f"/staff/accounts/{ann.id}"
        session.expire_all()
        assert (ann.totp_secret, ann.totp_confirmed_at) == (None, None)
        assert lost.get("/my/account").status_code == 303
        events = session.query(AuditEvent).all()
        assert [(event.action, event.actor_id, event.subject, event.details) for event in events] == [
            ("accounts.reset_second_factor", boss.id, ann.id, self.REASON)
        ]
        run_jobs()
        assert [(mail["To"], mail["Subject"]) for mail in outbox] == [
            ("ann@city.example", "Your two-step sign-in was reset")
        ]

    def test_without_a_reason_nothing_happens(self, client, session, ann, boss):
        sign_in(client, boss)
        answer = self.reset(client, ann, reason="  ")
        assert answer.status_code == 422
        assert "Enter the reason for the reset" in answer.text
        session.expire_all()
        assert ann.totp_secret == SECRET

    def test_nobody_resets_their_own(self, client, session, boss):
        boss.totp_secret, boss.totp_confirmed_at = SECRET, LONG_AGO
        session.flush()
        sign_in(client, boss)
        assert self.reset(client, boss).status_code == 403

    def test_another_agencys_administrator_finds_nobody(self, client, session, ann):
        there = make_agency(session)
        sign_in(client, make_account(session, roles=[(Role.AGENCY_ADMINISTRATOR, there.id)]))
        assert self.reset(client, ann).status_code == 404

    def test_who_also_has_a_role_elsewhere_is_not_an_agencys_to_reset(self, client, session, agency, boss):
        chief = make_account(
            session,
            roles=[(Role.HR_OFFICER, agency.id), (Role.SYSTEM_ADMINISTRATOR, None)],
            totp_secret=SECRET,
            totp_confirmed_at=LONG_AGO,
        )
        sign_in(client, boss)
        answer = self.reset(client, chief)
        assert answer.status_code == 403
        assert "Ask a system administrator." in answer.text

    def test_there_is_nothing_to_reset_without_a_phone(self, client, session, agency, boss):
        ben = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
        sign_in(client, boss)
        answer = self.reset(client, ben)
        assert answer.status_code == 422
        assert "This person has no second factor." in answer.text

    def test_an_auditor_may_not(self, client, session, agency, ann):
        sign_in(client, make_account(session, roles=[(Role.AUDITOR, None)]))
        assert self.reset(client, ann).status_code == 403
