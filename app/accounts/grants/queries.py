"""Reading people with their roles, as an administrator or an auditor may."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select, true, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.grants import rules
from app.accounts.grants.states import GrantState
from app.accounts.models import Account, RoleGrant
from app.accounts.roles import Role
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound

PAGE = 50
MOST_COUNTED = 1000
LIST = "accounts.list_accounts"
SHOW = "accounts.show"


def visible_to(actor: Actor, permission: str = LIST) -> ColumnElement[bool]:
    """Give the condition on accounts: those that have or had a role in the actor's agencies."""
    agencies = actor.agencies(permission)
    return true() if agencies is None else Account.role_grants.any(RoleGrant.agency_id.in_(agencies))


def get_visible_account(session: Session, account_id: str, actor: Actor, permission: str = SHOW) -> Account:
    """Give an account with its grants and their agencies, or raise NotFound."""
    account = session.scalar(
        select(Account)
        .where(Account.id == account_id, visible_to(actor, permission))
        .options(selectinload(Account.role_grants).joinedload(RoleGrant.agency))
    )
    if account is None:
        raise NotFound("There is no such account.")
    return account


def list_accounts(
    session: Session,
    actor: Actor,
    *,
    text: str = "",
    role: Role | None = None,
    agency_id: str | None = None,
    after: str = "",
) -> list[Account]:
    """List accounts by name, with their grants, one more than a page when there is another.

    `text` is looked for in name and email address; `after` is the id of the last one of the page before.
    """
    found = (
        select(Account)
        .where(*_asked_for(actor, text, role, agency_id))
        .options(selectinload(Account.role_grants).joinedload(RoleGrant.agency))
        .order_by(Account.name, Account.id)
        .limit(PAGE + 1)
    )
    last = session.get(Account, after) if after else None
    if last is not None:
        found = found.where(tuple_(Account.name, Account.id) > tuple_(last.name, last.id))
    return list(session.scalars(found))


def count_accounts(
    session: Session,
    actor: Actor,
    *,
    text: str = "",
    role: Role | None = None,
    agency_id: str | None = None,
) -> int:
    """Count accounts, but no further than one more than MOST_COUNTED."""
    some = select(Account.id).where(*_asked_for(actor, text, role, agency_id)).limit(MOST_COUNTED + 1)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def list_proposed_grants(session: Session, actor: Actor) -> list[RoleGrant]:
    """List the roles that wait for a second administrator, the oldest first, one page at most."""
    agencies = actor.agencies("accounts.list_proposed_roles")
    found = (
        select(RoleGrant)
        .where(RoleGrant.state == GrantState.PROPOSED, _in_agencies(agencies))
        .options(joinedload(RoleGrant.account), joinedload(RoleGrant.agency), joinedload(RoleGrant.proposer))
        .order_by(RoleGrant.granted_at, RoleGrant.id)
        .limit(PAGE)
    )
    return list(session.scalars(found))


def get_grant(
    session: Session, grant_id: str, actor: Actor, permission: str, *, lock: bool = False
) -> RoleGrant:
    """Give a grant with person, agency and proposer, in whose agency the actor has the permission."""
    found = (
        select(RoleGrant)
        .where(RoleGrant.id == grant_id)
        .options(
            selectinload(RoleGrant.account), selectinload(RoleGrant.agency), selectinload(RoleGrant.proposer)
        )
    )
    grant = session.scalar(found.with_for_update() if lock else found)
    if grant is None or not rules.covers(actor, permission, grant.agency_id):
        raise NotFound("There is no such role.")
    return grant


def list_events(session: Session, account_id: str, actor: Actor) -> list[AuditEvent]:
    """List what the audit trail tells of an account, the newest first, one page at most.

    What concerns an agency is told to those only who may see its people.
    """
    agencies = actor.agencies(SHOW)
    is_open = (
        true()
        if agencies is None
        else or_(AuditEvent.agency_id.is_(None), AuditEvent.agency_id.in_(agencies))
    )
    found = (
        select(AuditEvent)
        .where(AuditEvent.subject == account_id, AuditEvent.action.like("accounts.%"), is_open)
        .order_by(AuditEvent.index.desc())
        .limit(PAGE)
    )
    return list(session.scalars(found))


def _asked_for(
    actor: Actor, text: str, role: Role | None, agency_id: str | None
) -> list[ColumnElement[bool]]:
    asked = [visible_to(actor)]
    if text:
        like = text.casefold()
        asked.append(
            or_(Account.name.icontains(text, autoescape=True), Account.email.contains(like, autoescape=True))
        )
    if role or agency_id:
        held = [RoleGrant.state == GrantState.ACTIVE]
        held += [RoleGrant.role == role] if role else []
        held += [RoleGrant.agency_id == agency_id] if agency_id else []
        held += [_in_agencies(actor.agencies(LIST))]
        condition = held[0]
        for one in held[1:]:
            condition &= one
        asked.append(Account.role_grants.any(condition))
    return asked


def _in_agencies(agencies: frozenset[str] | None) -> ColumnElement[bool]:
    return true() if agencies is None else RoleGrant.agency_id.in_(agencies)
