"""Who answers a step: the one the procedure names, unless that person is a party; then somebody outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.roles import Role
from app.personnel import reporting
from app.personnel.grievances import queries
from app.personnel.grievances.models import Grievance
from app.personnel.grievances.rules import StepRule

# From whom somebody outside the line is taken, in this order.
OUTSIDE_ROLES = (Role.APPOINTING_AUTHORITY, Role.GRIEVANCE_OFFICER)
MOST_LEVELS = 12
PARTY = (
    "Who would have answered is a party to the matter, so somebody outside the line of supervision answers."
)
NOBODY = "Nobody in the line of supervision is free to answer, so somebody outside it answers."


@dataclass(frozen=True, slots=True)
class Choice:
    """Who answers; None while an officer has to name somebody. `moved` says why nobody usual does."""

    account_id: str | None
    moved: str = ""


def choose(
    session: Session, grievance: Grievance, rule: StepRule, level: int, *, without: str | None = None
) -> Choice:
    """Choose who answers a step that opens, or that `without` gave up as being a party."""
    line = list_line(session, grievance.employee_id)
    parties = {grievance.employee.account_id, grievance.about_id, without} - {None}
    parties |= queries.load_recused(session, grievance.id)
    earlier = {step.decider_id for step in grievance.steps if step.level < level}
    named = _named(session, grievance, rule, line)
    if not parties & set(named[:1]) and without is None:
        shut_out = parties | earlier | (set(line) if rule.outside_line else set())
        found = next((own for own in named if own not in shut_out), None)
        if found is not None:
            return Choice(found)
    shut_out = parties | earlier | set(line)
    pool = [account.id for role in OUTSIDE_ROLES for account in _holders(session, grievance, role)]
    found = next((own for own in pool if own not in shut_out), None)
    return Choice(found, PARTY if parties & set(named[:1]) or without else NOBODY)


def list_free(session: Session, grievance: Grievance) -> list[Account]:
    """List whom the grievance officer may name: officials who are no party and answered no step."""
    roles = (Role.APPOINTING_AUTHORITY, Role.GRIEVANCE_OFFICER, Role.SUPERVISOR)
    taken = {step.decider_id for step in grievance.steps}
    taken |= {grievance.employee.account_id, grievance.about_id}
    taken |= queries.load_recused(session, grievance.id)
    found = queries.list_holders(session, grievance.agency_id, roles)
    return [account for account in found if account.id not in taken]


def list_line(session: Session, employee_id: str) -> list[str]:
    """List the accounts of those above a person, the nearest first."""
    line: list[str] = []
    above = reporting.find_supervisor(session, employee_id)
    while above is not None and len(line) < MOST_LEVELS:
        if above.account_id:
            line.append(above.account_id)
        above = reporting.find_supervisor(session, above.id)
    return line


def _named(session: Session, grievance: Grievance, rule: StepRule, line: Sequence[str]) -> list[str]:
    if rule.decides == "supervisor":
        return list(line)
    if rule.decides == "next_supervisor":
        return list(line[1:])
    role = Role.APPOINTING_AUTHORITY if rule.decides == "appointing_authority" else Role.GRIEVANCE_OFFICER
    return [account.id for account in _holders(session, grievance, role)]


def _holders(session: Session, grievance: Grievance, role: Role) -> list[Account]:
    return queries.list_holders(session, grievance.agency_id, (role,))
