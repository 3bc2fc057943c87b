"""An employee enrols in a course on a phone, is approved, attends, and downloads the certificate."""

from __future__ import annotations

import datetime as dt

import pytest

from app.platform import clock
from tests.browser import office
from tests.browser import steps_letters as letters
from tests.browser.people import PHONE, Person

pytestmark = pytest.mark.browser
COURSE = "First aid for drivers"
LETTER = f"Certificate of training: {COURSE}"


def test_an_employee_takes_a_course_and_holds_the_certificate(person, site):
    officer, viktor = person("hr"), person("viktor", viewport=PHONE)
    officer.signs_in()
    adds_a_course(officer)
    plans_a_session(officer)
    viktor.signs_in()
    asks_for_a_seat(viktor)
    approves(officer)
    viktor.opens("/my/training")
    viktor.reads("Has a seat")
    office.course_begins(site, COURSE)
    records_the_attendance(officer)
    letters.has_letters(viktor, LETTER)
    pdf = letters.downloads_a_letter(viktor, LETTER)
    address = letters.reads_a_letter(viktor, LETTER, COURSE, "Viktor Petrov", "Larkhaven Fire and Rescue")
    letters.checks_the_letter(person("visitor"), address, pdf)
    says_how_it_was(viktor)


def adds_a_course(officer: Person) -> None:
    officer.opens("/staff/courses")
    officer.presses("Add a course")
    officer.presses("Save the course")
    officer.reads("There is a problem")
    officer.types("Code", "DRV-900")
    officer.types("Title", COURSE)
    officer.types("Provider", "Larkhaven Fire and Rescue")
    officer.types("What it is about", "The first minutes until help comes.")
    officer.types("Hours", "4")
    officer.types("Months for which a certificate is valid", "24")
    officer.presses("Save the course")
    officer.reads("Course saved.", COURSE)


def plans_a_session(officer: Person) -> None:
    officer.presses("Plan a session")
    first = (clock.now() + dt.timedelta(days=10)).date()
    for name, hour in (("starts_at", "09:00"), ("ends_at", "13:00"), ("enrol_until", "08:00")):
        parts = {f"{name}-day": first.day, f"{name}-month": first.month, f"{name}-year": first.year}
        officer.fills(**{part: str(value) for part, value in parts.items()}, **{f"{name}-time": hour})
    officer.ticks("In a place")
    officer.types("Place, or how to join", "Depot 2")
    officer.types("Trainer", "Halina Brooks")
    officer.types("Seats", "6")
    officer.presses("Save the session")
    officer.reads("Session planned.", "Nobody has asked for a seat yet.")


def asks_for_a_seat(viktor: Person) -> None:
    viktor.opens("/my/training")
    viktor.presses("Find a course")
    viktor.follows(COURSE)
    viktor.reads("6 seats of 6 free")
    viktor.presses("Ask for a seat")
    viktor.presses("Ask for a seat")
    viktor.reads("There is a problem")
    viktor.types("Why this course", "I drive alone.")
    viktor.presses("Ask for a seat")
    viktor.reads("Waits for approval")


def approves(officer: Person) -> None:
    officer.opens("/staff/course-sessions")
    officer.follows(COURSE)
    officer.follows("Decide on Viktor Petrov")
    officer.reads("I drive alone.")
    officer.ticks("Approve", exact=True)
    officer.presses("Decide")
    officer.reads("Decided: has a seat")


def records_the_attendance(officer: Person) -> None:
    officer.opens("/staff/course-sessions?when=past")
    officer.follows(COURSE)
    officer.presses("Record the attendance")
    officer.ticks("Viktor Petrov")
    officer.presses("Record the attendance")
    officer.reads("Attendance recorded.", "Attended")


def says_how_it_was(viktor: Person) -> None:
    viktor.opens("/my/training")
    viktor.follows(COURSE, exact=True)
    viktor.presses("Say how the course was")
    for group in viktor.page.get_by_role("group").all():
        group.get_by_role("radio", name="Rather agree").check()
    viktor.presses("Send the answers")
    viktor.reads("Thank you. Your answers are kept without your name.")
