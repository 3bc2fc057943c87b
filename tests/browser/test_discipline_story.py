"""An officer proposes a suspension with due process, and the employee reads the letter."""

from __future__ import annotations

import pytest

from tests.browser import steps_letters as letters
from tests.browser.people import PHONE, Person

pytestmark = pytest.mark.browser
CHARGE = "Absence without leave"
EVENT = "On 12 October 2026 you did not report for duty and did not ask for leave."
LETTER = "Notice of proposed suspension without pay for 5 calendar days"


def test_an_employee_reads_what_is_proposed(person):
    officer, viktor = person("hr2"), person("viktor", viewport=PHONE)
    officer.signs_in()
    opens_a_case(officer, "Viktor Petrov")
    adds_a_charge(officer)
    proposes_the_action(officer)
    viktor.signs_in()
    letters.has_letters(viktor, LETTER)
    pdf = letters.downloads_a_letter(viktor, LETTER)
    address = letters.reads_a_letter(viktor, LETTER, CHARGE, EVENT, "5 U.S.C. 7503", "Rosa Delgado")
    letters.checks_the_letter(person("visitor"), address, pdf)


def opens_a_case(officer: Person, name: str) -> None:
    officer.opens("/staff/employees")
    officer.follows(name)
    officer.presses("Open a disciplinary case")
    officer.presses("Save the draft")
    officer.reads("There is a problem")
    officer.ticks("Suspension of 14 days or less")
    officer.types("Days of suspension", "5")
    officer.types("Summary", "Three absences without leave in October 2026.")
    officer.types("Why this action", "You were warned in writing in June 2026.")
    officer.picks("Deciding official", "Rosa Delgado, HR officer")
    officer.presses("Save the draft")
    officer.reads("Draft opened. Add the charges.", "No charge yet")


def adds_a_charge(officer: Person) -> None:
    officer.presses("Add a charge")
    officer.types("Charge", CHARGE, exact=True)
    officer.types("What happened", EVENT)
    officer.types("Evidence", "Time sheet of the week of 12 October 2026.")
    officer.presses("Save the charge")
    officer.reads(f"Charge 1: {CHARGE}", EVENT)


def proposes_the_action(officer: Person) -> None:
    officer.presses("Preview and propose")
    officer.reads("Read it through before you propose.", CHARGE)
    officer.presses("Propose the action and send the notice")
    officer.reads("Action proposed. The notice is on its way.")
