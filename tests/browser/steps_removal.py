"""What people do in a removal, and how its days pass."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.accounts.models import Account, Agency
from app.personnel import parts as _parts  # noqa: F401 - every table that a case points at
from app.personnel.deliveries.models import Delivery
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.employees.models import Employee
from app.personnel.penalty_factors.rules import FACTORS
from app.platform import clock
from app.web.dates import format_date
from tests.browser import office
from tests.browser.office import AGENCY
from tests.browser.people import Person
from tests.browser.serving import Site
from tests.factories.accounts import make_account
from tests.factories.discipline import lead
from tests.factories.personnel import make_appointment, make_employee, make_position

WORKER = "Yana Kolar"


def today(site: Site) -> dt.date:
    """Give the date in the agency's zone."""
    with office._changing(site) as session:
        zone = session.scalars(select(Agency.time_zone).where(Agency.name == AGENCY)).one()
    return clock.local_date(clock.now(), zone)


def serve(site: Site) -> None:
    """Put a mechanic in the service of the agency."""
    with office._changing(site) as session:
        agency = session.scalars(select(Agency).where(Agency.name == AGENCY)).one()
        account = make_account(session, name=WORKER, email="yana@depot.example")
        site.people["yana"] = account.email
        person = make_employee(session, agency=agency, name=WORKER, account_id=account.id)
        post = make_position(session, agency=agency, title="Mechanic")
        make_appointment(session, position=post, employee=person)
        boss = session.scalars(select(Account).where(Account.email == site.people["supervisor"])).one()
        lead(session, boss=boss, employee=person)


def days_pass(site: Site, days: int) -> None:
    """Let what happened in the case have happened so many days earlier."""
    back = dt.timedelta(days=days)
    with office._changing(site) as session:
        found = select(DisciplinaryCase).join(Employee).where(Employee.name == WORKER)
        case = session.scalars(found).one()
        for name in ("opened_at", "proposed_at", "delivered_on", "reply_due_on", "effective_from_on"):
            setattr(case, name, getattr(case, name) - back)
        session.get_one(Delivery, case.id).delivered_on -= back


def enters_a_day(person: Person, name: str, day: dt.date) -> None:
    """Fill a date field."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    person.fills(**{f"{name}-{part}": str(value) for part, value in parts.items()})


def written(day: dt.date) -> str:
    return format_date(day)


def answers_the_factors(person: Person, button: str, *, but: int = 0) -> None:
    """Answer each of the twelve factors, but the one with a number."""
    person.presses(button)
    for number in range(1, len(FACTORS) + 1):
        if number != but:
            person.page.locator(f"[name='weight_{number}']").select_option("neutral")
            person.fills(**{f"answer_{number}": f"Thought of {number}."})
    person.presses("Save the answers")


def finds_sustained(person: Person, *sustained: bool) -> None:
    """Say of each specification, in order, whether it is proved."""
    for place, is_sustained in enumerate(sustained):
        value = "sustained" if is_sustained else "not_sustained"
        person.page.locator(f"[name='finding_{place}'][value='{value}']").check()
