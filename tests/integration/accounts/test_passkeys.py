"""Passkeys: making, naming, using and removing them, and what opens nothing."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec

from app.accounts.models import AccountState, SignInSession
from app.accounts.passkeys.models import Passkey, PasskeyChallenge
from app.accounts.passkeys.services import HALTED, NOT_GOOD, TOO_LATE
from app.accounts.roles import Role
from app.accounts.sessions.rules import LIMITS, Limit
from app.platform.audit import AuditEvent
from tests.conftest import AT, sign_in
from tests.factories.accounts import PASSWORD, make_account, make_agency
from tests.factories.authenticator import PRESENT, Authenticator

QUESTION = "/sign-in/passkey/question"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann(session):
    return make_account(session, email="ann@city.example", name="Ann Ames")


def add(client, device, name="My phone", **told):
    question = json.loads(client.post("/my/passkeys/question").text)
    return client.post("/my/passkeys", data={"name": name, "credential": device.create(question, **told)})


def use(client, device, query="", **told):
    question = json.loads(client.post(QUESTION).text)
    return client.post(f"/sign-in/passkey{query}", data={"credential": device.answer(question, **told)})


def is_open(client):
    return client.get("/my/account").status_code == 200


def flashed(client):
    return client.get("/sign-in").text


@pytest.fixture
def phone(app, ann, session):
    """A device that holds a passkey of Ann's."""
    device = Authenticator()
    assert add(sign_in(app.test_client(), ann), device).status_code == 303
    return device


class TestAdding:
    def test_several_are_added_and_listed_with_their_names(
        self, client, session, ann, clock, outbox, run_jobs
    ):
        sign_in(client, ann)
        assert "You have no passkey yet." in client.get("/my/passkeys").text
        assert add(client, Authenticator(), "My phone").location == "/my/passkeys"
        clock.shift(1)
        assert add(client, Authenticator(counts=False), "Blue key").location == "/my/passkeys"
        page = client.get("/my/passkeys").text
        assert page.index("My phone") < page.index("Blue key")
        kept = session.query(Passkey).order_by(Passkey.created_at, Passkey.id).all()
        assert [(one.account_id, one.name, one.sign_count, one.used_at) for one in kept] == [
            (ann.id, "My phone", 1, None),
            (ann.id, "Blue key", 0, None),
        ]
        assert "2 passkeys" in client.get("/my/account").text
        events = session.query(AuditEvent).all()
        assert [(event.action, event.details) for event in events] == [
            ("accounts.add_passkey", {"passkey": one.id}) for one in kept
        ]
        run_jobs()
        assert [mail["Subject"] for mail in outbox] == ["A passkey was added"] * 2

    def test_the_question_names_what_is_there_and_asks_for_a_lock(self, client, ann, session):
        sign_in(client, ann)
        device = Authenticator()
        add(client, device)
        question = json.loads(client.post("/my/passkeys/question").text)
        assert question["rp"] == {"name": "Meritum", "id": "localhost"}
        assert [one["id"] for one in question["excludeCredentials"]] == [
            session.query(Passkey).one().credential_id
        ]
        assert question["authenticatorSelection"] == {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        }

    @pytest.mark.parametrize(
        "told",
        [
            {"origin": "https://evil.example"},
            {"site": "evil.example"},
            {"flags": PRESENT},
            {"type": "webauthn.get"},
        ],
    )
    def test_an_answer_that_is_not_ours_is_refused(self, client, session, ann, told):
        sign_in(client, ann)
        answer = add(client, Authenticator(), **told)
        assert answer.status_code == 422
        assert NOT_GOOD in answer.text
        assert session.query(Passkey).count() == 0

    @pytest.mark.parametrize(
        "sent", ["", "{}", "[]", "null", "[" * 5000, '{"response": {"clientDataJSON": "e30"}}']
    )
    def test_nonsense_is_refused(self, client, session, ann, sent):
        sign_in(client, ann)
        answer = client.post("/my/passkeys", data={"name": "x", "credential": sent})
        assert answer.status_code == 422
        assert session.query(Passkey).count() == 0

    def test_a_question_is_answered_once_in_time_and_by_who_was_asked(self, app, client, session, ann, clock):
        sign_in(client, ann)
        question = json.loads(client.post("/my/passkeys/question").text)
        ben = sign_in(app.test_client(), make_account(session))
        device = Authenticator()
        sent = {"name": "x", "credential": device.create(question)}
        assert TOO_LATE in ben.post("/my/passkeys", data=sent).text
        clock.shift(dt.timedelta(minutes=5))
        assert TOO_LATE in client.post("/my/passkeys", data=sent).text
        question = json.loads(client.post("/my/passkeys/question").text)
        sent = {"name": "x", "credential": device.create(question)}
        assert client.post("/my/passkeys", data=sent).status_code == 303
        assert TOO_LATE in client.post("/my/passkeys", data=sent).text

    def test_one_device_is_not_added_twice(self, app, client, session, ann, phone):
        ben = sign_in(client, make_account(session))
        answer = add(ben, phone)
        assert answer.status_code == 422
        assert "This passkey is registered already." in answer.text

    def test_it_needs_a_proof_that_is_not_old(self, client, session, ann, clock):
        sign_in(client, ann)
        clock.shift(dt.timedelta(minutes=15))
        assert client.get("/my/passkeys").location == "/my/identity?next=/my/passkeys"
        assert client.post("/my/passkeys/question").location == "/my/identity?next=/my/account"
        assert client.post("/my/identity?next=/my/passkeys", data={"password": "x"}).status_code == 422
        answer = client.post("/my/identity?next=/my/passkeys", data={"password": PASSWORD})
        assert answer.location == "/my/passkeys"
        assert client.get("/my/passkeys").status_code == 200


class TestSigningIn:
    def test_it_opens_the_account_without_a_name(self, client, session, ann, phone):
        answer = use(client, phone, "?next=/vacancies")
        assert (answer.status_code, answer.location) == (303, "/vacancies")
        assert is_open(client)
        begun = session.query(SignInSession).order_by(SignInSession.id.desc()).first()
        assert (begun.account_id, begun.is_strong, begun.is_awaiting_code) == (ann.id, True, False)
        kept = session.query(Passkey).one()
        assert (kept.sign_count, kept.used_at) == (2, AT)
        assert [(event.action, event.actor_id, event.details) for event in session.query(AuditEvent)][1:] == [
            ("accounts.use_passkey", ann.id, {"passkey": kept.id, "is_halted": False})
        ]

    def test_the_question_tells_nobody_who_has_a_passkey(self, client, phone):
        question = json.loads(client.post(QUESTION).text)
        assert question["allowCredentials"] == []
        assert (question["rpId"], question["userVerification"]) == ("localhost", "required")

    @pytest.mark.parametrize(
        "told",
        [
            {"origin": "https://evil.example"},
            {"origin": "http://localhost:8001"},
            {"site": "evil.example"},
            {"flags": PRESENT},
            {"type": "webauthn.create"},
            {"user": b"acc_somebody"},
            {"signer": ec.generate_private_key(ec.SECP256R1())},
        ],
    )
    def test_anything_wrong_opens_nothing(self, client, session, phone, told):
        assert use(client, phone, **told).location == "/sign-in"
        assert NOT_GOOD in flashed(client)
        assert not is_open(client)
        assert session.query(Passkey).one().sign_count == 1

    def test_an_unknown_passkey_opens_nothing(self, client, phone):
        assert use(client, Authenticator(user=phone.user)).location == "/sign-in"
        assert not is_open(client)

    @pytest.mark.parametrize(
        "sent", ["", "{}", "[1]", '{"id": "a", "rawId": "a", "type": "public-key"}', "[" * 20_001]
    )
    def test_nonsense_opens_nothing(self, client, phone, sent):
        assert client.post("/sign-in/passkey", data={"credential": sent}).location == "/sign-in"
        assert not is_open(client)

    def test_an_answer_opens_once(self, app, client, phone):
        question = json.loads(client.post(QUESTION).text)
        sent = {"credential": phone.answer(question)}
        assert client.post("/sign-in/passkey", data=sent).status_code == 303
        assert is_open(client)
        thief = app.test_client()
        thief.post("/sign-in/passkey", data=sent)
        assert not is_open(thief)

    def test_a_question_waits_five_minutes(self, client, phone, clock):
        question = json.loads(client.post(QUESTION).text)
        clock.shift(dt.timedelta(minutes=5))
        client.post("/sign-in/passkey", data={"credential": phone.answer(question)})
        assert TOO_LATE in flashed(client)
        assert not is_open(client)

    def test_a_counter_that_runs_backward_stops_the_passkey(
        self, app, client, session, phone, outbox, run_jobs
    ):
        copy = replace(phone)
        assert use(client, phone).status_code == 303
        thief = app.test_client()
        use(thief, copy)
        assert HALTED in flashed(thief)
        assert not is_open(thief)
        session.expire_all()
        assert session.query(Passkey).one().halted_at == AT
        owner = app.test_client()
        use(owner, phone)
        assert HALTED in flashed(owner)
        assert not is_open(owner)
        run_jobs()
        assert "A passkey was stopped" in [mail["Subject"] for mail in outbox]
        assert "Stopped" in client.get("/my/passkeys").text

    def test_a_device_that_does_not_count_is_good_again_and_again(self, app, session, ann):
        device = Authenticator(counts=False)
        add(sign_in(app.test_client(), ann), device)
        for _ in range(3):
            visitor = app.test_client()
            use(visitor, device)
            assert is_open(visitor)

    def test_a_closed_account_stays_shut(self, client, session, ann, phone):
        ann.state = AccountState.CLOSED
        session.flush()
        use(client, phone)
        assert not is_open(client)

    def test_questions_are_not_asked_without_end(self, client, session, monkeypatch):
        monkeypatch.setitem(LIMITS, "passkey", Limit(3, 3, dt.timedelta(minutes=15)))
        answers = [client.post(QUESTION) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429]
        assert session.query(PasskeyChallenge).count() == 3
        assert answers[-1].headers["Retry-After"] == "900"
        assert "Try again in 15 minutes, at 20 November 2026, 3:15 pm UTC." in answers[-1].text


class TestChanging:
    def test_it_gets_another_name(self, client, session, ann, phone):
        sign_in(client, ann)
        kept = session.query(Passkey).one()
        assert 'value="My phone"' in client.get(f"/my/passkeys/{kept.id}").text
        assert client.post(f"/my/passkeys/{kept.id}", data={"name": "Old phone"}).status_code == 303
        session.expire_all()
        assert session.query(Passkey).one().name == "Old phone"

    def test_a_removed_one_opens_nothing(self, app, client, session, ann, phone, outbox, run_jobs):
        sign_in(client, ann)
        kept = session.query(Passkey).one()
        assert client.post(f"/my/passkeys/{kept.id}/remove").location == "/my/passkeys"
        assert session.query(Passkey).count() == 0
        visitor = app.test_client()
        use(visitor, phone)
        assert not is_open(visitor)
        run_jobs()
        assert {mail["Subject"] for mail in outbox} == {"A passkey was added", "A passkey was removed"}

    def test_removing_needs_a_proof_that_is_not_old(self, client, session, ann, phone, clock):
        sign_in(client, ann)
        clock.shift(dt.timedelta(minutes=15))
        kept = session.query(Passkey).one()
        answer = client.post(f"/my/passkeys/{kept.id}/remove")
        assert answer.location == "/my/identity?next=/my/account"
        assert session.query(Passkey).count() == 1

    @pytest.mark.parametrize(
        ("sender", "back"),
        [
            ("http://localhost/my/passkeys?at=2", "/my/passkeys?at%3D2"),
            ("http://localhost/my/passkeys", "/my/passkeys"),
            ("https://evil.example/my/passkeys", "/my/account"),
            ("http://localhost//evil.example", "/my/account"),
            ("nonsense", "/my/account"),
        ],
    )
    def test_who_pressed_a_button_comes_back_to_its_page(
        self, client, session, ann, phone, clock, sender, back
    ):
        sign_in(client, ann)
        clock.shift(dt.timedelta(minutes=15))
        kept = session.query(Passkey).one()
        answer = client.post(f"/my/passkeys/{kept.id}/remove", headers={"Referer": sender})
        assert answer.location == f"/my/identity?next={back}"

    def test_anothers_is_not_found(self, client, session, ann, phone):
        sign_in(client, make_account(session))
        kept = session.query(Passkey).one()
        answers = [
            client.get(f"/my/passkeys/{kept.id}"),
            client.post(f"/my/passkeys/{kept.id}", data={"name": "Mine"}),
            client.post(f"/my/passkeys/{kept.id}/remove"),
        ]
        assert [answer.status_code for answer in answers] == [404] * 3

    def test_a_passkey_is_proof_enough(self, client, session, ann, phone, clock):
        sign_in(client, ann)
        clock.shift(dt.timedelta(minutes=15))
        question = json.loads(client.post("/my/identity/passkey/question").text)
        answer = client.post(
            "/my/identity/passkey?next=/my/passkeys", data={"credential": phone.answer(question)}
        )
        assert answer.location == "/my/passkeys"
        assert client.get("/my/passkeys").status_code == 200

    def test_anothers_passkey_proves_nothing(self, client, session, ann, phone, clock):
        sign_in(client, make_account(session))
        clock.shift(dt.timedelta(minutes=15))
        question = json.loads(client.post("/my/identity/passkey/question").text)
        client.post("/my/identity/passkey", data={"credential": phone.answer(question)})
        assert client.get("/my/passkeys").status_code == 303


class TestStaff:
    @pytest.fixture(autouse=True)
    def required(self, app, monkeypatch):
        config = replace(app.extensions["meritum"], requires_second_factor=True)
        monkeypatch.setitem(app.extensions, "meritum", config)

    @pytest.fixture
    def ben(self, session):
        agency = make_agency(session)
        return make_account(session, email="ben@city.example", roles=[(Role.HR_OFFICER, agency.id)])

    def test_a_passkey_is_the_second_factor(self, app, client, ben):
        sign_in(client, ben)
        assert client.get("/staff/").location == "/my/second-factor"
        device = Authenticator()
        assert client.get("/my/passkeys").status_code == 200
        add(client, device)
        assert client.get("/staff/").status_code == 200
        elsewhere = app.test_client()
        use(elsewhere, device)
        assert elsewhere.get("/staff/").status_code == 200

    def test_then_the_password_alone_opens_nothing(self, app, client, ben):
        device = Authenticator()
        add(sign_in(client, ben), device)
        thief = app.test_client()
        answer = thief.post("/sign-in", data={"email": "ben@city.example", "password": PASSWORD})
        assert answer.location == "/sign-in/code"
        assert "Use your passkey for the second one." in thief.get("/sign-in/code").text
        assert not is_open(thief)
        use(thief, device)
        assert is_open(thief)

    def test_an_applicants_password_goes_on_working(self, app, client, session, ann, phone):
        client.post("/sign-in", data={"email": "ann@city.example", "password": PASSWORD})
        assert is_open(client)
