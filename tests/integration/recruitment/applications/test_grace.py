"""A form that was open at the closing may come in during the grace, and nothing else; nobody can feign it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select

from app.platform.audit import AuditEvent
from app.recruitment.applications import services
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.postings.states import PostingState
from app.recruitment.receipts import keyring
from app.web import opened
from tests.conftest import count_queries, sign_in
from tests.factories.applications import make_whole_draft
from tests.factories.recruitment import CLOSES

SEAL = re.compile(r'name="opened" value="([^"]+)"')


@pytest.fixture
def ada(client, world, session, hand):
    world.posting.grace_minutes = 15
    session.flush()
    hand.moment = CLOSES - dt.timedelta(minutes=10)
    return sign_in(client, world.ada)


@pytest.fixture
def draft(session, world):
    return make_whole_draft(session, posting=world.posting, account_id=world.ada.id)


def open_form(ada, draft):
    return SEAL.search(ada.get(f"/my/applications/{draft.id}/submit").text)[1]


def send(ada, draft, seal):
    return ada.post(f"/my/applications/{draft.id}/submit", data={"declaration": "y", "opened": seal})


def state_of(session, draft):
    session.expire_all()
    return session.get(Application, draft.id).submission


def close(session, world):
    world.posting.state, world.posting.closed_at = PostingState.CLOSED, CLOSES
    session.flush()


@pytest.mark.parametrize(
    ("before", "sent", "is_taken"),
    [
        (-60, 0, True),
        (-60, 14 * 60 + 59, True),
        (-60, 15 * 60, False),
        (-1, 1, True),
        (0, 1, False),
    ],
)
def test_it_comes_in_until_the_grace_is_over(session, world, ada, draft, hand, before, sent, is_taken):
    hand.moment = CLOSES + dt.timedelta(seconds=before)
    text = ada.get(f"/my/applications/{draft.id}/submit").text
    found = SEAL.search(text)
    close(session, world)
    hand.moment = CLOSES + dt.timedelta(seconds=sent)
    answer = send(ada, draft, found[1] if found else "")
    assert answer.status_code == (303 if is_taken else 422)
    assert state_of(session, draft) is (Submission.SUBMITTED if is_taken else Submission.DRAFT)


def test_late_is_refused_with_both_times_and_the_draft_can_be_printed(session, world, ada, draft, hand):
    hand.moment = CLOSES - dt.timedelta(minutes=1)
    seal = open_form(ada, draft)
    hand.moment = CLOSES + dt.timedelta(minutes=20, seconds=3)
    text = send(ada, draft, seal).text.replace("\u00a0", " ")
    assert "We received your submission at 5:20:03 pm on 11 December 2026, EST (UTC−05:00)" in text
    assert "Applications closed at 5:00:00 pm on 11 December 2026, EST (UTC−05:00)" in text
    assert "Your draft is kept; it is NOT submitted." in text
    assert "Read or print your draft" in text
    review = ada.get(f"/my/applications/{draft.id}/review").text
    assert "I inspect bridges." in review
    assert "Go on to the declaration" not in review


@pytest.mark.parametrize("seal", ["", "nonsense", "WyJhcHAiXQ.forged"])
def test_no_seal_of_ours_no_grace(session, world, ada, draft, hand, seal):
    hand.moment = CLOSES + dt.timedelta(minutes=1)
    assert send(ada, draft, seal).status_code == 422
    assert state_of(session, draft) is Submission.DRAFT


def test_a_seal_serves_no_other_application(session, world, ada, draft, hand, client):
    hand.moment = CLOSES - dt.timedelta(minutes=1)
    seal = open_form(ada, draft)
    with client.application.test_request_context():
        assert opened.read(seal, draft.id, world.ada.id) == hand.moment
        assert opened.read(seal, draft.id, world.officer.id) is None
        assert opened.read(seal, world.posting.id, world.ada.id) is None


def test_a_press_twice_is_one_submission(session, ada, draft):
    seal = open_form(ada, draft)
    sent = {"declaration": "y", "opened": seal, "idempotency_key": "k" * 32}
    first = ada.post(f"/my/applications/{draft.id}/submit", data=sent)
    second = ada.post(f"/my/applications/{draft.id}/submit", data=sent)
    assert first.location == second.location == f"/my/applications/{draft.id}/receipt"
    submitted = select(AuditEvent).where(AuditEvent.action == "recruitment.applications.submit")
    assert len(session.scalars(submitted).all()) == 1


def test_the_receiving_transaction_is_short(database, session, world, ada, draft, monkeypatch):
    """Everything is looked at before: the lock is held for the application row alone."""
    receive, asked = services.submit_application, []

    def measured(*args, **kwargs):
        with count_queries(database) as found:
            result = receive(*args, **kwargs)
        asked.extend(found)
        return result

    if not keyring.current().path.exists():
        keyring.current().begin()  # the very first application of an office makes the key, and looks about
    monkeypatch.setattr(services, "submit_application", measured)
    assert send(ada, draft, "").status_code == 303
    about = [statement for statement in asked if "FROM application" in statement]
    assert len(about) == 1, about
