"""Setting up, asking for, removing and resetting the second factor."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.accounts.grants.queries import get_visible_account
from app.accounts.grants.rules import covers_all
from app.accounts.grants.states import GrantState
from app.accounts.models import Account
from app.accounts.queries import actor_of
from app.accounts.second_factor import rules
from app.accounts.services import start_session, tell
from app.accounts.sessions.queries import find_waiting_session
from app.accounts.sessions.services import end_all_sessions, end_other_sessions
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound

WRONG_CODE = "This code is not right, or was used before. Wait for the next one and enter that"


def begin(session: Session, *, actor: Actor, at: dt.datetime) -> Account:
    """Make a secret, which holds nothing back until a first code has shown that the app knows it."""
    account = _lock(session, actor.id)
    if account.totp_confirmed_at is not None:
        raise Conflict("Two-step sign-in is already on. Turn it off first to change to another app.")
    account.totp_secret, account.totp_last_step = rules.new_secret(), None
    audit.record(session, "accounts.second_factor", actor=actor, at=at, subject=account.id, step="begun")
    return account


def confirm(session: Session, *, code: str, actor: Actor, at: dt.datetime) -> Account:
    """Turn two-step sign-in on with a first right code; all other sessions end."""
    account = _lock(session, actor.id)
    if account.totp_confirmed_at is not None:
        raise Conflict("Two-step sign-in is already on.")
    if account.totp_secret is None:
        raise Conflict("Start setting up first: there is no QR code yet.")
    account.totp_last_step = _demand_step(account, code, at)
    account.totp_confirmed_at = at
    end_other_sessions(session, actor=actor, at=at)
    audit.record(session, "accounts.second_factor", actor=actor, at=at, subject=account.id, step="confirmed")
    return account


def pass_code(
    session: Session, *, waiting_digest: str, code: str, address: str, browser: str, at: dt.datetime
) -> str:
    """Finish a two-step sign-in with the right code; give the token of a new session."""
    waiting = find_waiting_session(session, waiting_digest, at)
    if waiting is None:
        raise Conflict("This sign-in took too long. Sign in again.")
    account = _lock(session, waiting.account_id)
    step = _demand_step(account, code, at)
    account.totp_last_step, waiting.ended_at = step, at
    actor = actor_of(account)
    audit.record(session, "accounts.enter_code", actor=actor, at=at, subject=account.id)
    return start_session(session, account_id=account.id, address=address, browser=browser, at=at)


def remove(session: Session, *, code: str, actor: Actor, at: dt.datetime) -> Account:
    """Turn one's own two-step sign-in off with a right code."""
    account = _lock(session, actor.id)
    if account.totp_confirmed_at is None:
        raise Conflict("Two-step sign-in is already off.")
    _demand_step(account, code, at)
    _clear(account)
    audit.record(session, "accounts.remove_second_factor", actor=actor, at=at, subject=account.id)
    tell(session, account, "Two-step sign-in was turned off", "You turned two-step sign-in off.", at=at)
    return account


def reset(session: Session, *, account_id: str, reason: str, actor: Actor, at: dt.datetime) -> Account:
    """Turn another person's two-step sign-in off, because they lost the phone; all their sessions end."""
    permission = "accounts.reset_second_factor"
    get_visible_account(session, account_id, actor, permission)
    if account_id == actor.id:
        raise Forbidden("Another administrator resets your second factor.")
    account = _lock(session, account_id)
    held = [grant.agency_id for grant in account.role_grants if grant.state is GrantState.ACTIVE]
    if not covers_all(actor, permission, held):
        raise Forbidden("This person also has a role outside your agencies. Ask a system administrator.")
    if account.totp_secret is None:
        raise Conflict("This person has no second factor.")
    _clear(account)
    end_all_sessions(session, account_id=account_id, at=at)
    audit.record(
        session, "accounts.reset_second_factor", actor=actor, at=at, subject=account_id, reason=reason
    )
    sentence = f"{actor.name} reset your two-step sign-in. Sign in with your password to set it up again."
    tell(session, account, "Your two-step sign-in was reset", sentence, at=at)
    return account


def _lock(session: Session, account_id: str | None) -> Account:
    account = session.scalar(
        select(Account)
        .where(Account.id == account_id)
        .options(selectinload(Account.role_grants))
        .with_for_update()
    )
    if account is None:
        raise NotFound("There is no such account.")
    return account


def _demand_step(account: Account, code: str, at: dt.datetime) -> int:
    secret = account.totp_secret or ""
    step = rules.matching_step(secret, code, at=at, last_step=account.totp_last_step) if secret else None
    if step is None:
        raise Invalid(code=WRONG_CODE)
    return step


def _clear(account: Account) -> None:
    account.totp_secret = account.totp_last_step = account.totp_confirmed_at = None
