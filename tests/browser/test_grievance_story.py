"""A grievance that nobody answers in time goes to the next step by the clock, and is answered there."""

from __future__ import annotations

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest

from tests.browser.grieving import limit_passes
from tests.browser.people import PHONE, Person

pytestmark = pytest.mark.browser
WORDS = "The roster of Route 4 was posted two days ahead."
ASKED = "A roster two weeks ahead."


def test_a_grievance_escalates_by_the_clock(person, site):
    viktor, authority, officer = person("viktor", viewport=PHONE), person("authority"), person("grievances")
    viktor.signs_in()
    files(viktor)
    authority.signs_in()
    authority.opens("/staff/")
    authority.reads("Grievances to answer")
    limit_passes(site)
    waits_for(viktor, "Not answered in time")
    viktor.reads("Step 2, next supervisor in line")
    officer.signs_in()
    answers(officer)  # nobody stands above the head of the office, so the grievance officer answers
    viktor.page.reload()
    viktor.reads("It is your turn", "Granted", "The roster is posted two weeks ahead from now on.")
    viktor.presses("Accept the answer")
    viktor.reads("Remedy to be carried out", "What was promised")
    carries_out(officer)
    supervisor = person("supervisor")
    supervisor.signs_in()
    supervisor.opens("/staff/grievances")
    supervisor.reads("There is no grievance here for you.")


def files(viktor: Person) -> None:
    viktor.opens("/my/employment")
    viktor.follows("Grievances", exact=True)
    viktor.presses("File a grievance")
    viktor.presses("File the grievance")
    viktor.reads("There is a problem")
    viktor.ticks("Working time and shifts")
    viktor.types("What happened", WORDS)
    day = dt.date.today() - dt.timedelta(days=2)  # noqa: DTZ011 - the site runs by the real clock
    viktor.fills(**{"happened_on-day": str(day.day), "happened_on-month": str(day.month)})
    viktor.fills(**{"happened_on-year": str(day.year)})
    viktor.types("What you ask for", ASKED)
    viktor.ticks("No", exact=True)
    viktor.presses("File the grievance")
    viktor.reads("Your grievance is filed.", "Answer due", WORDS, ASKED)


def waits_for(viktor: Person, text: str) -> None:
    """Look again until the server's worker has done what the clock asks for."""
    for _ in range(60):
        if text in viktor.text():
            return
        time.sleep(0.5)
        viktor.page.reload()
    viktor.reads(text)


def answers(decider: Person) -> None:
    decider.opens("/staff/grievances")
    decider.follows("G-")
    decider.presses("Answer", exact=True)
    decider.ticks("Granted", exact=True)
    decider.types("Reasons", "The agreement asks for two weeks.")
    decider.presses("Answer and send the letter")
    decider.reads("Enter what is done")
    decider.types("What is done", "The roster is posted two weeks ahead from now on.")
    day = dt.date.today() + dt.timedelta(days=10)  # noqa: DTZ011 - the site runs by the real clock
    decider.fills(**{"remedy_due_on-day": str(day.day), "remedy_due_on-month": str(day.month)})
    decider.fills(**{"remedy_due_on-year": str(day.year)})
    decider.presses("Answer and send the letter")
    decider.reads("Answered. The letter is on its way.")


def carries_out(officer: Person) -> None:
    officer.opens("/staff/grievances")
    officer.follows("G-")
    officer.presses("Record it as done")
    day = dt.datetime.now(ZoneInfo("America/New_York")).date()
    officer.fills(**{"done_on-day": str(day.day), "done_on-month": str(day.month)})
    officer.fills(**{"done_on-year": str(day.year)})
    officer.presses("Record it as done")
    officer.reads("Recorded.", "Closed")
