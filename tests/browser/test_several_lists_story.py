"""Names from several lists: who was laid off comes first, then the promotion list, then the open one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy.orm import Session

from app.exams.preferred_lists.services import place_separated
from app.personnel.actions.rules import Changes
from app.personnel.actions.services import carry_out
from app.personnel.actions.states import ActionKind
from app.personnel.appointments.states import AppointmentKind
from app.platform import clock, storage
from app.recruitment.applications.states import Screening
from app.recruitment.postings.states import Audience, PostingState
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.browser.steps_performance import dates
from tests.factories.accounts import make_account
from tests.factories.applications import make_application
from tests.factories.personnel import make_appointment, make_employee, make_position
from tests.factories.recruitment import make_posting
from tests.integration.exams import world as exams

ZONE = "America/New_York"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office with an open and a promotion list of one class, whose engineer Noor was laid off."""
    folder = tmp_path_factory.mktemp("lists")
    with serving(folder, partial(fill, folder)) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    """Play both examinations by their services, and lay one person off."""
    with mock.patch.object(storage, "_store", storage.FileStore(folder / "files")):
        now = clock.now()
        today = clock.local_date(now, ZONE)
        with mock.patch.multiple(exams, AT=now, HELD_ON=today):
            world = exams.prepare(exams.make_world(session, openings=5))
            exams.publish(world)
            promote(world, now)
            lay_off(world, today, now)
            session.flush()
    return {short: account.email for short, account in world.accounts.items()}


def promote(world: exams.World, now: dt.datetime) -> None:
    """Publish a list of two people in service for the same class."""
    posting = make_posting(
        world.session,
        agency_id=world.agency.id,
        state=PostingState.CLOSED,
        audience=Audience.EMPLOYEES,
        title="Civil Engineer, promotion",
        criteria=[],
    )
    own = exams.World(
        world.session, world.agency, world.accounts, posting, world.requisition, world.positions
    )
    for place, name in enumerate(("Gus", "Hal"), start=1):
        own.applications[name] = make_application(
            world.session,
            posting_id=posting.id,
            account_id=make_account(world.session, name=name).id,
            screening=Screening.ELIGIBLE,
            applicant_name=name,
            submitted_at=now - dt.timedelta(days=5 + place),
        )
    exams.hold(own, title="Civil Engineer, promotion")
    exams.set_key(own)
    exams.import_answers(own, exams.answers_of(own, {"Gus": 9, "Hal": 8}))
    exams.publish(own)


def lay_off(world: exams.World, today: dt.date, now: dt.datetime) -> None:
    """Separate Noor by a reduction in force, and put her on the preferred list."""
    since = today - dt.timedelta(days=3000)
    noor = make_employee(world.session, agency_id=world.agency.id, name="Noor", hired_on=since)
    position = make_position(world.session, agency=world.agency, class_code="20215")
    make_appointment(
        world.session, employee=noor, position=position, starts_on=since, kind=AppointmentKind.PERMANENT
    )
    carry_out(
        world.session,
        employee_id=noor.id,
        kind=ActionKind.SEPARATION,
        effective_on=today - dt.timedelta(days=2),
        changes=Changes(),
        authority_code="NY-80",
        authority="New York Civil Service Law, section 80",
        reason="The unit was given up.",
        source=None,
        approved_by=world.accounts["second_officer"].id,
        actor=world.actor("hr_officer"),
        at=now,
    )
    place_separated(world.session, at=now)


def seated(person, name: str, **options) -> Person:  # type: ignore[no-untyped-def]
    somebody = person(name, **options)
    somebody.signs_in()
    return somebody


def asks_from_several_lists(officer: Person, vacancies: str) -> None:
    officer.opens("/staff/merit-lists")
    officer.follows("Civil Engineer, promotion")
    officer.presses("Certify names")
    officer.follows("Ask from several lists in order")
    officer.page.get_by_role("radio").first.check()
    officer.types("Vacancies to fill", vacancies)
    officer.presses("Ask for names from these lists")


def test_lists_serve_a_request_in_the_order_of_the_law(person):
    # Given a person who was laid off: no name of any list is asked for before her
    officer = seated(person, "hr_officer")
    asks_from_several_lists(officer, "3")
    officer.reads("There is a problem", "People whose positions were given up come first", "Noor")
    officer.reads("1 person must be offered a position first")
    officer.shows("several-lists-refused")

    # When she is offered a position and declines, which a second officer records
    officer.follows("Noor")
    officer.reads("On the list", "N.Y. Civil Service Law sec. 81(1)")
    place = officer.page.url
    officer.presses("Offer a position")
    officer.presses("Record the offer")
    officer.reads("There is a problem", "Enter the first day")
    officer.page.get_by_label("Position").select_option(index=1)
    dates(officer, starts_on=-40)
    officer.presses("Record the offer")
    officer.reads("A second officer records the answer.", "Offered a position")
    second = seated(person, "second_officer", viewport=PHONE)
    second.opens(place)
    second.shows("preferred-entry")
    second.presses("Record the answer")
    second.ticks("Declined")
    second.types("What shows it", "Her letter of today.")
    second.presses("Record the answer")
    second.reads("Declined, off the list")

    # Then the promotion list is used up before the open one, each by a certificate of its own
    asks_from_several_lists(officer, "2")
    officer.reads("The first list in the order has people for every vacancy")
    officer.types("Vacancies to fill", "3")
    officer.presses("Ask for names from these lists")
    officer.reads("A second HR officer has to issue the certificates.")
    officer.shows("joint-request")
    request = officer.page.url
    second.opens(request)
    second.presses("Issue")
    second.presses("Issue these certificates")
    second.reads("There is a problem")
    second.ticks("I have looked at the order of the lists and at the names")
    second.presses("Issue these certificates")
    second.reads("Certificates issued.")
    second.shows("joint-issued")

    # And the audit of the second certificate finds its place and its names right
    second.goes_on(second.page.locator("main a[href*='/staff/certificates/crt_']").nth(1))
    second.reads("this certificate serves list 2")
    second.presses("Audits")
    second.presses("Audit now")
    second.reads("Lawful")
