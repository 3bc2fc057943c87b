"""An agency with a supervisor, an employee below, and officers who review and decide."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def people(session, agency):
    """Accounts: head, supervisor (below the head) and employee (below the supervisor), and the office."""
    accounts = {
        name: make_account(session, name=name.capitalize()) for name in ("head", "supervisor", "employee")
    }
    accounts["officer"] = make_account(session, name="Officer", roles=[(Role.HR_OFFICER, agency.id)])
    accounts["second"] = make_account(session, name="Second", roles=[(Role.HR_OFFICER, agency.id)])
    accounts["authority"] = make_account(
        session, name="Authority", roles=[(Role.APPOINTING_AUTHORITY, agency.id)]
    )
    accounts["auditor"] = make_account(session, name="Auditor", roles=[(Role.AUDITOR, agency.id)])
    other = make_agency(session, name="Parks")
    accounts["stranger"] = make_account(session, name="Stranger", roles=[(Role.HR_OFFICER, other.id)])
    return accounts


@pytest.fixture
def line(session, agency, people):
    """The employees of the line, by the names of their accounts."""
    made, above = {}, None
    for name in ("head", "supervisor", "employee"):
        position = make_position(session, agency=agency, reports_to_id=above)
        person = make_employee(session, agency=agency, account_id=people[name].id, name=people[name].name)
        make_appointment(session, position=position, employee=person)
        made[name], above = person, position.id
    return SimpleNamespace(**made)


@pytest.fixture
def actor(people):
    """Give the actor of one of the people, as each was before anything happened."""
    return {name: actor_of(account) for name, account in people.items()}.__getitem__
