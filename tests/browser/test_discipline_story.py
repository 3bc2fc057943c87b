"""A supervisor proposes a suspension with due process, and the employee reads the letter."""

from __future__ import annotations

import pytest

from tests.browser import steps_letters as letters
from tests.browser.people import PHONE, Person

pytestmark = pytest.mark.browser
CHARGE = "Absence without leave"
EVENT = "On 12 October 2026 you did not report for duty and did not ask for leave."
LETTER = "Notice of proposed suspension without pay for 5 calendar days"


def test_an_employee_reads_what_is_proposed(person):
    supervisor, viktor = person("supervisor"), person("viktor", viewport=PHONE)
    supervisor.signs_in()
    opens_a_case(supervisor, "Viktor Petrov")
    adds_a_charge(supervisor)
    proposes_the_action(supervisor)
    viktor.signs_in()
    letters.has_letters(viktor, LETTER)
    pdf = letters.downloads_a_letter(viktor, LETTER)
    address = letters.reads_a_letter(viktor, LETTER, CHARGE, EVENT, "5 U.S.C. 7503", "Rosa Delgado")
    letters.checks_the_letter(person("visitor"), address, pdf)


def opens_a_case(supervisor: Person, name: str) -> None:
    supervisor.opens("/staff/employees")
    supervisor.follows(name)
    supervisor.presses("Open a disciplinary case")
    supervisor.presses("Save the draft")
    supervisor.reads("There is a problem")
    supervisor.ticks("Suspension of 14 days or less")
    supervisor.types("Days of suspension", "5")
    supervisor.types("Summary", "Three absences without leave in October 2026.")
    supervisor.types("Why this action", "You were warned in writing in June 2026.")
    supervisor.picks("Deciding official", "Rosa Delgado, HR officer")
    supervisor.presses("Save the draft")
    supervisor.reads("Draft opened. Add the charges.", "No charge yet")


def adds_a_charge(supervisor: Person) -> None:
    supervisor.presses("Add a charge")
    supervisor.types("Charge", CHARGE, exact=True)
    supervisor.types("What happened", EVENT)
    supervisor.types("Evidence", "Time sheet of the week of 12 October 2026.")
    supervisor.presses("Save the charge")
    supervisor.reads(f"Charge 1: {CHARGE}", EVENT)


def proposes_the_action(supervisor: Person) -> None:
    supervisor.presses("Preview and propose")
    supervisor.reads("Read it through before you propose.", CHARGE)
    supervisor.presses("Propose the action and send the notice")
    supervisor.reads("Action proposed. The notice is on its way.")
