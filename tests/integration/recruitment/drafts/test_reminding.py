"""Whoever left a draft is told a day and an hour before the deadline, once each, that it is not submitted."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.models import NotificationPreference
from app.platform import schedule
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.jobs import Job
from app.recruitment.applications.states import Submission
from app.recruitment.deadlines.models import DraftReminder
from app.recruitment.deadlines.rules import Reminder
from app.recruitment.deadlines.services import remind_drafts
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
    assert [mail.key for mail in mails(session)] == [
        f"mail:draft-reminder:day:{draft.id}:{CLOSES.isoformat()}"
    ]


def test_a_day_and_an_hour_before_each_once_and_both_in_the_trail(session, draft):
    moments = [dt.timedelta(hours=24), dt.timedelta(hours=2), dt.timedelta(hours=1), dt.timedelta(minutes=1)]
    assert [remind(CLOSES - before) for before in moments] == [1, 0, 1, 0]
    sent = session.scalars(select(DraftReminder.kind).order_by(DraftReminder.sent_at)).all()
    assert sent == [Reminder.DAY, Reminder.HOUR]
    told = session.scalars(select(AuditEvent).where(AuditEvent.action == "recruitment.drafts.remind")).all()
    assert [(event.details["kind"], event.details["is_mailed"]) for event in told] == [
        ("day", True),
        ("hour", True),
    ]


def test_who_begins_in_the_last_hour_is_told_once(session, draft):
    assert [remind(CLOSES - dt.timedelta(minutes=50)), remind(CLOSES - dt.timedelta(minutes=40))] == [1, 0]
    assert session.scalars(select(DraftReminder.kind)).all() == [Reminder.HOUR]


def test_a_closing_that_moves_has_reminders_of_its_own(session, world, draft):
    remind(CLOSES - dt.timedelta(hours=20))
    world.posting.closes_at = CLOSES + dt.timedelta(days=3)
    session.flush()
    assert remind(CLOSES + dt.timedelta(days=2, hours=2)) == 1


def test_unsent_changes_of_a_received_application_are_named_as_such(session, world):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    make_application(
        session,
        posting_id=world.posting.id,
        account_id=world.ada.id,
        submission=Submission.DRAFT,
        changes_id=sent.id,
    )
    assert remind(CLOSES - dt.timedelta(hours=20)) == 1
    mail = mails(session)[0].payload
    assert mail["subject"] == "Your changes are NOT submitted: Civil Engineer"
    assert "what we received counts" in mail["body"]


def test_who_wants_no_reminders_is_sent_none_but_it_is_recorded(session, world, draft):
    session.add(
        NotificationPreference(
            account_id=world.ada.id, kind=MailKind.REMINDERS, is_wanted=False, changed_at=CLOSES
        )
    )
    session.flush()
    assert remind(CLOSES - dt.timedelta(hours=20)) == 1
    assert mails(session) == []
    event = session.scalar(select(AuditEvent).where(AuditEvent.action == "recruitment.drafts.remind"))
    assert event.details["is_mailed"] is False


@pytest.mark.parametrize("submission", [Submission.SUBMITTED, Submission.WITHDRAWN])
def test_only_drafts_are_meant(session, world, submission):
    make_application(session, posting_id=world.posting.id, account_id=world.ada.id, submission=submission)
    assert remind(CLOSES - dt.timedelta(hours=2)) == 0


def test_a_cancelled_vacancy_reminds_nobody(session, world, draft):
    world.posting.state = PostingState.CANCELLED
    world.posting.cancelled_at, world.posting.cancel_reason = CLOSES - dt.timedelta(days=3), "No budget."
    session.flush()
    assert remind(CLOSES - dt.timedelta(hours=2)) == 0


def test_the_clock_promises_it_every_minute(app):
    assert schedule.Tick("recruitment.remind_drafts", 60) in schedule.TICKS
