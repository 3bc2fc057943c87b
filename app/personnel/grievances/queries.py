"""Reading grievances: the grievant's own; for the office, those that one decides or watches over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, AccountState, RoleGrant
from app.accounts.roles import Role
from app.personnel.employees.models import Employee
from app.personnel.grievances.models import (
    Grievance,
    GrievanceAgreement,
    GrievanceFile,
    GrievanceProcedure,
    GrievanceRecusal,
    GrievanceRemedy,
    GrievanceStep,
)
from app.personnel.grievances.rules import USUAL, Procedure, procedures
from app.personnel.grievances.states import GrievanceState, Matter, StepState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound

# Who holds this watches over the grievances of an agency: names deciders, records hearings and remedies.
OFFICER = "personnel.grievances.assign"
SHOW = "personnel.grievances.show"
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; an empty text and None narrow nothing."""

    text: str = ""
    state: GrievanceState | None = None
    matter: Matter | None = None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on grievances that the actor reads for the office.

    They are those of the agencies that one watches over and those that one decides or decided; never one's
    own, never one about oneself, and never one that one gave up as being a party.
    """
    decides = Grievance.steps.any(GrievanceStep.decider_id == actor.id)
    is_party = or_(
        Grievance.about_id.is_not_distinct_from(actor.id),
        Grievance.employee.has(Employee.account_id == actor.id),
        Grievance.id.in_(
            select(GrievanceRecusal.grievance_id).where(GrievanceRecusal.account_id == actor.id)
        ),
    )
    return or_(scope.within(Grievance.agency_id, actor, OFFICER), decides) & ~is_party


def get_grievance(session: Session, grievance_id: str, actor: Actor, *, lock: bool = False) -> Grievance:
    """Give a grievance that the actor reads for the office, or raise NotFound."""
    return _one(session, (Grievance.id == grievance_id) & visible_to(actor), lock=lock)


def get_own(session: Session, grievance_id: str, actor: Actor, *, lock: bool = False) -> Grievance:
    """Give the actor's own grievance, or raise NotFound."""
    own = Grievance.employee.has(Employee.account_id == actor.id)
    return _one(session, (Grievance.id == grievance_id) & own, lock=lock)


def is_own(session: Session, grievance_id: str, actor: Actor) -> bool:
    """Tell whether a grievance is the actor's own."""
    own = Grievance.employee.has(Employee.account_id == actor.id)
    return session.scalar(select(Grievance.id).where(Grievance.id == grievance_id, own)) is not None


def get_either(session: Session, grievance_id: str, actor: Actor) -> Grievance:
    """Give a grievance, locked, that is the actor's own or that the actor reads for the office."""
    own = Grievance.employee.has(Employee.account_id == actor.id)
    return _one(session, (Grievance.id == grievance_id) & or_(own, visible_to(actor)), lock=True)


def get_for_clock(session: Session, grievance_id: str) -> Grievance:
    """Give a grievance, locked, for what the clock does to it."""
    return _one(session, Grievance.id == grievance_id, lock=True)


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> Grievance:
    query = (
        select(Grievance)
        .where(condition)
        .options(
            joinedload(Grievance.employee),
            joinedload(Grievance.agency),
            joinedload(Grievance.about),
            joinedload(Grievance.hearing),
            selectinload(Grievance.steps).joinedload(GrievanceStep.decider),
            selectinload(Grievance.agreements),
            selectinload(Grievance.remedies),
            selectinload(Grievance.files),
        )
    )
    if lock:
        query = query.with_for_update(of=Grievance).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such grievance.")
    return found


def list_own(session: Session, employee_id: str) -> list[Grievance]:
    """List somebody's grievances, the newest first, with their steps."""
    found = select(Grievance).where(Grievance.employee_id == employee_id)
    found = found.options(selectinload(Grievance.steps), joinedload(Grievance.agency))
    return list(session.scalars(found.order_by(Grievance.filed_at.desc(), Grievance.id.desc())))


def count_open(session: Session, employee_id: str) -> int:
    """Count somebody's grievances that are not closed."""
    found = select(func.count()).where(
        Grievance.employee_id == employee_id, Grievance.state != GrievanceState.CLOSED
    )
    return session.scalar(found) or 0


def list_grievances(session: Session, actor: Actor, wanted: Wanted, *, cursor: str) -> keyset.Page[Grievance]:
    """List a page of the grievances that the actor reads for the office, the newest first."""
    found = _matching(actor, wanted).options(
        joinedload(Grievance.employee),
        joinedload(Grievance.agency),
        selectinload(Grievance.steps).joinedload(GrievanceStep.decider),
    )
    keys = (Grievance.filed_at, Grievance.id)
    return keyset.fetch(session, found, keys, is_descending=True, cursor=cursor)


def count_grievances(session: Session, actor: Actor, wanted: Wanted) -> int | str:
    """Count them, up to a cap."""
    return keyset.count(session, _matching(actor, wanted))


def count_by_matter(session: Session, actor: Actor) -> dict[Matter, int]:
    """Count the grievances that the actor reads, by what they are about."""
    found = select(Grievance.matter, func.count()).where(visible_to(actor)).group_by(Grievance.matter)
    return {matter: count for matter, count in session.execute(found)}  # noqa: C416 - rows are no pairs


def _matching(actor: Actor, wanted: Wanted) -> Select[Grievance]:
    found = select(Grievance).where(visible_to(actor))
    if wanted.text:
        text = wanted.text.casefold()
        named = Grievance.employee.has(Employee.search_text.contains(text, autoescape=True))
        found = found.where(named | func.lower(Grievance.number).contains(text, autoescape=True))
    if wanted.state:
        found = found.where(Grievance.state == wanted.state)
    return found.where(Grievance.matter == wanted.matter) if wanted.matter else found


def procedure_of(session: Session, agency_id: str) -> Procedure:
    """Give the procedure under which grievances of an agency are filed now."""
    found = select(GrievanceProcedure.name).where(GrievanceProcedure.agency_id == agency_id)
    return procedures()[session.scalar(found) or USUAL]


def load_recused(session: Session, grievance_id: str) -> set[str]:
    """Load the accounts that gave a grievance up, being parties."""
    found = select(GrievanceRecusal.account_id).where(GrievanceRecusal.grievance_id == grievance_id)
    return set(session.scalars(found))


def list_holders(session: Session, agency_id: str, roles: Collection[Role]) -> list[Account]:
    """List who holds one of the roles in an agency, by name."""
    found = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role.in_(roles),
            RoleGrant.state == GrantState.ACTIVE,
            or_(RoleGrant.agency_id.is_(None), RoleGrant.agency_id == agency_id),
            Account.state == AccountState.ACTIVE,
        )
        .order_by(Account.name, Account.id)
        .distinct()
    )
    return list(session.scalars(found))


def list_overdue(session: Session, before: dt.date) -> list[str]:
    """List grievances of which a limit ended before a day: an answer owed, or the time to go on."""
    owed = Grievance.steps.any((GrievanceStep.state == StepState.OPEN) & (GrievanceStep.due_on < before))
    found = select(Grievance.id).where(
        or_(
            (Grievance.state == GrievanceState.AT_STEP) & owed,
            (Grievance.state == GrievanceState.ANSWERED) & (Grievance.appeal_due_on < before),
        )
    )
    return list(session.scalars(found.order_by(Grievance.id).limit(MOST_AT_ONCE)))


def list_due(session: Session, until: dt.date) -> list[GrievanceStep]:
    """List steps that wait for an answer until a day at the latest, with who answers and whose they are."""
    found = (
        select(GrievanceStep)
        .where(GrievanceStep.state == StepState.OPEN, GrievanceStep.due_on <= until)
        .options(
            joinedload(GrievanceStep.decider),
            joinedload(GrievanceStep.grievance).joinedload(Grievance.agency),
        )
        .order_by(GrievanceStep.due_on, GrievanceStep.id)
        .limit(MOST_AT_ONCE)
    )
    return list(session.scalars(found))


def list_late_remedies(session: Session, before: dt.date) -> list[tuple[GrievanceRemedy, Grievance]]:
    """List what was promised by a day that has passed and is not done."""
    found = (
        select(GrievanceRemedy, Grievance)
        .join(Grievance, Grievance.id == GrievanceRemedy.grievance_id)
        .where(GrievanceRemedy.done_on.is_(None), GrievanceRemedy.due_on < before)
        .options(joinedload(Grievance.agency))
        .order_by(GrievanceRemedy.due_on, GrievanceRemedy.id)
        .limit(MOST_AT_ONCE)
    )
    return [(remedy, grievance) for remedy, grievance in session.execute(found)]


def find_agreement(grievance: Grievance, agreement_id: str) -> GrievanceAgreement:
    """Give a proposal of a loaded grievance, or raise NotFound."""
    found = next((row for row in grievance.agreements if row.id == agreement_id), None)
    if found is None:
        raise NotFound("There is no such proposal.")
    return found


def find_file(grievance: Grievance, file_id: str) -> GrievanceFile:
    """Give a paper of a loaded grievance, or raise NotFound."""
    found = next((row for row in grievance.files if row.id == file_id), None)
    if found is None:
        raise NotFound("There is no such paper.")
    return found


def find_remedy(grievance: Grievance, remedy_id: str) -> GrievanceRemedy:
    """Give a remedy of a loaded grievance, or raise NotFound."""
    found = next((row for row in grievance.remedies if row.id == remedy_id), None)
    if found is None:
        raise NotFound("There is no such remedy.")
    return found


def list_readers(session: Session, grievance_id: str) -> list[tuple[str, dt.datetime]]:
    """List who of the office opened a grievance, each with the last time, the latest first."""
    last = func.max(AuditEvent.at).label("last")
    found = (
        select(AuditEvent.actor_name, last)
        .where(AuditEvent.subject == grievance_id, AuditEvent.action == SHOW)
        .group_by(AuditEvent.actor_name)
        .order_by(last.desc(), AuditEvent.actor_name)
    )
    return [(name, at) for name, at in session.execute(found)]
