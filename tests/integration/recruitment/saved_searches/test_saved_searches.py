"""Saved searches: kept, changed, paused, undone; mail about each vacancy once; ended by a signed link."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from sqlalchemy import func, select

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.models import NotificationPreference
from app.platform import jobs
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.recruitment.applications.states import Submission
from app.recruitment.eligibility.models import EligibilityQuestion
from app.recruitment.saved_searches import letters, queries, services
from app.recruitment.saved_searches.models import SavedSearch, SearchAlert
from app.recruitment.saved_searches.states import Frequency, SearchState
from tests.conftest import AT, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application, make_section
from tests.factories.recruitment import make_posting

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(session):
    return make_account(session)


def keep(session, person, *, query=None, frequency=Frequency.AT_ONCE, name="Bridges") -> SavedSearch:
    return services.create_search(
        session,
        name=name,
        query={"text": "engineer"} if query is None else query,
        frequency=frequency,
        actor=actor_of(person),
        at=AT,
    )


def actor_of(person) -> Actor:
    return Actor(id=person.id, name=person.name, roles=(), grants=())


def mails(session) -> list[jobs.Job]:
    found = select(jobs.Job).where(jobs.Job.name == "platform.send_mail").order_by(jobs.Job.id)
    return list(session.scalars(found))


def test_each_vacancy_is_mailed_once_and_only_what_is_new(session, person):
    agency = make_agency(session, name="Department of Bridges")
    make_posting(session, agency_id=agency.id, title="Old Engineer")
    search = keep(session, person)
    assert services.send_due_alerts(session, at=AT) == 0
    new = make_posting(session, agency_id=agency.id, title="New Engineer")
    make_posting(
        session, agency_id=agency.id, title="Clerk", class_title="Clerk", summary="", search_text="clerk"
    )
    assert services.send_due_alerts(session, at=AT) == 1
    [mail] = mails(session)
    assert mail.payload["to"] == person.email
    assert mail.payload["subject"] == "1 new vacancy: Bridges"
    body = mail.payload["body"]
    for part in (
        "1 vacancy has appeared that fits your saved search “Bridges”.",
        "New Engineer\nDepartment of Bridges\nBrooklyn\n$72,500 to $98,000 a year\n"
        "Closes 11 December 2026, 5:00 pm EST",
        f"http://localhost:8000/vacancies/{new.id}",
        "http://localhost:8000/vacancies?text=engineer",
        f"http://localhost:8000{letters.unsubscribe_path(search.id)}",
    ):
        assert part in body
    assert "Old Engineer" not in body
    assert mail.payload["headers"] == {
        "List-Unsubscribe": f"<http://localhost:8000{letters.unsubscribe_path(search.id)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    new.summary = "Changed since."
    session.flush()
    assert services.send_due_alerts(session, at=AT + DAY) == 0
    assert len(mails(session)) == 1
    told = select(SearchAlert.search_id, SearchAlert.posting_id)
    assert session.execute(told).all() == [(search.id, new.id)]


def test_a_vacancy_that_is_seen_late_is_told_all_the_same_and_never_twice(session, person):
    search = keep(session, person)
    first = make_posting(session, title="First engineer")
    services.send_due_alerts(session, at=AT)
    # as if another transaction had taken an earlier key and ended later
    late = make_posting(session, title="Late engineer")
    search.mark.seen_key += 1
    search.mark.seen_key = queries.newest_key(session)
    session.flush()
    make_posting(session, title="Third engineer")
    services.send_due_alerts(session, at=AT)
    told = set(session.scalars(select(SearchAlert.posting_id)))
    assert {first.id, late.id} < told
    assert sorted(mail.payload["subject"][:5] for mail in mails(session)) == ["1 new", "2 new"]


@pytest.mark.parametrize(("frequency", "days"), [(Frequency.DAILY, 1), (Frequency.WEEKLY, 7)])
def test_daily_and_weekly_mails_keep_their_distance(session, person, frequency, days):
    keep(session, person, frequency=frequency)
    make_posting(session, title="Engineer one")
    almost = AT + days * DAY - dt.timedelta(seconds=1)
    assert services.send_due_alerts(session, at=almost) == 0
    assert services.send_due_alerts(session, at=AT + days * DAY) == 1
    make_posting(session, title="Engineer two")
    assert services.send_due_alerts(session, at=AT + (2 * days) * DAY - dt.timedelta(seconds=1)) == 0
    assert services.send_due_alerts(session, at=AT + 2 * days * DAY) == 1
    assert len(mails(session)) == 2


def test_nothing_is_mailed_to_who_wants_no_alerts_or_paused(session, person):
    other = make_account(session)
    keep(session, person)
    paused = keep(session, other)
    services.pause_search(session, search_id=paused.id, actor=actor_of(other), at=AT)
    session.add(
        NotificationPreference(account_id=person.id, kind=MailKind.ALERTS, is_wanted=False, changed_at=AT)
    )
    make_posting(session, title="Engineer")
    services.send_due_alerts(session, at=AT)
    assert mails(session) == []
    session.query(NotificationPreference).delete()
    make_posting(session, title="Clerk", class_title="Clerk", search_text="clerk")
    services.send_due_alerts(session, at=AT)
    assert mails(session) == []  # mail is wanted again: of what comes from now on
    services.resume_search(session, search_id=paused.id, actor=actor_of(other), at=AT)
    assert services.send_due_alerts(session, at=AT) == 0  # what came meanwhile stands on the list
    make_posting(session, title="Engineer")
    services.send_due_alerts(session, at=AT)
    assert {mail.payload["to"] for mail in mails(session)} == {other.email, person.email}


def test_a_long_list_is_named_in_part(session, person):
    keep(session, person)
    agency = make_agency(session)
    for number in range(letters.MOST_NAMED + 3):
        make_posting(session, title=f"Engineer {number}", agency_id=agency.id)
    services.send_due_alerts(session, at=AT)
    [mail] = mails(session)
    assert mail.payload["subject"] == "13 new vacancies: Bridges"
    assert mail.payload["body"].count("/vacancies/pst_") == letters.MOST_NAMED
    assert "And 3 more." in mail.payload["body"]
    assert session.scalar(select(func.count()).select_from(SearchAlert)) == 13


def test_no_more_searches_than_there_may_be(session, person):
    for _ in range(services.MOST_SEARCHES):
        last = keep(session, person)
    with pytest.raises(Conflict, match="You have 20 saved searches already"):
        keep(session, person)
    services.delete_search(session, search_id=last.id, actor=actor_of(person), at=AT)
    keep(session, person)
    with pytest.raises(Conflict, match="as many saved searches"):
        services.restore_search(session, search_id=last.id, actor=actor_of(person), at=AT)


def test_deleting_is_undone_or_becomes_final(session, person):
    search = keep(session, person)
    actor = actor_of(person)
    services.delete_search(session, search_id=search.id, actor=actor, at=AT)
    assert services.forget_deleted(session, at=AT + services.KEPT_DELETED) == 0
    services.restore_search(session, search_id=search.id, actor=actor, at=AT)
    assert (search.state, search.deleted_at) == (SearchState.PAUSED, None)
    services.delete_search(session, search_id=search.id, actor=actor, at=AT)
    assert services.forget_deleted(session, at=AT + services.KEPT_DELETED + dt.timedelta(seconds=1)) == 1
    assert session.scalar(select(func.count()).select_from(SavedSearch)) == 0


def test_the_pages_save_change_and_undo(client, session, person):
    sign_in(client, person)
    page = client.get("/saved-searches/new?text=nurse&place=Brooklyn&sort=closing")
    assert "“nurse”" in page.text
    assert "Place: Brooklyn" in page.text
    sent = {"name": "Nurses", "frequency": "at_once", "idempotency_key": "k" * 20}
    saved = client.post("/saved-searches/new?text=nurse&place=Brooklyn&sort=closing", data=sent)
    assert (saved.status_code, saved.location) == (303, "/my/saved-searches")
    search = session.scalars(select(SavedSearch)).one()
    assert search.query == {"text": "nurse", "place": "Brooklyn", "sort": "closing"}
    assert (
        'href="/vacancies?text=nurse&amp;place=Brooklyn&amp;sort=closing"'
        in client.get("/my/saved-searches").text
    )
    own = f"/my/saved-searches/{search.id}"
    assert client.post(f"{own}/edit", data={"name": "", "frequency": "weekly"}).status_code == 422
    client.post(f"{own}/edit", data={"name": "Nurses, weekly", "frequency": "weekly"})
    session.expire_all()
    assert (search.name, search.frequency) == ("Nurses, weekly", Frequency.WEEKLY)
    for act, state in (
        ("pause", "paused"),
        ("resume", "active"),
        ("delete", "deleted"),
        ("restore", "paused"),
    ):
        assert client.post(f"{own}/{act}").status_code == 303
        session.expire_all()
        assert search.state.value == state
        assert client.get("/my/saved-searches").status_code == 200
    client.post(f"{own}/pause")  # of a paused one: told, and nothing changed
    assert "This search was changed meanwhile." in client.get("/my/saved-searches").text


def test_a_search_of_somebody_else_is_not_there(client, session, person):
    search = keep(session, person)
    sign_in(client, make_account(session))
    assert client.get(f"/my/saved-searches/{search.id}/edit").status_code == 404
    assert client.post(f"/my/saved-searches/{search.id}/delete").status_code == 404
    assert "You have no saved searches." in client.get("/my/saved-searches").text


def test_one_click_ends_the_mail_without_signing_in(client, session, person):
    search = keep(session, person)
    path = letters.unsubscribe_path(search.id)
    asked = client.get(path)
    assert asked.status_code == 200
    session.expire_all()
    assert search.state is SearchState.ACTIVE  # a program that only looks ends nothing
    sent = client.post(path, data={"List-Unsubscribe": "One-Click"}, csrf=False)
    assert sent.status_code == 200
    assert "No more mail about this search" in sent.text
    session.expire_all()
    assert search.state is SearchState.PAUSED
    assert client.post(path, csrf=False).status_code == 200
    actions = select(AuditEvent.action).where(AuditEvent.subject == search.id).order_by(AuditEvent.index)
    assert session.scalars(actions).all() == ["recruitment.saved_searches.unsubscribe"]


def test_a_link_that_was_changed_ends_nothing(client, session, person):
    search, other = keep(session, person), keep(session, person, name="Other")
    good = letters.unsubscribe_path(search.id)
    for path in (
        good[:-1],
        good[:-1] + ("0" if good[-1] != "0" else "1"),
        good.replace(search.id, other.id),
        good + "é",
    ):
        assert client.post(path, csrf=False).status_code == 404
    assert re.fullmatch(r"/saved-searches/ssr_\w{26}/unsubscribe/[0-9a-f]{40}", good)


def test_the_list_is_told_to_nobody_and_asks_visitors_to_sign_in(client, session):
    assert client.get("/my/saved-searches").status_code == 303
    assert client.get("/saved-searches/new?text=nurse").location.startswith("/sign-in?next=")


def test_open_to_me_is_kept_with_a_search(client, session, person):
    make_posting(session, title="Engineer", audience="employees")
    make_posting(session, title="Engineer for all")
    sign_in(client, person)
    page = client.get("/vacancies?mine=y&text=engineer")
    assert "Engineer for all" in page.text
    assert "Vacancies for current employees only are left out" in page.text
    sent = {"name": "Mine", "frequency": "at_once", "idempotency_key": "m" * 20}
    client.post("/saved-searches/new?text=engineer&mine=y", data=sent)
    search = session.scalars(select(SavedSearch)).one()
    assert search.query == {"text": "engineer", "mine": "y"}
    make_posting(session, title="Engineer inside", audience="employees")
    services.send_due_alerts(session, at=AT)
    assert mails(session) == []


def test_vacancies_that_ones_own_answers_bar_are_not_open(client, session, person):
    open_one = make_posting(session, title="Engineer with a licence")
    barred = make_posting(session, title="Engineer in uniform", agency_id=open_one.agency_id)
    for posting, answer in ((open_one, "Yes"), (barred, "No")):
        question = EligibilityQuestion(
            id=new_id("qst"),
            posting_id=posting.id,
            position=1,
            question="Are you a citizen?",
            lawful=["Yes"],
            unlawful=["No"],
            explanation="The law asks for citizenship.",
            source="A law.",
            is_advisory=False,
        )
        session.add(question)
        draft = make_application(
            session, posting_id=posting.id, account_id=person.id, submission=Submission.DRAFT
        )
        make_section(session, draft, "eligibility", data={question.id: answer})
    session.flush()
    sign_in(client, person)
    page = client.get("/vacancies?mine=y").text
    assert "Engineer with a licence" in page
    assert "Engineer in uniform" not in page
    assert "1 vacancy is left out because of how you answered its questions." in page
