"""Open enrolment: an employee compares, chooses, changes her mind, is too late, and gets the statement."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from app.accounts.models import Account, Agency
from app.personnel.benefit_plans.states import BenefitKind
from app.personnel.enrolments.models import EnrolmentWindow
from app.personnel.enrolments.rules import LONGEST_DAYS
from app.platform import clock
from tests.browser import office
from tests.browser import steps_letters as letters
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site
from tests.factories.benefits import make_plan, make_window

pytestmark = pytest.mark.browser
LETTER = "Your statement of benefits"


def test_an_employee_chooses_in_the_open_season_and_not_after_it(person, site):
    a_season_runs(site)
    viktor, hr = person("viktor", viewport=PHONE), person("hr")
    viktor.signs_in()
    chooses(viktor, "Harbor Standard, self only", "$100.00")
    chooses(viktor, "Harbor Basic, self only", "$50.00")
    viktor.reads("What begins later", "Harbor Basic, self only")
    hr.signs_in()
    hr.opens("/staff/open-seasons")
    hr.follows("Open season for")
    hr.reads("Have chosen", "Health: Harbor Basic")
    is_too_late(site, viktor)
    reads_the_statement(viktor)


def a_season_runs(site: Site) -> None:
    """Let the agency offer two plans of health, and a season that closes in twenty days."""
    at = clock.now()
    with office._changing(site) as session:
        agency = session.scalars(select(Agency).where(Agency.name == office.AGENCY)).one()
        officers = [
            session.scalars(select(Account).where(Account.email == site.people[name])).one()
            for name in ("hr", "hr2")
        ]
        make_plan(session, agency=agency, by=officers, code="H-S", name="Harbor Standard")
        make_plan(session, agency=agency, by=officers, code="H-B", name="Harbor Basic", employee_minor=50_00)
        life = {"kind": BenefitKind.LIFE, "name": "Basic life", "employee_minor": 5_00}
        make_plan(session, agency=agency, by=officers, code="L", is_default=True, **life)
        make_window(
            session,
            agency=agency,
            created_by=officers[0].id,
            opens_at=at - dt.timedelta(days=LONGEST_DAYS - 21),
            closes_at=at + dt.timedelta(days=20),
            effective_from=at.date() + dt.timedelta(days=50),
        )


def chooses(person: Person, plan: str, cost: str) -> None:
    person.opens("/my/benefits")
    person.reads("you can choose now", "Our clock now")
    person.follows("Choose: health")
    person.reads("What you pay each pay period, plan by plan", cost)
    person.presses("Continue to the cost")
    person.reads("There is a problem", "Select a plan, or that you waive it")
    person.ticks(plan)
    person.presses("Continue to the cost")
    person.reads("You pay each pay period", cost)
    person.presses("Confirm this choice")
    person.reads("Your choice is saved")


def is_too_late(site: Site, person: Person) -> None:
    """Open the form in time, and send it when the season has closed."""
    person.opens("/my/benefits")
    person.follows("Choose: health")
    with office._changing(site) as session:
        session.execute(update(EnrolmentWindow).values(closes_at=clock.now()))
    person.ticks("Harbor Standard, self only")
    person.page.get_by_role("button", name="Continue to the cost").click()
    person.reads("The open season closed on", "your choice was not taken", "What was saved before stands")
    person.opens("/my/benefits")
    person.reads("You cannot choose now", "Harbor Basic, self only")


def reads_the_statement(person: Person) -> None:
    person.presses("Send me my statement of benefits")
    person.reads("Your statement is being written")
    letters.has_letters(person, LETTER)
    assert letters.downloads_a_letter(person, LETTER)
    letters.reads_a_letter(person, LETTER, "Harbor Basic", "USD 50.00")
