"""Giving, deciding on and ending roles."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.grants import rules
from app.accounts.grants.queries import get_grant
from app.accounts.grants.states import GrantState, move
from app.accounts.models import AccountState, RoleGrant
from app.accounts.queries import find_account_by_email, get_agency
from app.accounts.roles import Role
from app.platform import audit
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Forbidden, Invalid
from app.platform.ids import new_id


def propose_role(
    session: Session, *, email: str, role: Role, agency_id: str | None, actor: Actor, at: dt.datetime
) -> RoleGrant:
    """Give a person a role in an agency, or (None) in all; a sensitive one waits for a second administrator.

    Refused: oneself, an unknown address, a role that is held or proposed already.
    """
    rules.check_scope(role, agency_id)
    if not rules.covers(actor, "accounts.propose_role", agency_id):
        raise Forbidden()
    if agency_id is not None:
        get_agency(session, agency_id)
    account = find_account_by_email(session, email)
    if account is None or account.state is AccountState.CLOSED:
        raise Invalid(email="No account has this email address. Ask the person to register first")
    if account.id == actor.id:
        raise Invalid(email="Nobody gives themselves a role. Another administrator does")
    waits = rules.needs_second_person(role)
    grant = RoleGrant(
        id=new_id("rgt"),
        account_id=account.id,
        role=role,
        agency_id=agency_id,
        state=GrantState.PROPOSED if waits else GrantState.ACTIVE,
        granted_by=actor.id,
        granted_at=at,
    )
    session.add(grant)
    session.flush()
    _record(session, "accounts.propose_role", grant, actor, at)
    return grant


def decide_role(
    session: Session, *, grant_id: str, accepts: bool, reason: str, actor: Actor, at: dt.datetime
) -> RoleGrant:
    """Accept or refuse a proposed role; a refusal needs a reason."""
    grant = get_grant(session, grant_id, actor, "accounts.decide_role", lock=True)
    rules.check_decider(actor, account_id=grant.account_id, proposed_by=grant.granted_by)
    state = move(grant.state, GrantState.ACTIVE if accepts else GrantState.REFUSED)
    if not accepts and not reason:
        raise Invalid(reason="Enter the reason for refusing")
    grant.state, grant.decision_reason = state, reason or None
    grant.decided_by, grant.decided_at = actor.id, at
    _record(session, "accounts.decide_role", grant, actor, at, reason=reason)
    return grant


def end_role(session: Session, *, grant_id: str, reason: str, actor: Actor, at: dt.datetime) -> RoleGrant:
    """End a role at once, with a reason."""
    grant = get_grant(session, grant_id, actor, "accounts.end_role", lock=True)
    rules.check_ender(actor, account_id=grant.account_id)
    state = move(grant.state, GrantState.ENDED)
    if not reason:
        raise Invalid(reason="Enter the reason for ending the role")
    grant.state, grant.ended_by, grant.ended_at, grant.end_reason = state, actor.id, at, reason
    _record(session, "accounts.end_role", grant, actor, at, reason=reason)
    return grant


def install_role(
    session: Session, *, account_id: str, role: Role, agency_id: str | None, at: dt.datetime
) -> RoleGrant:
    """Give a role from the command line, where whoever runs the server stands for both administrators."""
    rules.check_scope(role, agency_id)
    grant = RoleGrant(
        id=new_id("rgt"),
        account_id=account_id,
        role=role,
        agency_id=agency_id,
        state=GrantState.ACTIVE,
        granted_at=at,
    )
    session.add(grant)
    session.flush()
    _record(session, "accounts.propose_role", grant, SYSTEM, at)
    return grant


def _record(
    session: Session, action: str, grant: RoleGrant, actor: Actor, at: dt.datetime, reason: str = ""
) -> None:
    audit.record(
        session,
        action,
        actor=actor,
        at=at,
        subject=grant.account_id,
        agency_id=grant.agency_id,
        role=grant.role,
        grant=grant.id,
        state=grant.state,
        reason=reason,
    )
