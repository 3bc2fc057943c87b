"""Whoever left a draft is told once, a day before the deadline, that it was not submitted."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.platform import schedule
from app.platform.db import transaction
from app.platform.jobs import Job
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.drafts.services import remind_drafts
from app.recruitment.postings.states import PostingState
from tests.factories.applications import make_application
from tests.factories.recruitment import CLOSES


@pytest.fixture
def draft(session, world):
    return make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )


def remind(at):
    with transaction() as opened:
        return remind_drafts(opened, at=at)


def mails(session):
    return list(session.scalars(select(Job).where(Job.name == "platform.send_mail")))


@pytest.mark.parametrize(
    ("before", "count"),
    [
        (dt.timedelta(days=1, microseconds=1), 0),
        (dt.timedelta(days=1), 1),
        (dt.timedelta(minutes=1), 1),
        (dt.timedelta(0), 0),
        (dt.timedelta(days=-1), 0),
    ],
)
def test_it_is_sent_within_the_last_day_and_not_after(session, draft, before, count):
    assert remind(CLOSES - before) == count
    assert len(mails(session)) == count


def test_it_says_what_is_not_submitted_until_when_and_where_to_go_on(session, world, draft):
    remind(CLOSES - dt.timedelta(hours=20))
    mail = mails(session)[0].payload
    assert mail["to"] == world.ada.email
    assert mail["subject"] == "Your application is a draft, NOT submitted: Civil Engineer"
    body = mail["body"].replace("\u00a0", " ")
    assert "is a draft. It is NOT submitted." in body
    assert "5:00:00 pm on 11 December 2026, EST" in body
    assert f"/my/applications/{draft.id}" in body


def test_it_is_sent_once_a_draft(session, draft):
    at = CLOSES - dt.timedelta(hours=20)
    assert [remind(at), remind(at + dt.timedelta(minutes=15))] == [1, 0]
    session.expire_all()
    assert session.get(Application, draft.id).reminded_at == at
    assert [mail.key for mail in mails(session)] == [f"mail:draft-reminder:{draft.id}"]


@pytest.mark.parametrize("submission", [Submission.SUBMITTED, Submission.WITHDRAWN])
def test_only_drafts_are_meant(session, world, submission):
    make_application(session, posting_id=world.posting.id, account_id=world.ada.id, submission=submission)
    assert remind(CLOSES - dt.timedelta(hours=2)) == 0


def test_a_cancelled_vacancy_reminds_nobody(session, world, draft):
    world.posting.state = PostingState.CANCELLED
    world.posting.cancelled_at, world.posting.cancel_reason = CLOSES - dt.timedelta(days=3), "No budget."
    session.flush()
    assert remind(CLOSES - dt.timedelta(hours=2)) == 0


def test_the_clock_promises_it_every_quarter_of_an_hour(app):
    assert schedule.Tick("recruitment.remind_drafts", 900) in schedule.TICKS
