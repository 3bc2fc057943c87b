"""Finding work: searched, narrowed, saved, told by mail, ended by its link; read by programs as well."""

from __future__ import annotations

import datetime as dt
import re
import time
from xml.etree import ElementTree as ET

import icalendar
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.platform import clock, jobs
from app.platform.ids import new_id
from tests.browser import office
from tests.browser.keyboard import Typist
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.factories.accounts import PASSWORD, make_agency
from tests.factories.recruitment import make_posting

pytestmark = pytest.mark.browser
DAY = dt.timedelta(days=1)


def fill(session: Session) -> dict[str, str]:
    """Make the office of the stories with some more vacancies to choose from."""
    people = office.fill(session)
    health = make_agency(session, code="HEALTH", name="Riverton Department of Health")
    for title, place, days in (
        ("Public health nurse", "Harbor Street 12", 3),
        ("Senior nurse", "Mill Lane 4", 9),
        ("Nurse trainee", "Harbor Street 12", 15),
    ):
        add_vacancy(session, health.id, title, place, days)
    return people


def add_vacancy(session: Session, agency_id: str, title: str, place: str, days: int) -> None:
    at = clock.now()
    make_posting(
        session,
        agency_id=agency_id,
        title=title,
        class_title="Nurse",
        class_code="610",
        category="Health",
        summary=f"You work as a {title.lower()}.",
        location=place,
        opens_at=at - DAY,
        published_at=at - DAY,
        closes_at=at + days * DAY,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """An office of its own that shows its mail."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MERITUM_DEMONSTRATION", "on")
        with serving(tmp_path_factory.mktemp("finding"), fill) as started:
            yield started


def a_nurse_is_sought(site: Site, title: str) -> None:
    """Publish one more vacancy beside the server, with the promise that publishing makes."""
    with office._changing(site) as session:
        agency_id = session.scalars(select(Agency.id).where(Agency.code == "HEALTH")).one()
        add_vacancy(session, agency_id, title, "Harbor Street 12", 20)
        at = clock.now()
        session.add(
            jobs.Job(
                id=new_id("job"),
                name="recruitment.send_alerts",
                key=f"alerts:{title}",
                payload={},
                state=jobs.JobState.WAITING,
                run_at=at,
                attempts=0,
                created_at=at,
            )
        )


def finds_the_mail(reader: Person, subject: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        reader.opens("/demonstration/mail")
        if reader.page.get_by_role("link", name=subject).count():
            reader.follows(subject)
            return
        time.sleep(0.5)
    pytest.fail(f"No mail “{subject}” came.")


def test_a_search_is_saved_told_and_ended(person, site):
    amina: Person = person("amina")
    amina.opens("/vacancies")
    amina.types("Job title, skill or number", "nursse")
    amina.presses("Search", exact=True)
    amina.reads("No vacancy matches this search.", "Did you mean:")
    amina.shows("find-nothing")
    amina.follows("nurse", exact=True)
    amina.reads("3 vacancies", "Public health nurse", "Senior nurse")
    amina.types("Place", "harbor")
    amina.presses("Search", exact=True)
    amina.reads("2 vacancies", "Place: harbor")
    amina.reads_nothing_of("Senior nurse")
    amina.shows("find-results")
    amina.follows("Remove filter: Place: harbor")
    amina.reads("3 vacancies")
    amina.follows("Save this search and get mail")
    amina.types("Email address", site.people["amina"])
    amina.types("Password", PASSWORD, exact=True)
    amina.presses("Sign in")
    amina.reads("Save a search", "“nurse”")
    amina.types("Name of the search", "")
    amina.presses("Save the search")
    amina.reads("Enter a name for the search")
    amina.types("Name of the search", "Nurses in Riverton")
    amina.ticks("At once")
    amina.shows("find-save")
    amina.presses("Save the search")
    amina.reads("Your search is saved.", "Nurses in Riverton")

    a_nurse_is_sought(site, "School nurse")
    reader: Person = person("reader")
    finds_the_mail(reader, "1 new vacancy: Nurses in Riverton")
    reader.reads("School nurse", "Riverton Department of Health")
    text = reader.page.locator("main").inner_text()
    ending = re.search(r"(/saved-searches/\S+)", text)
    assert ending
    reader.opens(ending[1])
    reader.reads("End the mail about a search", "Nurses in Riverton")
    reader.presses("End the mail")
    reader.reads("No more mail about this search")

    amina.opens("/my/saved-searches")
    amina.reads("Paused", "1 vacancy told so far.")
    amina.shows("find-saved")
    amina.presses("Delete")
    amina.reads("You can undo this for 7 days.")
    amina.presses("Undo")
    amina.reads("The search is back.")


def test_programs_read_what_people_read(person):
    visitor: Person = person("visitor")
    visitor.opens("/vacancies?text=nurse&place=mill")
    feed = ET.fromstring(visitor.downloads("Feed (Atom)"))  # noqa: S314 - our own server's
    titles = [entry.findtext("{*}title") for entry in feed.findall("{*}entry")]
    assert titles == ["Senior nurse"]
    visitor.opens("/exam-days")
    visitor.reads("Applications close: Public health nurse")
    visitor.shows("find-exam-days")
    address = visitor.page.get_by_role("link", name="/exam-days.ics").first
    calendar = icalendar.Calendar.from_ical(visitor.fetches(address))
    assert len(calendar.walk("VTIMEZONE")) == 1
    jobs_found = visitor.page.request.get(f"{visitor.site.url}/api/search?Keyword=senior+nurse").json()
    assert jobs_found["SearchResult"]["SearchResultCountAll"] == 1


def test_searching_on_a_phone_without_script(person):
    nora: Person = person("nora", viewport=PHONE, java_script_enabled=False)
    nora.opens("/vacancies")
    nora.types("Job title, skill or number", "nurse")
    nora.picks("Sort by", "Closing soonest")
    nora.presses("Search", exact=True)
    first = nora.page.locator(".merit-vacancy h2").first.inner_text()
    assert first.startswith("Public health nurse")
    nora.page.locator("summary").first.click()
    nora.ticks("Closing within 7 days")
    nora.presses("Apply filters")
    nora.reads("1 vacancy", "Closing within 7 days")
    nora.follows("Clear all")
    nora.reads("Senior nurse")
    nora.follows("Senior nurse")
    nora.opens("/exam-days")
    nora.signs_in()
    nora.opens("/my/exam-days")
    nora.presses("Make a calendar link")
    nora.reads("Your calendar has a new link.", ".ics")


def test_searching_by_keyboard_alone(person):
    chen: Person = person("chen")
    typist = Typist(chen)
    chen.opens("/vacancies")
    typist.types("Job title, skill or number", "trainee")
    typist.sends()
    chen.reads("1 vacancy", "Nurse trainee")
    typist.enters("Remove filter: “trainee”", "a")
    typist.enters("Nurse trainee", "a")
    chen.reads("Apply for this vacancy")
