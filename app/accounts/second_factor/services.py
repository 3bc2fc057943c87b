"""Setting up, asking for, removing and resetting the second factor."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.accounts.grants.queries import get_visible_account
from app.accounts.grants.rules import covers_all
from app.accounts.grants.states import GrantState
from app.accounts.models import Account
from app.accounts.passkeys.queries import has_passkey, list_passkeys
from app.accounts.queries import actor_of, is_strong
from app.accounts.roles import is_staff
from app.accounts.second_factor import codes, rules
from app.accounts.services import start_session, tell
from app.accounts.sessions.queries import find_waiting_session
from app.accounts.sessions.services import end_all_sessions, end_other_sessions, strengthen
from app.platform import audit, sealing
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.sentences import say, say_count

WRONG_CODE = say("This code is not right, or was used before. Wait for the next one and enter that")
WRONG_RECOVERY = say("This is not one of your recovery codes, or it was used before")
TOOK_TOO_LONG = say("This sign-in took too long. Sign in again.")
TURNED_OFF = say("You turned two-step sign-in off.")


def begin(session: Session, *, actor: Actor, at: dt.datetime) -> Account:
    """Make a secret, which holds nothing back until a first code has shown that the app knows it."""
    account = _lock(session, actor.id)
    if account.totp_confirmed_at is not None:
        raise Conflict(say("Two-step sign-in is already on. Turn it off first to change to another app."))
    demand_strong(session, account, actor)
    account.totp_secret, account.totp_last_step = sealing.seal(rules.new_secret()), None
    audit.record(session, "accounts.second_factor", actor=actor, at=at, subject=account.id, step="begun")
    return account


def confirm(session: Session, *, code: str, actor: Actor, at: dt.datetime) -> Account:
    """Turn two-step sign-in on with a first right code; all other sessions end."""
    account = _lock(session, actor.id)
    if account.totp_confirmed_at is not None:
        raise Conflict(say("Two-step sign-in is already on."))
    if account.totp_secret is None:
        raise Conflict(say("Start setting up first: there is no QR code yet."))
    account.totp_last_step = _demand_step(account, code, at)
    account.totp_confirmed_at = at
    end_other_sessions(session, actor=actor, at=at)
    strengthen(session, token_digest=actor.session_digest)
    audit.record(session, "accounts.second_factor", actor=actor, at=at, subject=account.id, step="confirmed")
    return account


def pass_code(
    session: Session, *, waiting_digest: str, code: str, address: str, browser: str, at: dt.datetime
) -> str:
    """Finish a two-step sign-in with the right code; give the token of a new session."""
    waiting = find_waiting_session(session, waiting_digest, at)
    if waiting is None:
        raise Conflict(TOOK_TOO_LONG)
    account = _lock(session, waiting.account_id)
    step = _demand_step(account, code, at)
    account.totp_last_step, waiting.ended_at = step, at
    actor = actor_of(account)
    audit.record(session, "accounts.enter_code", actor=actor, at=at, subject=account.id)
    return start_session(
        session, account_id=account.id, address=address, browser=browser, at=at, is_strong=True
    )


def pass_recovery_code(
    session: Session, *, waiting_digest: str, code: str, address: str, browser: str, at: dt.datetime
) -> str:
    """Finish a two-step sign-in with a recovery code, which is used up; give the token of a new session."""
    waiting = find_waiting_session(session, waiting_digest, at)
    if waiting is None:
        raise Conflict(TOOK_TOO_LONG)
    account = _lock(session, waiting.account_id)
    if not codes.use_code(session, account_id=account.id, code=code, at=at):
        raise Invalid(code=WRONG_RECOVERY)
    waiting.ended_at = at
    left = codes.count_codes(session, account.id)
    actor = actor_of(account)
    audit.record(session, "accounts.enter_recovery_code", actor=actor, at=at, subject=account.id, left=left)
    sentence = say_count(
        "Your account was opened with a recovery code. %(count)s code is left.",
        "Your account was opened with a recovery code. %(count)s codes are left.",
        left,
    )
    tell(session, account, say("A recovery code was used"), sentence, at=at)
    return start_session(
        session, account_id=account.id, address=address, browser=browser, at=at, is_strong=True
    )


def new_codes(session: Session, *, actor: Actor, at: dt.datetime) -> list[str]:
    """Make a new set of recovery codes for who is signed in, where there is a second factor to lose."""
    account = _lock(session, actor.id)
    if account.totp_confirmed_at is None and not has_passkey(session, account.id):
        raise Conflict(say("Set up two-step sign-in or a passkey first."))
    demand_strong(session, account, actor)
    return codes.make_codes(session, account=account, actor=actor, at=at)


def reseal(session: Session, *, at: dt.datetime) -> int:
    """Seal every authenticator secret with the present key; give how many were sealed anew."""
    changed = 0
    for account in session.scalars(select(Account).where(Account.totp_secret.is_not(None)).with_for_update()):
        if not sealing.is_current(account.totp_secret or ""):
            account.totp_secret = sealing.seal(sealing.unseal(account.totp_secret or ""))
            changed += 1
    if changed:
        audit.record(
            session, "accounts.change_keys", actor=SYSTEM, at=at, subject="accounts", changed=changed
        )
    return changed


def check_code(session: Session, *, code: str, actor: Actor, at: dt.datetime) -> Account:
    """Use a code up to show who is there; a wrong one is Invalid."""
    account = _lock(session, actor.id)
    account.totp_last_step = _demand_step(account, code, at)
    audit.record(session, "accounts.prove", actor=actor, at=at, subject=account.id)
    return account


def remove(session: Session, *, code: str, actor: Actor, at: dt.datetime) -> Account:
    """Turn one's own two-step sign-in off with a right code."""
    account = _lock(session, actor.id)
    if account.totp_confirmed_at is None:
        raise Conflict(say("Two-step sign-in is already off."))
    _demand_step(account, code, at)
    _clear(session, account)
    audit.record(session, "accounts.remove_second_factor", actor=actor, at=at, subject=account.id)
    tell(session, account, say("Two-step sign-in was turned off"), TURNED_OFF, at=at)
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
    passkeys = list_passkeys(session, account_id)
    if account.totp_secret is None and not passkeys:
        raise Conflict("This person has no second factor.")
    for passkey in passkeys:
        session.delete(passkey)
    session.flush()
    _clear(session, account)
    end_all_sessions(session, account_id=account_id, at=at)
    audit.record(
        session, "accounts.reset_second_factor", actor=actor, at=at, subject=account_id, reason=reason
    )
    sentence = say(
        "%(name)s reset your two-step sign-in and removed your passkeys. "
        "Sign in with your password to set them up again.",
        name=actor.name,
    )
    tell(session, account, say("Your two-step sign-in was reset"), sentence, at=at)
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
    """Give the step of a right code; a secret sealed with an older key, or not yet, is sealed anew."""
    kept = account.totp_secret or ""
    secret = sealing.unseal(kept)
    step = rules.matching_step(secret, code, at=at, last_step=account.totp_last_step) if secret else None
    if step is None:
        raise Invalid(code=WRONG_CODE)
    if not sealing.is_current(kept):
        account.totp_secret = sealing.seal(secret)
    return step


def demand_strong(session: Session, account: Account, actor: Actor) -> None:
    """Refuse staff who have a second factor and did not show it here: a password must not add another."""
    has_factor = account.totp_confirmed_at is not None or has_passkey(session, account.id)
    if has_factor and is_staff(actor) and not is_strong(session, actor.session_digest):
        raise Forbidden(say("Sign out, and sign in again with your second step."))


def _clear(session: Session, account: Account) -> None:
    account.totp_secret = account.totp_last_step = account.totp_confirmed_at = None
    if not has_passkey(session, account.id):
        codes.drop_codes(session, account.id)
