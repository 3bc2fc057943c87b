"""What people do in a year of performance."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from app.accounts.models import Agency
from app.personnel.improvement.models import ImprovementPlan
from app.personnel.performance.models import PerformancePlan
from app.platform import clock
from tests.browser import office
from tests.browser.office import AGENCY
from tests.browser.people import Person
from tests.browser.serving import Site
from tests.factories.accounts import make_account
from tests.factories.personnel import make_appointment, make_employee, make_position

BOSS, WORKER = "Marta Lindqvist", "Jonas Abebe"
PERIOD = "The gardens' year"
FILING, CARE = "Beds planted by the plan", "Talks with visitors"


def dates(person: Person, **days: int) -> None:
    """Fill date fields with the dates so many days ago, or (negative) ahead."""
    for name, ago in days.items():
        date = clock.now().date() - dt.timedelta(days=ago)
        parts = {"day": date.day, "month": date.month, "year": date.year}
        person.fills(**{f"{name}-{part}": str(value) for part, value in parts.items()})


def serve_in_a_line(site: Site) -> None:
    """Put a supervisor and a gardener below her in the service of the agency."""
    with office._changing(site) as session:
        agency = session.scalars(select(Agency).where(Agency.name == AGENCY)).one()
        above = None
        for short, name, title in (("marta", BOSS, "Head gardener"), ("jonas", WORKER, "Gardener")):
            account = make_account(session, name=name, email=f"{short}@garden.example")
            site.people[short] = account.email
            person = make_employee(session, agency=agency, name=name, account_id=account.id)
            post = make_position(session, agency=agency, title=title, reports_to_id=above)
            make_appointment(session, position=post, employee=person)
            above = post.id


def plan_was_given_long_ago(site: Site, days: int) -> None:
    """Let the gardener's plan have been given so many days ago."""
    given_at = clock.now() - dt.timedelta(days=days)
    with office._changing(site) as session:
        session.execute(
            update(PerformancePlan)
            .where(PerformancePlan.person == WORKER)
            .values(issued_at=given_at, acknowledged_at=given_at)
        )


def opportunity_is_over(site: Site) -> None:
    """Let the opportunity have begun 70 days ago, and have ended yesterday."""
    today = clock.local_date(clock.now(), "America/New_York")
    with office._changing(site) as session:
        session.execute(
            update(ImprovementPlan).values(
                delivered_on=today - dt.timedelta(days=70), ends_on=today - dt.timedelta(days=2)
            )
        )


def makes_a_period(officer: Person) -> None:
    officer.opens("/staff/performance")
    officer.presses("Make a period")
    officer.picks("Agency", AGENCY)
    officer.types("Name of the period", PERIOD)
    dates(officer, starts_on=300, ends_on=20, progress_due_on=400)
    officer.presses("Make the period")
    officer.reads("There is a problem", "to the end of the period")
    dates(officer, progress_due_on=150)
    officer.presses("Make the period")
    officer.presses("Start the period")
    officer.reads("Everybody in service has a plan to be written now.", WORKER)


def writes_the_plan(boss: Person) -> None:
    boss.opens("/my/team")
    boss.follows(WORKER)
    boss.follows("Performance")
    boss.follows(PERIOD)
    boss.presses("Write the plan")
    boss.types("Element", CARE, exact=True)
    boss.types("Standard", "Each visitor gets an answer on the day.")
    boss.presses("Add the element")
    boss.follows("Plan of")
    boss.presses("Give it to the employee")
    boss.reads("A plan needs at least one critical element")
    boss.presses("Write the plan")
    boss.types("Element", FILING, exact=True)
    boss.types("Standard", "Nine of ten beds are planted in the week of the plan.")
    boss.ticks("Critical")
    boss.presses("Add the element")
    boss.follows("Plan of")
    boss.presses("Give it to the employee")
    boss.reads("The plan is given to the employee")


def reads_the_plan(worker: Person) -> None:
    worker.opens("/my/performance")
    worker.follows(PERIOD)
    worker.reads(FILING, "Nine of ten beds", BOSS)
    worker.presses("I have read this plan")
    worker.presses("Write my self-assessment")
    worker.types("Your work in this period", "Sixty of eighty beds; the pump was broken in June.")
    worker.presses("Keep my self-assessment")
    worker.reads("Your self-assessment is kept.")


def opens_the_plan(boss: Person) -> None:
    boss.opens("/my/team")
    boss.follows(WORKER)
    boss.follows("Performance")
    boss.follows(PERIOD)


def talks(boss: Person) -> None:
    opens_the_plan(boss)
    boss.reads("1 progress reviews are needed before a rating")
    boss.presses("Record a progress review")
    dates(boss, held_on=120)
    boss.types("What was said", "Half of the beds are late. We agreed on a list for each week.")
    boss.presses("Keep the progress review")
    boss.reads("Progress review kept.")


def opens_improvement(boss: Person) -> None:
    boss.presses("Open an improvement plan")
    boss.ticks(FILING)
    boss.types("What was unacceptable", "In May and June 20 of 40 beds were planted late.")
    boss.types("What is needed", "Nine of ten beds in the week of the plan.")
    boss.types("Help offered", "A talk each second week.")
    dates(boss, ends_on=-10)
    boss.presses("Open the improvement plan")
    boss.reads("There is a problem", "The opportunity lasts at least 30 days")
    dates(boss, ends_on=-60)
    boss.presses("Open the improvement plan")
    boss.reads("The improvement plan is open.")


def cannot_end_it_early(boss: Person) -> None:
    finds_unacceptable(boss)
    boss.reads("There is a problem", "It can be found unacceptable from")


def finds_unacceptable(boss: Person) -> None:
    boss.presses("Say what came of it")
    boss.ticks("Unacceptable", exact=True)
    boss.types("What it rests on", "In the last four weeks 9 of 20 beds were late.")
    boss.presses("Hand in the outcome")


def checks_in(boss: Person) -> None:
    boss.presses("Record a check-in")
    dates(boss, held_on=40)
    boss.types("How the work stands", "Six of ten beds in time.")
    boss.types("Help given since the last talk", "Two days beside a colleague.")
    boss.presses("Keep the check-in")
    boss.reads("Check-in kept.")


def confirms(officer: Person) -> None:
    officer.opens("/staff/improvement-plans?state=assessed")
    officer.follows("IP-")
    officer.presses("Decide on the outcome")
    officer.ticks("Confirm the outcome")
    officer.presses("Decide", exact=True)
    officer.reads("may rest on this plan until", "5 U.S.C. 4303")


def rates(boss: Person) -> None:
    opens_the_plan(boss)
    boss.presses("Rate", exact=True)
    boss.reads("the pump was broken in June")
    boss.ticks("1, Unacceptable", within=f"Level: {FILING}")
    boss.types(f"What it rests on: {FILING}", "Nine of twenty beds were late, in spite of the help.")
    boss.ticks("4, Exceeds fully successful", within=f"Level: {CARE}")
    boss.types("The period as a whole", "A hard year.")
    boss.presses("Hand in the rating")
    boss.reads("There is a problem", "Say what this level rests on")
    boss.types(f"What it rests on: {CARE}", "Visitors praised the talks.")
    boss.presses("Hand in the rating")
    boss.reads("Rating handed in. Another person reviews it.")


def approves(officer: Person) -> None:
    officer.opens("/staff/ratings?state=proposed")
    officer.follows(WORKER)
    officer.presses("Review the rating")
    officer.reads("a critical element is at the lowest level, which decides")
    officer.ticks("Approve")
    officer.presses("Decide", exact=True)


def answers(worker: Person) -> None:
    worker.opens("/my/performance")
    worker.follows(PERIOD)
    worker.reads("Level 1, Unacceptable")
    worker.presses("Acknowledge my rating")
    worker.types("Comment", "The pump was broken for five weeks.")
    worker.presses("I have read my rating")
    worker.reads("Noted that you have read your rating.", "The pump was broken for five weeks.")
