"""Reading allegations: whoever oversees them in the agency, and who investigates one, and nobody else."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, AccountState, RoleGrant
from app.accounts.roles import Role
from app.personnel.allegations.models import Allegation, AllegationFile, Investigator
from app.personnel.allegations.states import AllegationState
from app.personnel.employees.models import Employee
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

# Who takes allegations in oversees them; other permissions show one's own investigations alone.
SHOW = "personnel.allegations.show"
OVERSEE = "personnel.allegations.record"
INVESTIGATING = (Role.HR_OFFICER, Role.SUPERVISOR)
MOST_PEOPLE = 200
ORDER = (Allegation.recorded_at, Allegation.id)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on allegations that the actor may know of; never one about the actor.

    An investigator knows of one while holding the permission in its agency.
    """
    own = select(Employee.id).where(Employee.account_id == actor.id)
    overseen = scope.within(Allegation.agency_id, actor, OVERSEE)
    investigated = (Allegation.investigator_id == actor.id) & scope.within(Allegation.agency_id, actor, SHOW)
    return or_(overseen, investigated) & Allegation.employee_id.not_in(own)


def get_allegation(session: Session, allegation_id: str, actor: Actor, *, lock: bool = False) -> Allegation:
    """Give an allegation with its people, interviews and files, locked on demand; else NotFound."""
    found = (
        select(Allegation)
        .where(Allegation.id == allegation_id, visible_to(actor))
        .options(
            joinedload(Allegation.employee),
            joinedload(Allegation.agency),
            joinedload(Allegation.recorder),
            joinedload(Allegation.investigator),
            selectinload(Allegation.interviews),
            selectinload(Allegation.files),
        )
    )
    if lock:
        found = found.with_for_update(of=Allegation).execution_options(populate_existing=True)
    allegation = session.scalar(found)
    if allegation is None:
        raise NotFound("There is no such allegation.")
    return allegation


def find_allegation(session: Session, allegation_id: str | None, actor: Actor) -> Allegation | None:
    """Find an allegation that the actor may know of."""
    return session.scalar(select(Allegation).where(Allegation.id == allegation_id, visible_to(actor)))


def list_allegations(
    session: Session, actor: Actor, *, state: AllegationState | None = None, cursor: str = ""
) -> keyset.Page[Allegation]:
    """List a page of allegations with employee, agency and investigator, the newest first."""
    found = (
        select(Allegation)
        .where(visible_to(actor))
        .options(
            joinedload(Allegation.employee),
            joinedload(Allegation.agency),
            joinedload(Allegation.investigator),
        )
    )
    if state is not None:
        found = found.where(Allegation.state == state)
    return keyset.fetch(session, found, ORDER, is_descending=True, cursor=cursor, size=keyset.SIZE)


def list_investigators(session: Session, agency_id: str, subject: str | None) -> list[tuple[str, str]]:
    """List who may investigate in the agency, but whom it is about: account id, name and title, by name."""
    rows = session.execute(
        select(Account.id, Account.name, func.min(RoleGrant.role).label("role"))
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role.in_(INVESTIGATING),
            RoleGrant.state == GrantState.ACTIVE,
            or_(RoleGrant.agency_id.is_(None), RoleGrant.agency_id == agency_id),
            Account.state == AccountState.ACTIVE,
            Account.id.is_distinct_from(subject),
        )
        .group_by(Account.id, Account.name)
        .order_by(Account.name, Account.id)
        .limit(MOST_PEOPLE)
    )
    return [(row.id, f"{row.name}, {row.role.title}") for row in rows]


def get_file(allegation: Allegation, file_id: str) -> AllegationFile:
    """Give a file of a loaded allegation, or raise NotFound."""
    file = next((file for file in allegation.files if file.id == file_id), None)
    if file is None:
        raise NotFound("There is no such file.")
    return file


def list_ever_named(session: Session, allegation_id: str | None) -> frozenset[str]:
    """List the accounts of everybody who was ever named to investigate what a case rests on."""
    found = select(Investigator.account_id).where(Investigator.allegation_id == allegation_id)
    return frozenset(session.scalars(found))
