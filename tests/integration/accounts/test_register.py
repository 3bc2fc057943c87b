"""Making an account, and choosing another password for it."""

from __future__ import annotations

import pytest

from app.accounts.models import Account, AccountState, SignInSession
from app.accounts.passwords import is_right
from app.platform.audit import AuditEvent
from tests.conftest import sign_in
from tests.factories.accounts import PASSWORD, make_account

GIVEN = {
    "name": "Ann Ames",
    "email": "Ann@City.example",
    "password": "bluekettle seven",
    "confirmation": "bluekettle seven",
}


def test_a_person_registers_and_is_signed_in(client, session):
    answer = client.post("/register", data=GIVEN)
    assert (answer.status_code, answer.location) == (303, "/my/applications")
    account = session.query(Account).one()
    assert (account.email, account.name, account.state) == (
        "ann@city.example",
        "Ann Ames",
        AccountState.ACTIVE,
    )
    assert is_right(account.password_hash, "bluekettle seven")
    assert "Ann Ames" in client.get("/my/account").text
    events = session.query(AuditEvent).all()
    assert [(event.action, event.subject, event.details) for event in events] == [
        ("accounts.register", account.id, {})
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter full name"),
        ({"name": "A\0B"}, "Full name contains characters that cannot be saved"),
        ({"name": "x" * 201}, "Full name must be 200 characters or fewer"),
        ({"email": ""}, "Enter email address"),
        ({"email": "ann"}, "Email address must be an email address"),
        ({"email": "ann@" + "c" * 300 + ".example"}, "Email address must be 254 characters or fewer"),
        ({"password": "elevenchars"}, "Password must be 12 characters or more"),
        ({"password": "password1234"}, "This password is easy to guess."),
        ({"password": "ann-ames-2026"}, "Password must not be made from your name or email address"),
        ({"password": "x\0" * 12}, "Password contains characters that cannot be saved"),
        ({"password": "a1b2" * 100}, "Password must be 256 characters or fewer"),
        ({"confirmation": "bluekettle eight"}, "The two passwords are not the same."),
        ({"confirmation": ""}, "Type the password a second time"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_kept(client, session, changed, sentence):
    answer = client.post("/register", data=GIVEN | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    if "name" not in changed:
        assert 'value="Ann Ames"' in answer.text
    assert "bluekettle seven" not in answer.text
    assert session.query(Account).count() == session.query(SignInSession).count() == 0


def test_an_address_is_taken_once_in_any_letter_case(client, session):
    make_account(session, email="ann@city.example")
    answer = client.post("/register", data=GIVEN)
    assert answer.status_code == 422
    assert "There is already an account with this email address." in answer.text
    assert session.query(Account).count() == 1


def test_an_address_that_grows_too_long_when_folded_is_refused(client, session):
    # 64 characters before the @ at most, so the domain brings the length: ẞ folds to two letters
    local = "ß" * 32
    domain = ".".join(["a" * 60] * 3) + ".example"
    answer = client.post("/register", data=GIVEN | {"email": f"{local}@{domain}"})
    assert answer.status_code == 422
    assert "Email address must be" in answer.text


def test_the_form_repeats_no_field_of_the_account(client, session):
    client.post("/register", data=GIVEN | {"state": "closed", "id": "acc_x", "totp_secret": "x"})
    account = session.query(Account).one()
    assert (account.state, account.totp_secret) == (AccountState.ACTIVE, None)
    assert account.id.startswith("acc_")


class TestChangingThePassword:
    GIVEN = {  # noqa: RUF012 (read only)
        "current": PASSWORD,
        "password": "bluekettle seven",
        "confirmation": "bluekettle seven",
    }

    @pytest.fixture
    def ann(self, session, client):
        account = make_account(session, email="ann@city.example", name="Ann Ames")
        sign_in(client, account)
        return account

    def test_the_new_one_opens_and_others_are_signed_out(self, app, client, session, ann, outbox, run_jobs):
        elsewhere = sign_in(app.test_client(), ann)
        answer = client.post("/my/password", data=self.GIVEN)
        assert (answer.status_code, answer.location) == (303, "/my/account")
        session.expire_all()
        assert is_right(ann.password_hash, "bluekettle seven")
        assert client.get("/my/account").status_code == 200
        assert elsewhere.get("/my/account").status_code == 303
        assert [event.action for event in session.query(AuditEvent)] == ["accounts.change_password"]
        run_jobs()
        assert [(mail["To"], mail["Subject"]) for mail in outbox] == [
            ("ann@city.example", "Your password was changed")
        ]

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"current": "wrong"}, "This is not your present password"),
            ({"current": ""}, "Enter present password"),
            ({"password": "short"}, "Password must be 12 characters or more"),
            ({"password": "Ann Ames 2026!"}, "Password must not be made from your name or email address"),
            ({"confirmation": "other"}, "The two passwords are not the same."),
        ],
    )
    def test_what_is_wrong_is_told(self, client, session, ann, changed, sentence):
        answer = client.post("/my/password", data=self.GIVEN | changed)
        assert answer.status_code == 422
        assert sentence in answer.text
        session.expire_all()
        assert is_right(ann.password_hash, PASSWORD)

    def test_a_session_left_open_may_not_guess_the_password(self, client, session, ann):
        wrong = self.GIVEN | {"current": "wrong"}
        assert [client.post("/my/password", data=wrong).status_code for _ in range(6)] == [422] * 5 + [429]
        assert client.post("/my/password", data=self.GIVEN).status_code == 429
