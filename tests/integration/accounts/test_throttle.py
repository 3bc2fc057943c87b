"""One way to bear only so many tries, for every package: when, from where, and until when."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from app.accounts.models import SignInFailure
from app.accounts.sessions.rules import LIMITS, Limit, too_many
from app.accounts.throttle import allow
from app.platform.db import transaction
from app.platform.sentences import translate
from tests.conftest import AT


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setitem(LIMITS, "check", Limit(2, 3, dt.timedelta(minutes=10)))


def ask(minutes=0, who="", address=""):
    at = AT + dt.timedelta(minutes=minutes)
    with transaction() as opened:
        wait = allow(opened, "check", who=who, address=address, at=at)
    return None if wait is None else int((wait - AT).total_seconds() // 60)


def test_a_person_is_borne_so_often_and_told_until_when(session):
    assert [ask(minute, who="ann") for minute in (0, 4, 5, 9)] == [None, None, 10, 10]
    assert ask(10, who="ann") is None
    assert ask(11, who="ann") == 14


def test_a_network_is_borne_more_often_and_others_are_not_touched(session):
    asked = [ask(number, who=f"person {number}", address="192.0.2.7") for number in range(4)]
    assert asked == [None, None, None, 10]
    assert ask(4, who="person 9", address="192.0.2.8") is None


def test_who_waits_for_both_is_told_the_later_moment(session):
    for minute, who in ((0, "ann"), (1, "ann"), (2, "ben")):
        assert ask(minute, who=who, address="192.0.2.7") is None
    assert ask(3, who="ann", address="192.0.2.7") == 10
    assert ask(3, who="ben", address="192.0.2.7") == 10


def test_what_was_refused_is_not_counted(session):
    for _ in range(5):
        ask(0, who="ann")
    assert session.query(SignInFailure).count() == 2


def test_the_sentence_is_said_in_minutes_and_by_the_clock():
    one = too_many(AT + dt.timedelta(seconds=10), AT)
    assert one == "There were too many tries. Try again in 1 minute, at 20 November 2026, 3:00 pm UTC."
    more = too_many(AT + dt.timedelta(minutes=14, seconds=1), AT)
    assert more == "There were too many tries. Try again in 15 minutes, at 20 November 2026, 3:14 pm UTC."
    assert translate(more, "en") == more


@pytest.mark.parametrize("path", ["/check/{code}", "/receipts/check?number={code}&digest=x"])
def test_public_checks_are_borne_so_often_and_opening_a_page_is_free(client, path):
    asked = path.format(code="0123456789abcdefghjkmnpqrs")
    with time_machine.travel(AT, tick=False):
        statuses = [client.get(asked).status_code for _ in range(4)]
        refused = client.get(asked)
        assert client.get("/check").status_code == client.get("/receipts/check").status_code == 200
    assert statuses[3] == 429
    assert 429 not in statuses[:3]
    assert refused.headers["Retry-After"] == "600"
    assert "There were too many tries. Try again in 10 minutes" in refused.text
