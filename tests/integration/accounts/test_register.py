"""Making an account, and choosing another password for it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from app.accounts.models import Account, AccountState, SignInSession
from app.accounts.passwords import is_right
from app.accounts.registrations.models import Registration
from app.accounts.registrations.services import forget
from app.platform import clock as the_clock
from app.platform import db
from app.platform.audit import AuditEvent
from tests.conftest import AT, count_queries, sign_in
from tests.factories.accounts import PASSWORD, make_account

GIVEN = {
    "name": "Ann Ames",
    "email": "Ann@City.example",
    "password": "bluekettle seven",
    "confirmation": "bluekettle seven",
}


LOOK = "Look into your mail"


def mailed(outbox, run_jobs):
    """Give the code and the link of the last mail."""
    run_jobs()
    text = outbox[-1].get_content()
    code = re.search(r"^(\d{4} \d{4})$", text, re.MULTILINE)
    link = re.search(r"http://localhost:8000(/register/link\?token=\S+)", text)
    return (code[1] if code else ""), (link[1] if link else "")


def test_a_person_registers_and_confirms_with_the_code(client, session, outbox, run_jobs):
    answer = client.post("/register", data=GIVEN)
    assert (answer.status_code, answer.location) == (303, "/register/confirm")
    page = client.get("/register/confirm").text
    assert LOOK in page
    assert "ann@city.example" in page
    assert session.query(Account).count() == 0
    code, _ = mailed(outbox, run_jobs)
    answer = client.post("/register/confirm", data={"code": code})
    assert (answer.status_code, answer.location) == (303, "/my/applications")
    account = session.query(Account).one()
    assert (account.email, account.name, account.state, account.language) == (
        "ann@city.example",
        "Ann Ames",
        AccountState.ACTIVE,
        "en",
    )
    assert is_right(account.password_hash, "bluekettle seven")
    page = client.get("/my/account").text
    assert "Ann Ames" in page
    assert "your account is made, and you are signed in" in page
    events = session.query(AuditEvent).all()
    assert [(event.action, event.subject, event.details) for event in events] == [
        ("accounts.register", account.id, {})
    ]


def test_the_link_opened_in_the_same_browser_asks_for_a_press_only(client, session, outbox, run_jobs):
    client.post("/register?next=/vacancies", data=GIVEN)
    _, link = mailed(outbox, run_jobs)
    page = client.get(link).text
    assert 'type="password"' not in page
    assert session.query(Account).count() == 0
    answer = client.post(link)
    assert (answer.status_code, answer.location) == (303, "/vacancies")
    assert client.get("/my/account").status_code == 200


def test_the_link_opened_elsewhere_asks_for_the_password(app, client, session, outbox, run_jobs):
    client.post("/register", data=GIVEN)
    _, link = mailed(outbox, run_jobs)
    phone = app.test_client()
    assert 'type="password"' in phone.get(link).text
    answer = phone.post(link, data={"password": "another password"})
    assert answer.status_code == 422
    assert "This is not the password that you chose when you registered" in answer.text
    assert session.query(Account).count() == 0
    assert phone.post(link, data={"password": "bluekettle seven"}).location == "/my/applications"
    assert phone.get("/my/account").status_code == 200
    assert client.get("/my/account").status_code == 303
    assert client.get("/register/confirm").location == "/register"


def test_a_link_and_a_code_work_once(app, client, session, outbox, run_jobs):
    client.post("/register", data=GIVEN)
    code, link = mailed(outbox, run_jobs)
    copy = app.test_client()
    copy.set_cookie("meritum", client.get_cookie("meritum").value)
    client.post("/register/confirm", data={"code": code})
    assert copy.post("/register/confirm", data={"code": code}).location == "/register"
    assert app.test_client().get(link).location == "/register"
    assert session.query(Account).count() == 1


@pytest.mark.parametrize("code", ["00000000", "", "x" * 21, "12\0"])
def test_a_wrong_code_is_refused(client, session, outbox, run_jobs, code):
    client.post("/register", data=GIVEN)
    run_jobs()
    assert client.post("/register/confirm", data={"code": code}).status_code == 422
    assert session.query(Account).count() == 0


def test_a_code_is_not_guessed(client, session, outbox, run_jobs):
    client.post("/register", data=GIVEN)
    code, _ = mailed(outbox, run_jobs)
    tries = [client.post("/register/confirm", data={"code": "00000000"}).status_code for _ in range(6)]
    assert tries == [422] * 5 + [429]
    assert client.post("/register/confirm", data={"code": code}).status_code == 429
    assert session.query(Account).count() == 0


def test_it_holds_for_a_day(client, session, outbox, run_jobs):
    with time_machine.travel(AT, tick=False) as clock:
        client.post("/register", data=GIVEN)
        code, link = mailed(outbox, run_jobs)
        clock.shift(dt.timedelta(hours=24))
        assert client.post("/register/confirm", data={"code": code}).location == "/register"
        assert client.post(link).location == "/register"
    assert session.query(Account).count() == 0


def test_another_mail_ends_the_code_before(client, session, outbox, run_jobs):
    client.post("/register", data=GIVEN)
    first, old_link = mailed(outbox, run_jobs)
    assert client.post("/register/mail-again").location == "/register/confirm"
    second, _ = mailed(outbox, run_jobs)
    assert len(outbox) == 2
    assert client.get(old_link).location == "/register"
    assert client.post("/register/confirm", data={"code": first}).status_code == 422
    assert client.post("/register/confirm", data={"code": second.replace(" ", "-")}).status_code == 303


def test_mail_is_not_asked_for_without_end(client, session):
    client.post("/register", data=GIVEN)
    asked = [client.post("/register/mail-again") for _ in range(4)]
    assert [answer.status_code for answer in asked] == [303, 303, 303, 429]
    assert "There were too many tries. Try again in" in asked[-1].text
    assert 0 < int(asked[-1].headers["Retry-After"]) <= 900


def test_one_address_is_not_registered_without_end(client, session):
    asked = [client.post("/register", data=GIVEN).status_code for _ in range(6)]
    assert asked == [303] * 5 + [429]
    assert session.query(Registration).count() == 5


def test_nobody_learns_whether_an_address_has_an_account(app, client, session, database, outbox, run_jobs):
    owner = make_account(session, email="ann@city.example", name="Ann Ames")
    other, seen = app.test_client(), []
    for browser, email in ((client, "ann@city.example"), (other, "ben@city.example")):
        with count_queries(database) as statements:
            answer = browser.post("/register", data=GIVEN | {"email": email})
        page = browser.get("/register/confirm").text.replace(email, "")
        page = re.sub(r'(csrf_token" value|nonce)="[^"]*"', "", page)
        seen.append((answer.status_code, answer.location, page, statements))
    assert seen[0] == seen[1]
    run_jobs()
    assert {mail["To"]: mail["Subject"] for mail in outbox} == {
        "ann@city.example": "You have an account already",
        "ben@city.example": "Confirm your email address",
    }
    told = next(mail for mail in outbox if mail["To"] == "ann@city.example").get_content()
    assert "/sign-in" in told
    assert "token=" not in told
    wrong = [browser.post("/register/confirm", data={"code": "00000000"}).text for browser in (client, other)]
    assert ["This is not the code that we mailed last" in text for text in wrong] == [True, True]
    session.expire_all()
    assert session.query(Account).one().password_hash == owner.password_hash


def test_who_confirms_second_finds_the_address_taken(app, client, session, outbox, run_jobs):
    client.post("/register", data=GIVEN)
    code, _ = mailed(outbox, run_jobs)
    make_account(session, email="ann@city.example")
    answer = client.post("/register/confirm", data={"code": code})
    assert answer.status_code == 422
    assert session.query(Account).count() == 1


def test_what_is_over_is_forgotten(client, session, run_jobs):
    with time_machine.travel(AT, tick=False) as clock:
        client.post("/register", data=GIVEN)
        clock.shift(dt.timedelta(days=2))
        with db.transaction() as opened:
            forget(opened, at=the_clock.now())
    assert session.query(Registration).count() == 0


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


def test_an_address_that_grows_too_long_when_folded_is_refused(client, session):
    # 64 characters before the @ at most, so the domain brings the length: ẞ folds to two letters
    local = "ß" * 32
    domain = ".".join(["a" * 60] * 3) + ".example"
    answer = client.post("/register", data=GIVEN | {"email": f"{local}@{domain}"})
    assert answer.status_code == 422
    assert "Email address must be" in answer.text


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
