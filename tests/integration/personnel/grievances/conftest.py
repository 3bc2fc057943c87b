"""An agency with a line of three, an authority and two officers, and a way to act as each of them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.grievances import answering, queries, services, watching
from app.personnel.grievances.models import Grievance
from app.personnel.grievances.services import Filing
from app.personnel.grievances.states import Matter, Outcome
from app.platform.jobs import Job
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

PEOPLE = {
    "head": Role.SUPERVISOR,
    "boss": Role.SUPERVISOR,
    "grievant": None,
    "authority": Role.APPOINTING_AUTHORITY,
    "officer": Role.GRIEVANCE_OFFICER,
    "second": Role.GRIEVANCE_OFFICER,
    "hr": Role.HR_OFFICER,
    "administrator": Role.AGENCY_ADMINISTRATOR,
    "stranger": Role.SUPERVISOR,
}


@pytest.fixture
def town(session):
    """Give the agency, accounts by name, and employees of those who stand in the line, head first."""
    agency = make_agency(session, name="Harbour Office")
    people, employees, above = {}, {}, None
    for name, role in PEOPLE.items():
        roles = [(role, agency.id)] if role else []
        people[name] = make_account(session, name=name.title(), email=f"{name}@harbour.example", roles=roles)
        employees[name] = make_employee(
            session,
            agency_id=agency.id,
            account_id=people[name].id,
            name=name.title(),
            email=people[name].email,
        )
        if name in ("head", "boss", "grievant"):
            position = make_position(session, agency=agency, reports_to_id=above)
            make_appointment(session, position=position, employee=employees[name])
            above = position.id
    session.flush()
    return SimpleNamespace(agency=agency, people=people, employees=employees)


class Acts:
    """What people do with grievances, each at a moment."""

    def __init__(self, session: Any, town: Any, at: dt.datetime) -> None:
        self.session, self.town, self.at = session, town, at
        self.actors = {name: actor_of(account) for name, account in town.people.items()}

    def actor(self, name: str) -> Any:
        return self.actors[name]

    def file(self, by: str = "grievant", **values: Any) -> Grievance:
        given: dict[str, Any] = {
            "matter": Matter.WORKING_TIME,
            "statement": "The roster came four days ahead.",
            "remedy_sought": "A roster two weeks ahead.",
            "provisions": "Article 9",
            "happened_on": dt.date(2026, 11, 9),
        } | values
        return services.file_grievance(
            self.session, filing=Filing(**given), file=None, actor=self.actor(by), at=self.at
        )

    def answer(
        self, grievance: Grievance, by: str = "boss", outcome: Outcome = Outcome.DENIED, **values: Any
    ) -> None:
        given = {"findings": "The roster was posted in time.", "at": self.at} | values
        at = given.pop("at")
        answering.answer(
            self.session,
            grievance_id=grievance.id,
            values=answering.Answer(outcome, **given),
            actor=self.actor(by),
            at=at,
        )

    def go_on(self, grievance: Grievance, at: dt.datetime | None = None) -> None:
        services.go_on(
            self.session,
            grievance_id=grievance.id,
            reason="The posting was in another building.",
            actor=self.actor("grievant"),
            at=at or self.at,
        )

    def watch(self, at: dt.datetime) -> int:
        return watching.watch(self.session, at=at)

    def again(self, grievance: Grievance) -> Grievance:
        return queries.get_for_clock(self.session, grievance.id)

    def again_id(self, own: str) -> Grievance:
        return queries.get_for_clock(self.session, own)

    def decider(self, grievance: Grievance) -> str | None:
        own = self.again(grievance).current.decider_id
        return next((name for name, account in self.town.people.items() if account.id == own), None)

    def mails(self) -> list[tuple[str, str]]:
        rows = self.session.scalars(select(Job).where(Job.name == "platform.send_mail").order_by(Job.id))
        return [(row.payload["to"].partition("@")[0], row.payload["subject"]) for row in rows]


@pytest.fixture
def acts(session, town, at):
    return Acts(session, town, at)


def day(number: int, month: int = 12, hour: int = 15) -> dt.datetime:
    return dt.datetime(2026, month, number, hour, tzinfo=dt.UTC)
