"""What many do at the same moment is still done once, and counted."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
import time_machine

from app.accounts.models import SignInFailure, SignInSession
from app.accounts.second_factor.services import pass_code
from app.accounts.services import digest_token, start_session
from app.accounts.sessions.rules import limits_for
from app.accounts.sessions.services import begin_try
from app.accounts.tasks import forget_old_tries
from app.platform import audit, clock, jobs, schedule
from app.platform.actors import SYSTEM
from app.platform.db import reading, transaction
from app.platform.errors import Invalid
from tests.conftest import AT
from tests.factories.accounts import LONG_AGO, make_account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def at_once(number, function):
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(lambda _: function(), range(number)))


def test_guesses_sent_at_once_are_counted_one_by_one(committed):
    def guess():
        with transaction() as opened:
            return bool(begin_try(opened, limits=limits_for("sign_in", "ann@city.example"), at=AT))

    assert sorted(at_once(12, guess)) == [False] * 7 + [True] * 5


def test_a_code_sent_twice_at_once_opens_one_session(committed):
    with transaction() as opened:
        ann = make_account(opened, totp_secret=SECRET, totp_confirmed_at=LONG_AGO)
        audit.record(opened, "accounts.register", actor=SYSTEM, at=AT, subject=ann.id)
        waiting = [
            start_session(opened, account_id=ann.id, address="", browser="", at=AT, is_awaiting_code=True)
            for _ in range(2)
        ]
    tokens = iter(waiting)

    def enter():
        try:
            with transaction() as opened:
                return pass_code(
                    opened,
                    waiting_digest=digest_token(next(tokens)),
                    code=pyotp.TOTP(SECRET).at(AT),
                    address="",
                    browser="",
                    at=AT,
                )
        except Invalid:
            return None

    assert len([token for token in at_once(2, enter) if token]) == 1
    with reading() as session:
        assert session.query(SignInSession).filter_by(is_awaiting_code=False).count() == 1


def test_old_tries_are_forgotten_by_the_clock(session):
    with transaction() as opened:
        for minutes in (0, 59, 60, 61):
            moment = AT - dt.timedelta(minutes=minutes)
            opened.add(SignInFailure(key=f"k{minutes}", at=moment))
    assert schedule.Tick("accounts.forget_tries", 3600) in schedule.TICKS
    with time_machine.travel(AT, tick=False):
        with transaction() as opened:
            jobs.enqueue(opened, "accounts.forget_tries", key="x", payload={}, at=clock.now())
        assert jobs.TASKS["accounts.forget_tries"] is forget_old_tries
        assert jobs.drain(clock.now) == 1
    assert [row.key for row in session.query(SignInFailure).order_by(SignInFailure.id)] == ["k0", "k59"]


@pytest.mark.parametrize("purpose", ["sign_in", "code", "password", "forgot"])
def test_one_purpose_does_not_count_for_another(session, purpose):
    with transaction() as opened:
        for _ in range(5):
            assert begin_try(opened, limits=limits_for(purpose, "ann"), at=AT)
        assert not begin_try(opened, limits=limits_for(purpose, "ann"), at=AT)
        assert begin_try(opened, limits=limits_for("another", "ann"), at=AT)
