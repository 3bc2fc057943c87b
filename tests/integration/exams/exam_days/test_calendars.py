"""Calendars of exam days: announced ones for all, one's own behind a link that can be renewed."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
import time_machine

from app.exams.admit_cards.models import Arrangement
from app.exams.exam_days import calendars, queries
from app.exams.exam_days.models import CalendarLink
from app.recruitment.applications.states import Submission
from app.recruitment.postings.states import PostingState
from tests.conftest import AT, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application
from tests.factories.exams import make_candidate, make_examination
from tests.factories.recruitment import make_posting

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def events(response) -> list[icalendar.Event]:
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    calendar = icalendar.Calendar.from_ical(response.data)
    assert calendar.errors == []
    return list(calendar.walk("VEVENT"))


@pytest.fixture
def candidate(session):
    """Somebody registered for an examination whose place is known, with a draft for another vacancy."""
    person = make_account(session)
    agency = make_agency(session, name="Department of Bridges")
    posting = make_posting(session, agency_id=agency.id, state=PostingState.CLOSED, closes_at=AT - DAY)
    application = make_application(session, posting_id=posting.id, account_id=person.id)
    examination = make_examination(
        session, posting=posting, title="Bridges, written", held_on=(AT + 9 * DAY).date()
    )
    make_candidate(session, examination, application=application)
    starts_at = AT + 9 * DAY
    session.add(
        Arrangement(
            examination_id=examination.id,
            venue="Hall 3",
            address="1 Main Street",
            doors_open_at=starts_at - dt.timedelta(hours=1),
            doors_close_at=starts_at - dt.timedelta(minutes=10),
            starts_at=starts_at,
            minutes=150,
            bring="",
            released_at=AT,
        )
    )
    other = make_posting(session, agency_id=agency.id, title="Surveyor", closes_at=AT + 3 * DAY)
    make_application(session, posting_id=other.id, account_id=person.id, submission=Submission.DRAFT)
    session.flush()
    return person


def test_everyone_may_subscribe_to_announced_days(client, session, candidate):
    found = events(client.get("/exam-days.ics"))
    assert [str(event["summary"]) for event in found] == [
        "Applications close: Surveyor",
        "Examination: Bridges, written",
    ]
    assert found[1]["dtstart"].dt == (AT + 9 * DAY).date()
    assert "Hall 3" not in client.get("/exam-days.ics").text  # the place is for candidates
    assert "Examination: Bridges, written" in client.get("/exam-days").text


def test_times_carry_their_zone_and_its_rules(client, session, candidate):
    response = client.get("/exam-days.ics")
    calendar = icalendar.Calendar.from_ical(response.data)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    assert "DTSTART;TZID=America/New_York:20261123T100000" in response.text
    assert response.data == client.get("/exam-days.ics").data


def test_ones_own_calendar_is_behind_a_link(client, session, candidate):
    sign_in(client, candidate)
    assert "Make a calendar link" in client.get("/my/exam-days").text
    assert client.post("/my/exam-days/renew").status_code == 303
    link = queries.find_link(session, candidate.id)
    path = calendars.link_path(link.id)
    assert path in client.get("/my/exam-days").text
    client.delete_cookie("meritum")
    found = events(client.get(path))
    assert [str(event["summary"]) for event in found] == [
        "Your application closes: Surveyor",
        "Examination: Bridges, written",
    ]
    assert str(found[1]["location"]) == "Hall 3, 1 Main Street"
    assert found[1]["dtstart"].dt == AT + 9 * DAY
    assert found[1]["duration"].dt == dt.timedelta(minutes=150)
    assert "The doors close on 29 November 2026, 9:50 am EST." in str(found[1]["description"])
    assert len(found[0].walk("VALARM")) == 1


def test_changes_to_what_was_received_are_no_unsent_application(client, session, candidate):
    posting = make_posting(session, title="Auditor", closes_at=AT + 5 * DAY)
    received = make_application(session, posting_id=posting.id, account_id=candidate.id)
    make_application(
        session,
        posting_id=posting.id,
        account_id=candidate.id,
        submission=Submission.DRAFT,
        changes_id=received.id,
    )
    titles = [day.title for day in queries.list_own(session, candidate.id, AT)]
    assert titles == ["Your application closes: Surveyor", "Examination: Bridges, written"]


def test_a_new_link_ends_the_old_one(client, session, candidate):
    sign_in(client, candidate)
    client.post("/my/exam-days/renew")
    old = calendars.link_path(queries.find_link(session, candidate.id).id)
    client.post("/my/exam-days/renew")
    session.expire_all()
    new = calendars.link_path(queries.find_link(session, candidate.id).id)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert session.query(CalendarLink).count() == 1


def test_a_guessed_link_leads_nowhere(client, session, candidate):
    sign_in(client, candidate)
    client.post("/my/exam-days/renew")
    path = calendars.link_path(queries.find_link(session, candidate.id).id)
    head, _, tail = path.rpartition("/")
    for wrong in (
        f"{head}/{'0' * 40}.ics",
        f"{head}/{tail[1:]}",
        f"{head}/é.ics",
        f"/calendars/cal_{'0' * 26}/{tail}",
    ):
        assert client.get(wrong).status_code == 404


def test_one_agency_alone(client, session, candidate):
    health = make_agency(session, name="Health")
    make_posting(session, agency_id=health.id, title="Nurse")
    found = events(client.get(f"/exam-days.ics?agency={health.id}"))
    assert [str(event["summary"]) for event in found] == ["Applications close: Nurse"]
    assert len(events(client.get("/exam-days.ics?agency=nonsense"))) == 3


def test_an_empty_calendar_is_a_calendar(client, session):
    assert events(client.get("/exam-days.ics")) == []
    assert "No examination and no closing is announced just now." in client.get("/exam-days").text
