"""Reading policies: what is in force for somebody, what the office writes, and who acknowledged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.accounts.models import Agency
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.policies.models import (
    Policy,
    PolicyAcknowledgement,
    PolicyAgency,
    PolicyTopic,
    PolicyVersion,
    PolicyVersionWriter,
)
from app.personnel.policies.rules import due_on
from app.personnel.policies.states import Topic, VersionState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.jobs import Job

READ = "personnel.policies.list_staff"
# A statement of the database takes only so many values.
MOST_KEYS = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands to a version."""

    employee_id: str
    number: str
    name: str
    agency: str
    due_on: dt.date
    acknowledged_at: dt.datetime | None
    account_id: str | None
    email: str | None

    def state(self, today: dt.date) -> str:
        if self.acknowledged_at is not None:
            return "in time" if self.acknowledged_at.date() <= self.due_on else "late"
        return "waits" if today <= self.due_on else "overdue"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on policies that the actor reads for the office."""
    return scope.within(Policy.agency_id, actor, READ)


def in_force(today: dt.date) -> ColumnElement[bool]:
    """Give the condition that a version is the one in force on a day."""
    later = aliased(PolicyVersion)
    newer = (
        select(later.id)
        .where(
            later.policy_id == PolicyVersion.policy_id,
            later.state == VersionState.PUBLISHED,
            later.effective_on <= today,
            later.version > PolicyVersion.version,
        )
        .exists()
    )
    return (PolicyVersion.state == VersionState.PUBLISHED) & (PolicyVersion.effective_on <= today) & ~newer


def get_policy(session: Session, policy_id: str, actor: Actor, *, lock: bool = False) -> Policy:
    """Give a policy that the actor reads for the office, with all of it, or raise NotFound."""
    query = (
        select(Policy)
        .where(Policy.id == policy_id, visible_to(actor))
        .options(
            joinedload(Policy.agency),
            selectinload(Policy.readers).joinedload(PolicyAgency.agency),
            selectinload(Policy.topics),
            selectinload(Policy.versions).joinedload(PolicyVersion.writer),
            selectinload(Policy.versions)
            .selectinload(PolicyVersion.writers)
            .joinedload(PolicyVersionWriter.writer),
            selectinload(Policy.versions).joinedload(PolicyVersion.decider),
        )
    )
    if lock:
        query = query.with_for_update(of=Policy).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such policy.")
    return found


def find_version(policy: Policy, version_id: str) -> PolicyVersion:
    """Give a version of a loaded policy, or raise NotFound."""
    found = next((row for row in policy.versions if row.id == version_id), None)
    if found is None:
        raise NotFound("There is no such version.")
    return found


def list_policies(session: Session, actor: Actor, text: str, *, cursor: str) -> keyset.Page[Policy]:
    """List a page of the policies that the actor reads for the office, by number."""
    query = (
        select(Policy)
        .where(visible_to(actor), *_said(text))
        .options(joinedload(Policy.agency), selectinload(Policy.versions))
    )
    return keyset.fetch(session, query, (Policy.number, Policy.id), cursor=cursor)


def list_own(
    session: Session, employee: Employee, today: dt.date, text: str = "", topic: Topic | None = None
) -> list[tuple[PolicyVersion, PolicyAcknowledgement | None]]:
    """List the versions in force for somebody, each with the acknowledgement, by number."""
    own = and_(
        PolicyAcknowledgement.version_id == PolicyVersion.id,
        PolicyAcknowledgement.employee_id == employee.id,
    )
    query = (
        select(PolicyVersion, PolicyAcknowledgement)
        .join(Policy, Policy.id == PolicyVersion.policy_id)
        .join(PolicyAgency, PolicyAgency.policy_id == Policy.id)
        .outerjoin(PolicyAcknowledgement, own)
        .where(PolicyAgency.agency_id == employee.agency_id, in_force(today), *_said(text))
        .options(joinedload(PolicyVersion.policy))
        .order_by(Policy.number, Policy.id)
    )
    if topic is not None:
        query = query.where(Policy.topics.any(PolicyTopic.topic == topic))
    return [(version, given) for version, given in session.execute(query)]


def list_enforced(session: Session, topic: Topic, agency_id: str, today: dt.date) -> list[PolicyVersion]:
    """List the versions in force in an agency that stand behind a kind of rules, by number."""
    query = (
        select(PolicyVersion)
        .join(Policy, Policy.id == PolicyVersion.policy_id)
        .join(PolicyAgency, PolicyAgency.policy_id == Policy.id)
        .where(
            PolicyAgency.agency_id == agency_id,
            in_force(today),
            Policy.topics.any(PolicyTopic.topic == topic),
        )
        .options(joinedload(PolicyVersion.policy))
        .order_by(Policy.number, Policy.id)
    )
    return list(session.scalars(query))


def get_own_policy(session: Session, policy_id: str, employee: Employee, today: dt.date) -> Policy:
    """Give a policy that is published to somebody's agency, with its versions up to today, or NotFound."""
    query = (
        select(Policy)
        .join(PolicyAgency, PolicyAgency.policy_id == Policy.id)
        .where(Policy.id == policy_id, PolicyAgency.agency_id == employee.agency_id)
        .options(joinedload(Policy.agency), selectinload(Policy.topics), selectinload(Policy.versions))
    )
    found = session.scalar(query)
    if found is None or current_of(found, today) is None:
        raise NotFound("There is no such policy.")
    return found


def current_of(policy: Policy, today: dt.date) -> PolicyVersion | None:
    """Give the version in force on a day, of a policy loaded with its versions."""
    past = published_until(policy, today)
    return past[-1] if past else None


def published_until(policy: Policy, today: dt.date) -> list[PolicyVersion]:
    """List the versions that are or were in force up to a day, the oldest first."""
    return [
        row for row in policy.versions if row.state is VersionState.PUBLISHED and row.effective_on <= today
    ]


def find_acknowledgement(session: Session, version_id: str, employee_id: str) -> PolicyAcknowledgement | None:
    """Find that somebody acknowledged a version."""
    return session.get(PolicyAcknowledgement, (version_id, employee_id))


def list_to_tell(session: Session, today: dt.date) -> list[PolicyVersion]:
    """List versions in force that ask to be acknowledged, with policy and agency."""
    query = (
        select(PolicyVersion)
        .where(in_force(today), PolicyVersion.acknowledge_days.is_not(None))
        .options(joinedload(PolicyVersion.policy).joinedload(Policy.agency))
        .order_by(PolicyVersion.id)
    )
    return list(session.scalars(query))


def load_promised(session: Session, keys: Sequence[str]) -> set[str]:
    """Load which of the mails with these keys were promised already."""
    found: set[str] = set()
    for start in range(0, len(keys), MOST_KEYS):
        part = keys[start : start + MOST_KEYS]
        rows = session.scalars(select(Job.key).where(Job.key.in_([f"mail:{key}" for key in part])))
        found |= {key.removeprefix("mail:") for key in rows}
    return found


def load_standings(
    session: Session, version: PolicyVersion, agencies: Sequence[str] | None = None
) -> list[Standing]:
    """Load how everybody in service stands to a version, by name; within the given agencies where named."""
    given = and_(
        PolicyAcknowledgement.version_id == version.id, PolicyAcknowledgement.employee_id == Employee.id
    )
    query = (
        select(
            Employee.id,
            Employee.number,
            Employee.name,
            Agency.name,
            Employee.hired_on,
            PolicyAcknowledgement.acknowledged_at,
            Employee.account_id,
            Employee.email,
        )
        .join(PolicyAgency, PolicyAgency.agency_id == Employee.agency_id)
        .join(Agency, Agency.id == Employee.agency_id)
        .outerjoin(PolicyAcknowledgement, given)
        .where(PolicyAgency.policy_id == version.policy_id, Employee.state == EmployeeState.ACTIVE)
        .order_by(Employee.name, Employee.id)
    )
    if agencies is not None:
        query = query.where(Employee.agency_id.in_(agencies))
    published_on = (version.published_at or version.written_at).date()
    days = version.acknowledge_days or 0
    return [
        Standing(
            own,
            number,
            name,
            agency,
            due_on(version.effective_on, published_on, hired_on, days),
            acknowledged_at,
            account_id,
            email,
        )
        for own, number, name, agency, hired_on, acknowledged_at, account_id, email in session.execute(query)
    ]


def count_waiting(session: Session, employee: Employee, today: dt.date) -> int:
    """Count what somebody has to acknowledge."""
    rows = list_own(session, employee, today)
    return sum(version.acknowledge_days is not None and given is None for version, given in rows)


def next_number(session: Session) -> str:
    """Give a number that no policy has, for the form of a new one."""
    count = session.scalar(select(func.count()).select_from(Policy)) or 0
    return f"P-{count + 1:03d}"


def _said(text: str) -> list[ColumnElement[bool]]:
    """Give the conditions that number, title or a text of a policy holds each word."""
    conditions = []
    for word in text.casefold().split()[:8]:
        conditions.append(
            or_(
                func.lower(Policy.title).contains(word, autoescape=True),
                func.lower(Policy.number).contains(word, autoescape=True),
                Policy.versions.any(PolicyVersion.search_text.contains(word, autoescape=True)),
            )
        )
    return conditions


def load_agency_names(session: Session, ids: Sequence[str]) -> list[str]:
    """Load the names of agencies, in their order."""
    return list(session.scalars(select(Agency.name).where(Agency.id.in_(ids)).order_by(Agency.name)))
