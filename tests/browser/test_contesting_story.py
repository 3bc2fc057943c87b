"""After the examination: an offer answered, a key objected to, a result appealed against, the admit card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.exams.admit_cards import services as admit_cards
from app.exams.objections.services import release_key
from app.exams.offers.services import make_offer
from app.personnel.appointments.states import AppointmentKind
from app.platform import clock, storage
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.factories.accounts import make_account
from tests.integration.exams import world as exams

ZONE = "America/New_York"
HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office whose list is published, with a released key, admit cards and an offer to Ada."""
    folder = tmp_path_factory.mktemp("contesting")
    with serving(folder, partial(fill, folder)) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    """Play the examination a few days ago, by its services."""
    with mock.patch.object(storage, "_store", storage.FileStore(folder / "files")):
        return play(session)


def play(session: Session) -> dict[str, str]:
    """Rank six people, release the key and the admit cards, and offer Ada a position."""
    now = clock.now()
    held_on = clock.local_date(now, ZONE) - dt.timedelta(days=6)
    with mock.patch.multiple(exams, AT=now, HELD_ON=held_on):
        world = exams.prepare(exams.make_world(session))
        certificate = exams.certify(world, exams.publish(world), vacancies=2)
    exam = {"examination_id": world.exam.id, "actor": world.actor("exam_officer"), "at": now}
    release_key(session, days=5, **exam)
    starts_at = clock.zoned_moment(held_on, dt.time(10), ZONE)
    values = {
        "venue": "School 12, room 4",
        "address": "4 School Street, New York",
        "doors_open_at": starts_at - HOUR,
        "doors_close_at": starts_at,
        "starts_at": starts_at,
        "minutes": 90,
        "bring": "A black pen",
    }
    admit_cards.arrange(session, values=values, **exam)
    admit_cards.release(session, **exam)
    ada = world.numbers()["Ada"]
    make_offer(
        session,
        certificate_id=certificate.id,
        entry_id=next(entry.id for entry in certificate.entries if entry.entry.candidate.number == ada),
        position_id=world.positions[0].id,
        kind=AppointmentKind.PROBATIONAL,
        starts_on=clock.local_date(now, ZONE) + dt.timedelta(days=30),
        days=7,
        actor=world.actor("authority"),
        at=now,
    )
    world.accounts["appeals"] = make_account(
        session, name="Olga Berg", roles=[(Role.HR_OFFICER, world.agency.id)]
    )
    session.flush()
    return {short: account.email for short, account in world.accounts.items()} | {
        name.lower(): row.account.email for name, row in applicants(session, world).items()
    }


def applicants(session: Session, world: exams.World):  # type: ignore[no-untyped-def]
    """Give everyone's application with its account."""
    for row in world.applications.values():
        session.refresh(row, ["account"])
    return world.applications


def to_the_application(somebody: Person) -> None:
    somebody.signs_in()
    somebody.opens("/my/applications")
    somebody.follows("Open")


def test_an_offer_is_accepted_on_a_phone(person):
    ada = person("ada", viewport=PHONE)
    to_the_application(ada)
    ada.reads("Answer the offer")
    ada.shows("application-with-offer")
    ada.follows("Answer the offer")
    ada.reads("We wait for your answer")
    ada.shows("offer")
    ada.presses("Accept", exact=True)
    ada.presses("Accept the offer")
    ada.reads("Tick the box to accept the offer")
    ada.ticks("I accept this position")
    ada.presses("Accept the offer")
    ada.reads("You have accepted.")


def test_an_objection_is_filed_without_script_and_reaches_the_office(person):
    ben = person("ben", viewport=PHONE, java_script_enabled=False)
    to_the_application(ben)
    ben.follows("Last moment to object to the key")
    ben.reads("Your answers and the key")
    ben.ticks("Object to question 3", exact=True)
    ben.ticks("Object to question 10")
    ben.shows("sheet-to-object")
    ben.presses("Object to the chosen questions")
    ben.reads("Object to 2 questions")
    ben.ticks("Another answer is right", within="Question 10")
    ben.types("Why? Name your source", "Smith, Bridges, page 12.", within="Question 10")
    ben.presses("Send", exact=True)
    ben.reads("Select what is wrong")
    ben.shows("two-objections")
    ben.ticks("The question was unclear", within="Question 3")
    ben.types("Why? Name your source", "A line of the table is missing.", within="Question 3")
    ben.presses("Send", exact=True)
    ben.reads("Your objections are received.", "Waiting for a decision")
    ben.shows("sheet-objected")
    officer = person("exam_officer")
    officer.signs_in()
    officer.opens("/staff/examinations")
    officer.goes_on(officer.page.locator("main a[href*='/staff/examinations/exm_']"))
    officer.follows("Provisional key and challenges")
    officer.reads("To decide", "Another answer is right (1)")
    officer.shows("objections")
    officer.follows("Question 10")
    officer.reads("Waits for a decision")
    officer.follows(officer.page.locator("main td a, main th a").first.inner_text())
    officer.reads("Smith, Bridges, page 12.")
    officer.shows("objection")


def test_a_result_is_appealed_against_and_decided(person):
    fay = person("fay", viewport=PHONE)
    to_the_application(fay)
    fay.follows("Last moment to appeal")
    fay.presses("Appeal", exact=True)
    fay.types("What is wrong with the decision, and why?", "Question 3 was marked wrongly.")
    fay.presses("Send the appeal")
    fay.reads("Your appeal is received.", "Waiting for a decision")
    fay.shows("appeals")
    officer = person("appeals")
    officer.signs_in()
    officer.opens("/staff/appeals")
    officer.follows("Fay")
    officer.presses("Decide", exact=True)
    officer.ticks("Dismissed")
    officer.types("Reasons", "The key was checked with both authors.")
    officer.presses("Decide the appeal")
    officer.reads("The appeal is decided.", "Dismissed")
    officer.shows("appeal")
    fay.opens("/my/applications")
    fay.follows("Open")
    fay.reads("Your appeal: Dismissed")


def test_an_admit_card_is_shown_and_saved(person):
    dan = person("dan", viewport=PHONE)
    to_the_application(dan)
    dan.opens(dan.page.url + "/admit-card")
    dan.reads("School 12, room 4", "Nobody is let in after")
    dan.shows("admit-card")
    card = dan.fetches(dan.page.get_by_role("button", name="Save the admit card"))
    assert card.startswith(b"%PDF-")
    officer = person("exam_officer")
    officer.signs_in()
    officer.opens("/staff/examinations")
    officer.goes_on(officer.page.locator("main a[href*='/staff/examinations/exm_']"))
    officer.follows("Place, times and admit cards")
    officer.reads("The admit cards were released")
    officer.shows("arrangements")


def test_interruptions_are_declared_by_one_officer_and_decided_by_another(person):
    first, second = person("hr_officer"), person("second_officer")
    first.signs_in()
    first.opens("/staff/intake")
    first.reads("The clock-stop rule")
    first.presses("Declare an interruption")
    yesterday = clock.local_date(clock.now(), ZONE) - dt.timedelta(days=1)
    first.picks("Agency", first.page.locator("select[name='agency_id'] option").last.inner_text())
    for name, time in (("starts_at", "9:00"), ("ends_at", "9:20")):
        parts = {"day": yesterday.day, "month": yesterday.month, "year": yesterday.year, "time": time}
        for part, value in parts.items():
            first.page.locator(f"[name='{name}-{part}']").fill(str(value))
    first.types("What happened", "The network operator reports a cut cable.")
    first.presses("Declare the interruption")
    first.reads("A second officer must confirm it.", "Waits for a second officer")
    second.signs_in()
    second.opens("/staff/intake")
    second.shows("intake")
    second.presses("Confirm")
    second.reads("Confirmed by second_officer")
