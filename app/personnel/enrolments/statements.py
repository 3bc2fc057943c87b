"""What somebody's benefits are on a day and what they cost, for pages and for the statement by letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.notices.models import Notice
from app.personnel.benefit_plans.queries import Rates, load_rates
from app.personnel.benefit_plans.rules import Rate
from app.personnel.benefit_plans.states import BenefitKind
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import get_employee
from app.personnel.enrolments import letters, openings, queries
from app.personnel.enrolments.models import BenefitElection
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.actors import Actor
from app.platform.locales import write_date, write_money


@dataclass(frozen=True, slots=True)
class Sight:
    """The choices that hold on a day, those that begin later, and what each costs a pay period."""

    on: dt.date
    held: Mapping[BenefitKind, BenefitElection]
    coming: Mapping[BenefitKind, BenefitElection]
    rates: Rates
    later: Rates

    def rate(self, kind: BenefitKind) -> Rate | None:
        """Give what the choice of a kind costs that holds on the day."""
        return _rate(self.held.get(kind), self.rates)

    def later_rate(self, kind: BenefitKind) -> Rate | None:
        """Give what the choice costs that begins later, once it does."""
        return _rate(self.coming.get(kind), self.later)

    @property
    def employee_total(self) -> int:
        """What the employee pays in a pay period on the day."""
        return sum(rate.employee_minor for kind in self.held if (rate := self.rate(kind)))

    @property
    def employer_total(self) -> int:
        """What the employer adds."""
        return sum(rate.employer_minor for kind in self.held if (rate := self.rate(kind)))


def _rate(election: BenefitElection | None, rates: Rates) -> Rate | None:
    if election is None or election.plan_id is None or election.tier is None:
        return None
    return rates.get(election.plan_id, {}).get(election.tier)


def load_sight(session: Session, employee: Employee, on: dt.date) -> Sight:
    """Load what an employee has on a day, and what begins to hold later."""
    coming = queries.coming(session, employee.id, on)
    first = min((row.effective_from for row in coming.values()), default=on)
    return Sight(
        on=on,
        held=queries.holding(session, employee.id, on),
        coming=coming,
        rates=load_rates(session, employee.agency_id, on),
        later=load_rates(session, employee.agency_id, first),
    )


def told(session: Session, employee: Employee) -> str:
    """Say in a line how an employee's benefits stand."""
    at = clock.now()
    zone = employee.agency.time_zone
    found = openings.list_openings(session, employee, at)
    if found:
        return f"You can choose until {write_date(clock.local_date(found[-1].until, zone))}."
    sight = load_sight(session, employee, clock.local_date(at, zone))
    return f"You pay {write_money(sight.employee_total)} each pay period." if sight.held else ""


def send(session: Session, *, actor: Actor, at: dt.datetime) -> Notice:
    """Promise the statement of one's own benefits as a letter, as they will be once every choice holds."""
    return promise(session, get_own(session, actor.id), actor=actor, at=at)


def send_for(session: Session, *, employee_id: str, actor: Actor, at: dt.datetime) -> Notice:
    """Promise the statement of an employee's benefits as a letter."""
    employee = get_employee(session, employee_id, actor, "personnel.enrolments.send_statement_to")
    return promise(session, employee, actor=actor, at=at)


def promise(session: Session, employee: Employee, *, actor: Actor, at: dt.datetime) -> Notice:
    """Promise somebody's statement; the same state of the benefits gives the same letter again."""
    today = clock.local_date(at, employee.agency.time_zone)
    coming = queries.coming(session, employee.id, today)
    on = max((row.effective_from for row in coming.values()), default=today)
    held = queries.holding(session, employee.id, on)
    rates = load_rates(session, employee.agency_id, on)
    newest = max((row.id for row in held.values()), default="none")
    return notices.promise(
        session,
        template="benefit_statement",
        subject=employee.id,
        agency_id=employee.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=letters.statement(employee, held, rates, on),
        actor=actor,
        at=at,
        key=f"benefits:{employee.id}:{on}:{newest}:{today}",
    )
