"""Reading accounts, sessions and roles."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, AccountState, Agency, RoleGrant, SignInSession
from app.accounts.roles import grants_for
from app.accounts.sessions.rules import IDLE, LONGEST
from app.platform.actors import ANONYMOUS, Actor, Grant
from app.platform.errors import NotFound


def get_account(session: Session, account_id: str) -> Account:
    """Give an account with its role grants, or raise NotFound."""
    account = session.scalar(
        select(Account).where(Account.id == account_id).options(selectinload(Account.role_grants))
    )
    if account is None:
        raise NotFound("There is no such account.")
    return account


def get_account_with_agencies(session: Session, account_id: str) -> Account:
    """Give an account with its role grants and their agencies, or raise NotFound."""
    account = session.scalar(
        select(Account)
        .where(Account.id == account_id)
        .options(selectinload(Account.role_grants).joinedload(RoleGrant.agency))
    )
    if account is None:
        raise NotFound("There is no such account.")
    return account


def find_account_by_email(session: Session, email: str) -> Account | None:
    """Find an account by its address, in any letter case."""
    return session.scalar(
        select(Account)
        .where(Account.email == email.strip().casefold())
        .options(selectinload(Account.role_grants))
    )


def find_sign_in(session: Session, email: str) -> tuple[str, str | None]:
    """Find whose password is to be tried: an account's id and hash, both empty where there is none to try.

    One query, whether or not there is such an account. A closed account's password is tried only where the
    account was merged, so that its owner can be told where to sign in.
    """
    found = session.execute(
        select(Account.id, Account.password_hash).where(
            Account.email == email.strip().casefold(),
            or_(Account.state == AccountState.ACTIVE, Account.merged_into_id.is_not(None)),
        )
    ).one_or_none()
    return (found.id, found.password_hash) if found else ("", None)


def find_session(session: Session, token_digest: str, at: dt.datetime) -> SignInSession | None:
    """Find a session that is signed in, and neither ended, nor idle for too long, nor too old."""
    row = session.scalar(select(SignInSession).where(SignInSession.token_digest == token_digest))
    if (
        row is None
        or row.is_awaiting_code
        or row.ended_at
        or row.seen_at < at - IDLE
        or row.started_at < at - LONGEST
    ):
        return None
    return row


def actor_of(account: Account, session_digest: str = "") -> Actor:
    """Turn an account, loaded with its role grants, into who acts."""
    held = [grant for grant in account.role_grants if grant.state is GrantState.ACTIVE]
    grants: list[Grant] = []
    for grant in held:
        grants.extend(grants_for(grant.role, grant.agency_id))
    return Actor(
        id=account.id,
        name=account.name,
        grants=tuple(grants),
        roles=tuple(sorted({grant.role.value for grant in held})),
        email=account.email,
        session_digest=session_digest,
        language=account.language or "",
    )


def load_actor(session: Session, row: SignInSession | None) -> Actor:
    """Give whose session this is, as find_session found it; ANONYMOUS when nobody is signed in."""
    if row is None:
        return ANONYMOUS
    account = get_account(session, row.account_id)
    return actor_of(account, row.token_digest) if account.state is AccountState.ACTIVE else ANONYMOUS


def is_strong(session: Session, session_digest: str) -> bool:
    """Tell whether two factors were shown in a session."""
    found = select(SignInSession.is_strong).where(SignInSession.token_digest == session_digest)
    return bool(session.scalar(found))


def get_agency(session: Session, agency_id: str) -> Agency:
    """Give an agency, or raise NotFound."""
    agency = session.get(Agency, agency_id)
    if agency is None:
        raise NotFound("There is no such agency.")
    return agency


def list_agencies(session: Session) -> list[Agency]:
    """List all agencies by name."""
    return list(session.scalars(select(Agency).order_by(Agency.name, Agency.id)))


def list_agencies_for(session: Session, actor: Actor, permission: str) -> list[Agency]:
    """List the agencies in which the actor holds the permission, by name."""
    allowed = actor.agencies(permission)
    return [agency for agency in list_agencies(session) if allowed is None or agency.id in allowed]
