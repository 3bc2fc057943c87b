"""Recovery codes, sealed secrets and the change of their keys."""

from __future__ import annotations

import datetime as dt
import re

import pyotp
import pytest
import time_machine
from click.testing import CliRunner

from app.accounts.commands import accounts
from app.accounts.second_factor.models import RecoveryCode
from app.accounts.second_factor.services import WRONG_RECOVERY
from app.platform import sealing
from app.platform.audit import AuditEvent
from tests.conftest import AT, SECRET, sign_in
from tests.factories.accounts import LONG_AGO, PASSWORD, make_account

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def keys():
    """Change the keys of this process, until the test ends."""
    yield sealing.bind
    sealing.bind((SECRET,))


@pytest.fixture
def ann(session):
    return make_account(
        session, email="ann@city.example", totp_secret=sealing.seal(KEY), totp_confirmed_at=LONG_AGO
    )


@pytest.fixture
def codes(app, ann):
    """A fresh set of Ann's."""
    page = sign_in(app.test_client(), ann).post("/my/recovery-codes").text
    return re.findall(r'class="merit-code">(\w{5}-\w{5})<', page)


def give_password(client):
    return client.post("/sign-in", data={"email": "ann@city.example", "password": PASSWORD})


def is_open(client):
    return client.get("/my/account").status_code == 200


def test_ten_codes_are_shown_once_and_kept_by_digest(client, session, ann, codes):
    assert len(set(codes)) == 10
    kept = session.query(RecoveryCode).all()
    assert [(row.account_id, row.used_at, len(row.digest)) for row in kept] == [(ann.id, None, 64)] * 10
    sign_in(client, ann)
    page = client.get("/my/recovery-codes").text
    assert "You have 10 codes left." in page
    assert not [code for code in codes if code in page]
    assert [event.details for event in session.query(AuditEvent)] == [{"count": 10}]


def test_the_page_offers_a_file_to_keep(app, session, ann):
    page = sign_in(app.test_client(), ann).post("/my/recovery-codes").text
    link = re.search(
        r'download="meritum-recovery-codes.txt" href="data:text/plain;charset=utf-8,([^"]+)"', page
    )
    assert link
    assert len(re.findall(r"\w{5}-\w{5}", link[1])) == 10


def test_a_code_opens_the_account_once(app, client, session, ann, codes, outbox, run_jobs):
    give_password(client)
    assert client.get("/sign-in/recovery-code").status_code == 200
    answer = client.post("/sign-in/recovery-code", data={"code": codes[4].upper().replace("-", " ")})
    assert (answer.status_code, answer.location) == (303, "/my/applications")
    assert is_open(client)
    assert "9 codes left" in client.get("/my/account").text
    again = app.test_client()
    give_password(again)
    refused = again.post("/sign-in/recovery-code", data={"code": codes[4]})
    assert refused.status_code == 422
    assert WRONG_RECOVERY in refused.text
    assert not is_open(again)
    run_jobs()
    told = next(mail for mail in outbox if mail["Subject"] == "A recovery code was used")
    assert "9 codes are left." in told.get_content()


def test_new_codes_end_the_old_ones(app, client, session, ann, codes):
    sign_in(app.test_client(), ann).post("/my/recovery-codes")
    give_password(client)
    assert client.post("/sign-in/recovery-code", data={"code": codes[0]}).status_code == 422
    assert session.query(RecoveryCode).count() == 10


def test_anothers_code_opens_nothing(client, session, ann, app):
    ben = make_account(session, totp_secret=sealing.seal(KEY), totp_confirmed_at=LONG_AGO)
    page = sign_in(app.test_client(), ben).post("/my/recovery-codes").text
    code = re.findall(r"\w{5}-\w{5}", page)[0]
    give_password(client)
    assert client.post("/sign-in/recovery-code", data={"code": code}).status_code == 422


def test_codes_and_guesses_of_the_app_are_counted_together(client, ann, codes):
    give_password(client)
    for _ in range(3):
        assert client.post("/sign-in/recovery-code", data={"code": "aaaaa-aaaaa"}).status_code == 422
    for _ in range(2):
        assert client.post("/sign-in/code", data={"code": "000000"}).status_code == 422
    assert client.post("/sign-in/recovery-code", data={"code": codes[0]}).status_code == 429


def test_without_a_password_none_is_asked_for(client, ann, codes):
    assert client.post("/sign-in/recovery-code", data={"code": codes[0]}).location == "/sign-in"


def test_without_a_second_factor_there_is_nothing_to_recover(client, session):
    sign_in(client, make_account(session))
    assert client.post("/my/recovery-codes").status_code == 409
    assert session.query(RecoveryCode).count() == 0


def test_turning_two_steps_off_ends_the_codes(client, session, ann, codes):
    sign_in(client, ann)
    client.post("/my/second-factor/remove", data={"code": pyotp.TOTP(KEY).at(AT)})
    assert session.query(RecoveryCode).count() == 0


class TestKeys:
    OLD, NEW = "an old key of thirty-two characters or more", "a new key of thirty-two characters or more"

    def test_a_secret_of_before_sealing_is_sealed_when_it_is_used(self, client, session):
        ann = make_account(session, email="ann@city.example", totp_secret=KEY, totp_confirmed_at=LONG_AGO)
        give_password(client)
        assert client.post("/sign-in/code", data={"code": pyotp.TOTP(KEY).at(AT)}).status_code == 303
        session.expire_all()
        assert ann.totp_secret.startswith("sealed:")
        assert KEY not in ann.totp_secret
        assert sealing.unseal(ann.totp_secret) == KEY

    def test_after_a_change_of_keys_the_old_one_opens_and_the_new_one_seals(self, client, session, keys):
        keys((self.OLD,))
        kept = sealing.seal(KEY)
        ann = make_account(session, email="ann@city.example", totp_secret=kept, totp_confirmed_at=LONG_AGO)
        keys((self.NEW, self.OLD))
        give_password(client)
        assert client.post("/sign-in/code", data={"code": pyotp.TOTP(KEY).at(AT)}).status_code == 303
        session.expire_all()
        keys((self.NEW,))
        assert sealing.unseal(ann.totp_secret) == KEY

    def test_the_command_seals_all_anew(self, app, session, keys):
        keys((self.OLD,))
        sealed = make_account(session, totp_secret=sealing.seal(KEY))
        plain = make_account(session, totp_secret=KEY)
        keys((self.NEW, self.OLD))
        first = CliRunner().invoke(accounts, ["reseal"])
        assert (first.exit_code, first.output) == (0, "2 secrets were sealed anew.\n")
        assert CliRunner().invoke(accounts, ["reseal"]).output == "0 secrets were sealed anew.\n"
        session.expire_all()
        keys((self.NEW,))
        assert [sealing.unseal(one.totp_secret) for one in (sealed, plain)] == [KEY, KEY]

    def test_a_lost_key_is_told(self, app, session, keys):
        keys((self.OLD,))
        make_account(session, totp_secret=sealing.seal(KEY))
        keys((self.NEW,))
        told = CliRunner().invoke(accounts, ["reseal"])
        assert told.exit_code == 1
        assert "A secret opens with none of the keys." in told.output


class TestShowingItAgain:
    @pytest.fixture
    def later(self, client, ann, clock):
        sign_in(client, ann)
        clock.shift(15 * 60)
        return pyotp.TOTP(KEY).at(AT + dt.timedelta(minutes=15))

    def test_a_code_is_proof_enough_once(self, client, later):
        asked = client.get("/my/second-factor").location
        assert asked == "/my/identity?next=/my/second-factor"
        assert "Use a code of the authenticator app instead" in client.get(asked).text
        assert client.post(f"{asked}&by=code", data={"code": "000000"}).status_code == 422
        assert client.post(f"{asked}&by=code", data={"code": later}).location == "/my/second-factor"
        assert client.get("/my/second-factor").status_code == 200
        assert client.post(f"{asked}&by=code", data={"code": later}).status_code == 422

    def test_the_password_too_and_guesses_are_counted(self, client, later):
        wrong = [client.post("/my/identity", data={"password": "x"}).status_code for _ in range(6)]
        assert wrong == [422] * 5 + [429]
        assert client.post("/my/identity", data={"password": PASSWORD}).status_code == 429

    def test_no_link_leads_away(self, client, later):
        answer = client.post("/my/identity?next=//evil.example", data={"password": PASSWORD})
        assert answer.location == "/my/account"

    def test_without_any_of_them_one_signs_in_again(self, client, session, clock):
        sign_in(client, make_account(session, password_hash=""))
        assert "You have neither password nor passkey here." in client.get("/my/identity").text
        assert client.post("/my/identity", data={"password": ""}).status_code == 422
