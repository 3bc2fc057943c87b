"""A whole examination: a plan of two parts sealed, two shifts, a panel, one list, an audited appointment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.notices.numbers import application_number
from app.platform import clock, storage
from app.recruitment.applications.states import Screening
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from tests.browser import office
from tests.browser import steps_exams as exams
from tests.browser import steps_selection as selection
from tests.browser import steps_sessions as sessions
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.factories.accounts import make_account
from tests.factories.applications import make_application
from tests.factories.recruitment import make_posting
from tests.integration.exams import world as offices

pytestmark = pytest.mark.browser
VACANCY = "Bridge engineer"
EXAMINATION = "Bridge engineer, written and interview"
RULEBOOK = """[rulebook]
name = "two-shifts"
version = 1
title = "Written test in shifts, and an interview"
citation = "Ordinance 12 of 2025"
read_on = 2026-11-22
effective_from = 2025-01-01

[[component]]
name = "written"
title = "Written test"
kind = "items"
maximum = "100"
weight = "60"
minimum = "40"

[component.normalise]
method = "mean"
by = "shift"
base = "all"
rounding = { places = 2, mode = "half-up" }
citation = "Ordinance 12, section 4"

[[component]]
name = "interview"
title = "Interview"
kind = "panel"
maximum = "100"
weight = "40"
minimum = "40"

[component.panel]
method = "mean"
raters = 2
citation = "Ordinance 12, section 6"

[total]
scale = "100"
display = { places = 2, mode = "half-up" }

[order]
numbering = "competition"

[[order.key]]
by = "total"
title = "total"

[[order.key]]
by = "draw"
title = "lot"

[certification]
reach = "people"
plus = "2"
per_vacancy = "1"
ties = "include"
reform = true
citation = "Ordinance 12, section 9: the highest three"

[certification.list_life]
years = 1
"""
PEOPLE = ("Alma", "Boris", "Celia", "David", "Emre", "Fiona")
# Right answers of ten; the third of each shift stays away. Means: 85 and 45, 65 of everybody: -20 and +20.
RIGHT = {"Morning": (9, 8), "Afternoon": (6, 3)}
# All were given 8 of 10 in the interview: 32 of the 40.
TOTALS = {
    ("Afternoon", 0): "80.00",
    ("Morning", 0): "74.00",
    ("Morning", 1): "68.00",
    ("Afternoon", 1): "62.00",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office with an approved posting under a rulebook that nobody has brought yet; letters are held."""
    folder = tmp_path_factory.mktemp("whole")
    with serving(folder, partial(fill, folder), more={"MERITUM_LETTER_HOLD": "1"}) as started:
        yield started


def fill(folder: Path, session: Session) -> dict[str, str]:
    """Make the officers, the raters, two positions and the posting."""
    with mock.patch.object(storage, "_store", storage.FileStore(folder / "files")):
        world = offices.make_world(session, ())
        session.delete(world.posting)
        session.flush()
        make_posting(
            session,
            agency_id=world.agency.id,
            requisition_id=world.requisition.id,
            title=VACANCY,
            rulebook="two-shifts",
            state=PostingState.APPROVED,
            criteria=[],
            openings=2,
        )
        people = {short: account.email for short, account in world.accounts.items()}
        for short in ("rater1", "rater2"):
            roles = [(Role.RATER, world.agency.id)]
            people[short] = make_account(session, name=short.capitalize(), roles=roles).email
        for name in PEOPLE:
            people[name.lower()] = make_account(session, name=name).email
        return people


def test_an_examination_from_its_plan_to_the_entry_on_duty(site, person):
    names = ("exam_officer", "hr_officer", "second_officer", "custodian", "authority")
    officer, hr, second, custodian, authority = (seated(person, name) for name in names)
    the_plan_is_sealed(site, officer, hr)
    they_apply_in_time(site)
    numbers = the_examination_is_prepared(officer, custodian)
    a_candidate_reads_the_own_card(seated(person, "alma", viewport=PHONE))
    the_day_is_held(officer, numbers)
    the_answers_come_in(officer, numbers)
    the_panel_rates(site, officer, [seated(person, name) for name in ("rater1", "rater2")])
    the_list_is_made(officer, hr, numbers)
    a_name_is_asked_for_and_appointed(authority, hr, second)
    nobody_enters_on_duty_before_the_audit(authority, hr)


def seated(person, name: str, **options) -> Person:  # type: ignore[no-untyped-def]
    somebody = person(name, **options)
    # a list is computed twice before it is published, which takes its time on a busy machine
    somebody.page.context.set_default_timeout(30_000)
    somebody.signs_in()
    return somebody


def the_plan_is_sealed(site: Site, officer: Person, hr: Person) -> None:
    sessions.uploads_the_rulebook(officer, RULEBOOK)
    sessions.approves_the_rulebook(hr, "Written test in shifts, and an interview")
    with office._changing(site) as session:
        own = session.scalars(select(Posting.id).where(Posting.title == VACANCY)).one()
    sessions.writes_the_plan(officer, f"/staff/postings/{own}/plan")
    hr.opens(f"/staff/postings/{own}")
    hr.presses("Publish")
    hr.presses("Publish the posting")
    hr.reads("Published. Everyone can read the vacancy now.")
    officer.opens(f"/staff/postings/{own}/plan")
    officer.reads("Sealed", "Half an hour, before two raters.")
    officer.shows("whole-plan")


def they_apply_in_time(site: Site) -> None:
    """Six people apply and are found eligible; the deadline passes."""
    with office._changing(site) as session:
        posting = session.scalars(select(Posting).where(Posting.title == VACANCY)).one()
        for place, name in enumerate(PEOPLE, start=1):
            make_application(
                session,
                posting_id=posting.id,
                account_id=office.account_of(session, site.people[name.lower()]).id,
                screening=Screening.ELIGIBLE,
                number=application_number(place, 2026),
                applicant_name=name,
                submitted_at=clock.now(),
            )
    office.deadline_passes(site, VACANCY)
    office.clock_closes(site, VACANCY)


def the_examination_is_prepared(officer: Person, custodian: Person) -> dict[str, list[str]]:
    """Gives the candidates' numbers by shift."""
    exams.creates_the_examination(officer, EXAMINATION)
    exams.registers_the_candidates(officer, len(PEOPLE))
    exams.proposes_the_key(officer)
    exams.approves_the_key(custodian, EXAMINATION)
    sessions.enters_a_centre(officer, "NORTH", ("12",))
    today = dt.datetime.now(sessions.ZONE).date()
    sessions.divides_into_shifts(officer, EXAMINATION, today)
    return sessions.seats_everyone_by_lot(officer, EXAMINATION)


def the_day_is_held(officer: Person, numbers: dict[str, list[str]]) -> None:
    assert {shift: len(own) for shift, own in numbers.items()} == {"Morning": 3, "Afternoon": 3}
    sessions.calls_the_roll(officer, EXAMINATION, {own[2] for own in numbers.values()})
    opens_the_board(officer)
    officer.reads("Everyone is marked. The answers are not imported yet.")


def opens_the_board(officer: Person) -> None:
    exams.opens_the_examination(officer, EXAMINATION)
    officer.follows("Attendance and completeness")


def a_candidate_reads_the_own_card(candidate: Person) -> None:
    candidate.opens("/my/applications")
    candidate.follows("Open")
    candidate.opens(candidate.page.url + "/admit-card")  # a shift of this day may be over already
    candidate.reads("School NORTH (NORTH)", "Seat")


def the_answers_come_in(officer: Person, numbers: dict[str, list[str]]) -> None:
    """Import by file; one mark is doubtful, and a person looks at it."""
    sheets = {
        numbers[shift][place]: list(exams.answers(right))
        for shift, rights in RIGHT.items()
        for place, right in enumerate(rights)
    }
    sheets[numbers["Morning"][0]][9] = "C?"  # the tenth, which is not among the nine right ones
    exams.opens_the_examination(officer, EXAMINATION)
    officer.follows("Import the answers")
    exams.chooses_the_file(officer, exams.file_of(sheets), "answers.csv")
    officer.ticks("The candidates without a sheet were absent")
    officer.presses("Import the answers")
    officer.reads("4 answer sheets, 2 candidates absent.", "1 doubtful mark")
    officer.follows("Readings and doubtful marks")
    officer.presses("Look at the next mark")
    officer.reads("1 mark left.")
    officer.page.keyboard.press("c")  # as it was captured, so that one person is enough
    officer.reads("No mark waits for you")
    opens_the_board(officer)
    officer.shows("whole-board")


def the_panel_rates(site: Site, officer: Person, raters: list[Person]) -> None:
    panel = sessions.sets_the_panel_up(officer, EXAMINATION, [site.people[rater.name] for rater in raters])
    for rater in raters:
        sessions.declares_and_waits(rater)
    officer.opens(panel)
    officer.presses("Open the panel")
    officer.reads("every candidate has a blind code")
    exams.opens_the_examination(officer, EXAMINATION)
    officer.reads("no mark in “Interview”")
    for rater in raters:
        sessions.rates_everyone(rater, ("8", "8"), people=4)
    officer.opens(panel)
    officer.presses("Hand the marks over")
    officer.reads("The marks are handed over to the list.")


def the_list_is_made(officer: Person, hr: Person, numbers: dict[str, list[str]]) -> None:
    exams.opens_the_examination(officer, EXAMINATION)
    officer.reads("Everything is there: the list can be drafted.")
    officer.shows("whole-examination")
    selection.drafts_the_list(officer)
    hr.lists_what_waits("Merit lists to approve")
    hr.follows(VACANCY)
    rows = [re.split(r"\s+", row.inner_text().strip()) for row in hr.page.locator("tbody tr").all()]
    expected = [(numbers[shift][place], total) for (shift, place), total in TOTALS.items()]
    assert [tuple(own) for own in map(_number_and_total, rows) if own] == expected, rows
    hr.presses("Approve")
    hr.ticks("I have looked at the figures")
    hr.presses("Approve this list")
    hr.presses("Publish")
    hr.ticks("I understand that this cannot be undone")
    hr.presses("Publish this list")
    hr.reads("Letters leave at", "left to undo")
    hr.shows("whole-list")


def _number_and_total(words: list[str]) -> tuple[str, ...]:
    """Give candidate number and total of a row; the mark before preference is the total here."""
    found = (word for word in words if exams.NUMBER.fullmatch(word) or re.fullmatch(r"\d\d\.\d\d", word))
    return tuple(dict.fromkeys(found))


def a_name_is_asked_for_and_appointed(authority: Person, hr: Person, second: Person) -> None:
    authority.opens("/staff/name-requests")
    authority.presses("Ask for names")
    authority.goes_on(authority.page.locator("main a[href*='/staff/name-requests/lists/']"))
    authority.page.get_by_role("radio").first.check()
    authority.types("What HR has to know", "The bridges wait.")
    authority.presses("Ask for names")
    asked = authority.page.url
    hr.opens(asked)
    hr.presses("Answer")
    hr.ticks("Draft the certificate")
    hr.presses("Answer the request")
    selection.issues_the_certificate(second)
    selection.opens_the_certificate(authority)
    appoint = authority.page.get_by_role("link", name=re.compile("^Appoint "))
    authority.goes_on(appoint)
    authority.reads("May be appointed now")
    position = authority.page.get_by_label("Position").locator("option").nth(1).inner_text()
    selection.appoints_here(authority, position, dt.datetime.now(sessions.ZONE).date())
    authority.reads("Appointed. The position is filled")


def nobody_enters_on_duty_before_the_audit(authority: Person, hr: Person) -> None:
    authority.opens("/staff/appointments")
    authority.goes_on(authority.page.locator("main a[href*='/staff/appointments/apt_']"))
    authority.reads("May not enter on duty yet", "has to be audited first")
    appointment = authority.page.url
    selection.opens_the_certificate(hr)
    hr.presses("Audits")
    hr.presses("Audit now")
    hr.reads("Lawful")
    hr.shows("whole-audit")
    authority.opens(appointment)
    authority.reads_nothing_of("May not enter on duty yet")
    authority.presses("Record the entry on duty")
    authority.presses("Record the entry on duty")
    authority.reads("Entry on duty recorded.")
    authority.shows("whole-appointment")
