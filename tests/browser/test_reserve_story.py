"""A reserve list: a selected person declines, the next in order is called, reads it, and is appointed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy.orm import Session

from app.platform import clock, storage
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.browser.steps_performance import dates
from tests.integration.exams import world as exams
from tests.integration.exams.test_reserves import BOOK

ZONE = "America/New_York"
PEOPLE = ("Ada", "Ben", "Dan", "Eva")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office that certified Ada and Ben for two posts and keeps Dan and Eva in reserve."""
    folder = tmp_path_factory.mktemp("reserve")
    with serving(folder, partial(fill, folder)) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    """Play the examination by its services under a rulebook that keeps a reserve."""
    with mock.patch.object(storage, "_store", storage.FileStore(folder / "files")):
        now = clock.now()
        with mock.patch.multiple(exams, AT=now, HELD_ON=clock.local_date(now, ZONE)):
            world = exams.make_world(session, PEOPLE)
            exams.hold(world)
            exams.under(world, BOOK)
            exams.set_key(world)
            exams.import_answers(world)
            exams.certify(world, exams.publish(world), vacancies=2)
            session.flush()
    people = {short: account.email for short, account in world.accounts.items()}
    for name, row in world.applications.items():
        session.refresh(row, ["account"])
        people[name.lower()] = row.account.email
    return people


def seated(person, name: str, **options) -> Person:  # type: ignore[no-untyped-def]
    somebody = person(name, **options)
    somebody.signs_in()
    return somebody


def to_the_certificate(somebody: Person) -> None:
    somebody.opens("/staff/certificates")
    somebody.goes_on(somebody.page.locator("main a[href*='/staff/certificates/crt_']"))


def to_the_own_place(candidate: Person) -> None:
    candidate.opens("/my/applications")
    candidate.follows("Open")
    candidate.goes_on(candidate.page.locator("main a[href$='/reserve']"))


def test_the_next_in_reserve_is_called_when_a_place_falls_free(person):
    # Given two people in reserve, who each know their place
    dan, eva = seated(person, "dan", viewport=PHONE), seated(person, "eva")
    to_the_own_place(dan)
    dan.reads("You are next.", "Being on it is no promise of a position.")
    dan.shows("own-reserve")
    to_the_own_place(eva)
    eva.reads("1 person is called before you.")

    # When a selected person declines
    authority = seated(person, "authority")
    to_the_certificate(authority)
    authority.reads("2 people in reserve, 0 called.")
    authority.follows("Decline Ada")
    authority.ticks("Pay")
    authority.types("Evidence", "Her letter of today.")
    authority.presses("Record the decline")

    # Then the office calls the next in order, with what shows that the place is free
    officer = seated(person, "hr_officer")
    officer.lists_what_waits("Places that fell free while a reserve waits")
    officer.follows("CERT-")
    officer.follows("See who is in reserve")
    officer.reads("Ada", "declined")
    officer.shows("reserve")
    officer.presses("Call the next person")
    officer.reads("Dan")
    officer.presses("Call the next person")
    officer.reads("There is a problem", "Select the place", "Tick the box to call the next person")
    officer.page.get_by_role("radio").first.check()
    officer.types("What shows it", "Her letter of today is on file.")
    officer.ticks("The person named above is next in the reserve")
    officer.shows("reserve-call")
    officer.presses("Call the next person")
    officer.reads("Called. The person stands on the certificate", "2 people in reserve, 1 called.")

    # And both people read how they stand now
    to_the_own_place(dan)
    dan.reads("You were called from the reserve list")
    to_the_own_place(eva)
    eva.reads("You are next.")

    # And who was called is appointed like anybody on the certificate, which the audit finds lawful
    to_the_certificate(authority)
    authority.follows("Appoint Dan")
    authority.page.get_by_label("Position").select_option(index=1)
    dates(authority, starts_on=-30)
    authority.presses("Appoint", exact=True)
    authority.reads("Appointed.")
    second = seated(person, "second_officer")
    to_the_certificate(second)
    second.presses("Audits")
    second.presses("Audit now")
    second.reads("Lawful")
