"""The day of an examination in two centres: wishes, needs, seats by lot, cards, check-in, the board."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from app.platform import clock, storage
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.factories.sessions import make_centre, make_room, make_sessions, make_shift
from tests.integration.exams import world as exams

ZONE = "America/New_York"
HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office whose examination is today, in two centres; the doors are open."""
    folder = tmp_path_factory.mktemp("sessions")
    with serving(folder, partial(fill, folder)) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    """Register six candidates for today, and divide the examination."""
    now = clock.now()
    with (
        mock.patch.object(storage, "_store", storage.FileStore(folder / "files")),
        mock.patch.multiple(exams, AT=now, HELD_ON=clock.local_date(now, ZONE)),
    ):
        world = exams.make_world(session)
        exams.hold(world)
        exams.set_key(world)
    shift = make_shift(session, world.exam, "First shift", now + HOUR / 2)
    for code in ("NORTH", "SOUTH"):
        centre = make_centre(session, world.agency.id, code)
        make_sessions(session, shift, [make_room(session, centre, "12", directions="Ground floor")])
        make_sessions(session, shift, [make_room(session, centre, "K")], is_apart=True)
    session.flush()
    for row in world.applications.values():
        session.refresh(row, ["account"])
    people = {short: account.email for short, account in world.accounts.items()}
    return people | {name.lower(): row.account.email for name, row in world.applications.items()}


def to_the_application(somebody: Person) -> None:
    somebody.signs_in()
    somebody.opens("/my/applications")
    somebody.follows("Open")


def to_the_examination(somebody: Person) -> None:
    somebody.opens("/staff/examinations")
    somebody.goes_on(somebody.page.locator("main a[href*='/staff/examinations/exm_']"))


def face() -> bytes:
    """Draw a picture that can stand for a photograph."""
    written = io.BytesIO()
    Image.radial_gradient("L").resize((600, 800)).convert("RGB").save(written, "JPEG")
    return written.getvalue()


def test_the_day_of_an_examination(person):
    officer = person("exam_officer")
    officer.signs_in()
    ask_for_centres(officer)
    ada, ben = person("ada", viewport=PHONE), person("ben", viewport=PHONE, java_script_enabled=False)
    name_a_centre(ada)
    ask_for_time(ben)
    decide(officer)
    seat_everyone(officer)
    number = take_the_card(ada)
    check_in(officer, number)
    call_the_roll(officer)
    report_an_incident(officer, person("hr_officer"))
    ada.opens("/my/applications")
    ada.follows("Open")
    ada.reads("12 minutes more were given.")
    to_the_examination(officer)
    officer.follows("Attendance and completeness")
    officer.reads("Everyone is marked. The answers are not imported yet.")
    officer.shows("completeness")


def ask_for_centres(officer: Person) -> None:
    to_the_examination(officer)
    officer.follows("Sessions and seats")
    officer.reads("First shift", "NORTH")
    officer.shows("sessions")
    officer.follows("Seats", exact=True)
    officer.follows("Centres to name, and what to bring")
    tomorrow = clock.local_date(clock.now(), ZONE) + dt.timedelta(days=1)
    parts = {"day": tomorrow.day, "month": tomorrow.month, "year": tomorrow.year, "time": "17:00"}
    officer.fills(**{f"wishes_until-{part}": str(value) for part, value in parts.items()})
    officer.types("What to bring, and what to leave at home", "This card\nA black pen")
    officer.presses("Save")
    officer.reads("Saved.")


def name_a_centre(ada: Person) -> None:
    to_the_application(ada)
    ada.follows("Name the centres where you would like to sit")
    ada.picks("First choice", "School SOUTH (SOUTH)")
    ada.shows("name-centres")
    ada.presses("Save my choice")
    ada.reads("Change your centres")
    ada.opens("/my/photograph")
    ada.page.locator("input[type=file]").set_input_files(
        [{"name": "me.jpg", "mimeType": "image/jpeg", "buffer": face()}]
    )
    ada.presses("Save the photograph")
    ada.shows("photograph")


def ask_for_time(ben: Person) -> None:
    to_the_application(ben)
    ben.follows("Tell us what you need at the examination")
    ben.presses("Ask for something")
    ben.presses("Send the request")
    ben.reads("Select what you need")
    ben.ticks("More time")
    ben.types("Why do you need it?", "I have dyslexia.")
    ben.presses("Send the request")
    ben.reads("Your request is received.", "Waiting for a decision")


def decide(officer: Person) -> None:
    to_the_examination(officer)
    officer.follows("Sessions and seats")
    officer.follows("Accommodations")
    officer.follows("More time")
    officer.ticks("Grant it")
    officer.types("Reason", "Granted at school, too.")
    officer.presses("Decide")
    officer.reads("Enter how many minutes more")
    officer.types("Minutes more", "20")
    officer.presses("Decide")
    officer.reads("Granted", "20 minutes")
    officer.shows("accommodations")


def seat_everyone(officer: Person) -> None:
    to_the_examination(officer)
    officer.follows("Sessions and seats")
    officer.follows("Seats", exact=True)
    officer.presses("Preview and fix the seats")
    officer.reads("Candidates may name centres until")
    officer.follows("Cancel")
    officer.follows("Centres to name, and what to bring")
    officer.fills(**{f"wishes_until-{part}": "" for part in ("day", "month", "year", "time")})
    officer.presses("Save")
    officer.presses("Preview and fix the seats")
    officer.shows("seats-preview")
    officer.types("Public seed", "04 11 17 23 38 42")
    officer.presses("Fix the seats")
    officer.reads("The seats are fixed.")
    officer.presses("Release the admit cards")
    officer.shows("seats")
    officer.follows("Compute the seats again")
    officer.reads("The rule gives the same seats again")


def take_the_card(ada: Person) -> str:
    ada.opens("/my/applications")
    ada.follows("Open")
    ada.follows("Print or save your admit card")
    ada.reads("School SOUTH (SOUTH)", "Seat")
    ada.shows("admit-card-seat")
    assert ada.fetches(ada.page.get_by_role("button", name="Save the admit card")).startswith(b"%PDF-")
    found = re.search(r"C\d{6}", ada.page.locator("main").inner_text())
    assert found
    ada.follows("How you got your seat")
    ada.reads("04 11 17 23 38 42", "SOUTH, NORTH")
    ada.shows("seat-explained")
    return found[0]


def check_in(officer: Person, number: str) -> None:
    """Play the scanner: it types into the field that has the focus, and presses Enter."""
    officer.opens("/staff/check-in")
    officer.page.keyboard.type(number)
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    officer.sees_a_good_page()
    officer.reads(f"{number} is marked present", "Ada")
    officer.shows("check-in")
    assert officer.page.evaluate("document.activeElement.name") == "code"


def call_the_roll(officer: Person) -> None:
    to_the_examination(officer)
    officer.follows("Attendance and completeness")
    officer.reads("Something is open. The list is locked.")
    for code in ("NORTH, room 12", "NORTH, room K", "SOUTH, room 12", "SOUTH, room K"):
        if not officer.page.get_by_role("link", name=code).count():
            continue
        officer.follows(code)
        if officer.page.get_by_role("button", name="Mark everyone present").count():
            officer.presses("Mark everyone present who is not marked yet")
        officer.shows("roll")
        officer.follows("See the board")


def report_an_incident(officer: Person, second: Person) -> None:
    officer.follows("Incidents")
    officer.presses("Report an incident")
    officer.ticks("The power failed")
    options = officer.page.locator("select[name='session_id'] option", has_text="SOUTH, room 12")
    officer.picks("Session", options.first.inner_text())
    now = clock.now().astimezone(clock.ZoneInfo(ZONE)) - dt.timedelta(minutes=2)
    parts = {"day": now.day, "month": now.month, "year": now.year, "time": f"{now:%H:%M}"}
    officer.fills(**{f"happened_at-{part}": str(value) for part, value in parts.items()})
    officer.types("What you saw", "Dark for twelve minutes.")
    officer.ticks("It touched everyone in this session")
    officer.presses("Report the incident")
    officer.presses("Propose a remedy")
    officer.ticks("More time was given")
    officer.types("Minutes more", "12")
    officer.types("Reasons", "Given at the end.")
    officer.presses("Propose the remedy")
    officer.reads("Needs a second person")
    address = officer.page.url
    second.signs_in()
    second.opens(address)
    second.presses("Decide")
    second.ticks("Confirm the remedy")
    second.types("Reason", "As the rules say.")
    second.presses("Decide")
    second.reads("Decided")
    second.shows("incident")
