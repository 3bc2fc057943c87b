"""A published key is challenged: tried, decided by two people, put right at once; and the queue of work."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy.orm import Session

from app.exams.objections.services import release_key
from app.platform import clock, storage
from app.recruitment.applications.states import Screening
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.factories.accounts import make_account
from tests.factories.applications import make_application
from tests.integration.exams import world as exams

ZONE = "America/New_York"
JUDGMENT = "Judgment of the County Court, number 212."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office whose list is published, whose time to object is over, and that certified names."""
    folder = tmp_path_factory.mktemp("challenge")
    with serving(folder, partial(fill, folder)) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    """Play the examination by its services, days ago, and let applications wait for screening."""
    with mock.patch.object(storage, "_store", storage.FileStore(folder / "files")):
        now = clock.now()
        then = now - dt.timedelta(days=6)
        held_on = clock.local_date(then, ZONE) - dt.timedelta(days=5)
        with mock.patch.multiple(exams, AT=then, HELD_ON=held_on):
            world = exams.prepare(exams.make_world(session))
            release_key(
                session, examination_id=world.exam.id, days=3, actor=world.actor("exam_officer"), at=then
            )
        published = now - dt.timedelta(days=1)
        with mock.patch.multiple(exams, AT=published, HELD_ON=held_on):
            merit_list = exams.publish(world)
            exams.certify(world, merit_list, vacancies=2)
        for number, name in enumerate(("Gus", "Hal", "Ida"), start=1):
            make_application(
                session,
                posting_id=world.posting.id,
                account_id=make_account(session, name=name).id,
                screening=Screening.PENDING,
                applicant_name=name,
                submitted_at=now - dt.timedelta(days=20 - number),
            )
    people = {short: account.email for short, account in world.accounts.items()}
    for name, row in world.applications.items():
        session.refresh(row, ["account"])
        people[name.lower()] = row.account.email
    return people


def to_the_challenges(person: Person) -> None:
    person.signs_in()
    person.opens("/staff/examinations")
    person.goes_on(person.page.locator("main a[href*='/staff/examinations/exm_']"))
    person.follows("Provisional key and challenges")


def test_a_key_is_changed_after_publication_by_two_people(person):
    officer = person("exam_officer")
    to_the_challenges(officer)
    officer.reads("Window over", "A question that nobody objected to")
    officer.shows("challenges")
    officer.page.get_by_label("Question", exact=True).select_option("10")
    officer.presses("Go to it")
    officer.presses("Try out or propose a decision")
    officer.shows("challenge-propose")
    officer.presses("Work out what it moves")
    officer.reads("Select what becomes of the question")
    officer.ticks("Another answer is right")
    officer.ticks("B", exact=True)
    officer.presses("Work out what it moves")
    officer.reads("This is no list", "Who moves, and by how much", "Certificate CERT-", "Who looked at it")
    officer.shows("what-if")
    moved = list(csv.reader(io.StringIO(officer.downloads("Download everybody who would move").decode())))
    assert [row[1:3] for row in moved if row[1] == "1"] == [["1", "3"]]
    officer.follows("Challenges to the key")
    officer.reads("What was tried")
    officer.page.get_by_label("Question", exact=True).select_option("10")
    officer.presses("Go to it")
    officer.presses("Try out or propose a decision")
    officer.ticks("Another answer is right")
    officer.ticks("B", exact=True)
    officer.types("Reason", "The text of the question says so.")
    officer.types("What led to it, where nobody objected", JUDGMENT)
    officer.presses("Propose this decision")
    officer.reads("You proposed this decision", JUDGMENT)
    custodian = person("custodian")
    to_the_challenges(custodian)
    custodian.presses("Confirm decisions")
    custodian.reads("This corrects a published list")
    custodian.ticks("Question 10. The key changes from A to B")
    custodian.shows("challenge-confirm")
    custodian.presses("Confirm and carry out")
    custodian.reads("What the correction moved", "Certificate CERT-")
    custodian.shows("correction")
    for name, title in (("ada", "Your result was corrected"), ("ben", "Your result was corrected")):
        somebody = person(name, viewport=PHONE)
        somebody.signs_in()
        waits_for_a_letter(somebody, f"{title}: Civil Engineer, written examination")
        somebody.shows(f"letters-{name}")


def waits_for_a_letter(somebody: Person, title: str, seconds: float = 60) -> None:
    """Wait until the worker has written a letter, and find it among the person's own."""
    end = time.monotonic() + seconds
    somebody.opens("/my/letters")
    while not somebody.page.get_by_text(title).count() and time.monotonic() < end:
        time.sleep(0.5)
        somebody.page.reload()
    somebody.reads(title)


def test_what_follows_for_a_certificate_is_decided(person):
    officer = person("hr_officer")
    officer.signs_in()
    officer.opens("/staff/?kind=corrections-that-touch-a-certificate")
    officer.reads("Corrections that touch a certificate")
    officer.follows("Corrections that touch a certificate: CERT-")
    officer.shows("correction-flag")
    officer.presses("Record what follows")
    officer.reads("Select what follows")
    officer.ticks("Names are certified again")
    officer.types("Reason", "Nobody was selected from it yet.")
    officer.presses("Record what follows")
    officer.reads("Touched by a correction of the list", "Names are certified again")
    officer.shows("certificate-flag")


def test_the_queue_is_worked_by_keys_and_in_one_act(person):
    officer = person("hr_officer")
    officer.signs_in()
    officer.opens("/staff/")
    officer.reads("Applications to screen", "Overdue")
    officer.shows("queue")
    page = officer.page
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[name=chosen]:checked").count() == 2
    page.keyboard.press("?")
    assert page.locator("#keys").get_attribute("open") is not None
    page.get_by_label("Words").focus()
    page.keyboard.type("jk?x")
    assert page.get_by_label("Words").input_value() == "jk?x"
    officer.presses("Decide alike")
    officer.shows("bulk")
    officer.ticks("Eligible", exact=True)
    officer.types("Reason", "Each diploma is on file.")
    officer.presses("Show what will happen")
    officer.reads("Nothing was done yet.", "Will be done")
    officer.shows("bulk-preview")
    officer.presses("Do it")
    officer.reads("This was done.", "Eligible; no letter is sent.")
    officer.opens("/staff/?kind=applications-to-screen")
    officer.page.locator("summary", has_text="Your views").click()
    officer.types("Name of this view", "Screening")
    officer.presses("Keep this view")
    officer.reads("View kept.", "Screening")


def test_a_list_is_taken_with_chosen_columns(person):
    officer = person("hr_officer")
    officer.signs_in()
    officer.opens("/staff/positions")
    officer.follows("Download this list")
    officer.shows("download")
    officer.page.get_by_label("Title", exact=True).uncheck()
    with officer.page.expect_download() as taken:
        officer.page.get_by_role("button", name="Download").click()
    rows = list(csv.reader(io.StringIO(Path(taken.value.path()).read_text("utf-8-sig"))))
    assert (rows[0][:2], len(rows)) == (["Number", "Class"], 3)
