"""What a person reads of where their applications stand."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar

from app.platform import audit
from app.platform.actors import SYSTEM
from app.platform.db import transaction
from app.recruitment.applications.states import Screening, Submission
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind
from app.recruitment.messages import services as messages
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import make_application
from tests.factories.recruitment import make_posting
from tests.page_checks import named


@pytest.fixture
def ada(client, world):
    return sign_in(client, world.ada)


@pytest.fixture
def sent(session, world):
    return make_application(session, posting_id=world.posting.id, account_id=world.ada.id)


@pytest.fixture
def told(monkeypatch):
    """Facts that some other noun tells, for one test."""
    given: list[Fact] = []
    monkeypatch.setattr(facts, "_providers", [*facts._providers, lambda session, application: given])
    return given


def test_a_task_comes_first_with_its_deadline(ada, sent, told, hand):
    told.append(
        Fact(
            FactKind.TASK,
            "Answer the offer",
            "From the bridges.",
            at=hand.moment + dt.timedelta(days=2),
            path="/x",
        )
    )
    text = ada.get(f"/my/applications/{sent.id}").text.replace("\u00a0", " ")
    assert '<a class="govuk-link" href="/x">Answer the offer</a>' in text
    assert text.count("22 November 2026, 10:00 am EST") == 2


def test_without_a_task_the_office_has_the_next_step(ada, sent):
    text = ada.get(f"/my/applications/{sent.id}").text
    assert "Whose turn it is" in text
    assert text.index("Department of Bridges") < text.index("We begin when applications close")


def test_days_to_come_stand_there_and_in_the_calendar(ada, sent, told):
    told += [
        Fact(FactKind.DAY, "Examination: Bridges", on=dt.date(2026, 12, 5), stage="examine"),
        Fact(FactKind.DAY, "Long ago", on=dt.date(2026, 1, 5)),
    ]
    text = ada.get(f"/my/applications/{sent.id}").text
    assert "Examination: Bridges" in text
    assert "Long ago" not in text
    calendar = Calendar.from_ical(ada.get(f"/my/applications/{sent.id}/dates.ics").data)
    events = {str(event["SUMMARY"]): event["DTSTART"].dt for event in calendar.walk("VEVENT")}
    assert events["Examination: Bridges"] == dt.date(2026, 12, 5)


def test_a_draft_has_its_deadline_in_the_calendar(session, world, ada):
    draft = make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )
    calendar = Calendar.from_ical(ada.get(f"/my/applications/{draft.id}/dates.ics").data)
    (event,) = calendar.walk("VEVENT")
    assert event["DTEND"].dt == world.posting.closes_at


def test_the_history_says_who_did_it_without_names(ada, world, sent, at):
    with transaction() as opened:
        for action, actor in (
            ("recruitment.applications.submit", world.actor),
            ("recruitment.drafts.remind", SYSTEM),
            ("recruitment.screening.decide", world.staff),
        ):
            audit.record(opened, action, actor=actor, at=at, subject=sent.id)
    text = " ".join(ada.get(f"/my/applications/{sent.id}").text.split())
    assert "EST, you" in text
    assert "EST, automatically" in text
    assert "EST, the office" in text
    assert not named(text, "Olga")


def test_nobody_else_reads_it(client, session, sent):
    sign_in(client, make_account(session))
    assert client.get(f"/my/applications/{sent.id}").status_code == 404
    assert client.get(f"/my/applications/{sent.id}/dates.ics").status_code == 404


@pytest.fixture
def many(session, world, at):
    """Six applications: one over, one with a message, one draft, three under way."""
    made = []
    for number in range(6):
        posting = make_posting(session, agency_id=world.agency.id, title=f"Post {number}")
        values = {
            0: {"screening": Screening.INELIGIBLE},
            2: {"submission": Submission.DRAFT},
        }.get(number, {})
        made.append(make_application(session, posting_id=posting.id, account_id=world.ada.id, **values))
    with transaction() as opened:
        messages.reply(opened, application_id=made[1].id, body="Hello.", actor=world.staff, at=at)
    return made


def titles(page):
    return [number for number in range(6) if f">Post {number}<" in page]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("state=todo", [1, 2]),
        ("state=running", [3, 4, 5]),
        ("state=over", [0]),
        ("text=post+4", [4]),
        ("state=over&text=post+4", []),
        ("state=zebra", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_a_long_list_can_be_narrowed(ada, many, query, shown):
    assert titles(ada.get(f"/my/applications?{query}").text) == shown


def test_what_is_to_be_done_stands_first(ada, many):
    text = ada.get("/my/applications").text
    assert max(text.index(">Post 1<"), text.index(">Post 2<")) < text.index(">Post 5<")
    assert text.index(">Post 5<") < text.index(">Post 0<")
    assert "1 new message" in text
