"""Forgotten passwords: the link is asked for, made by the worker that mails it, and used once."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.models import Account, AccountState, PasswordReset
from app.accounts.queries import actor_of, find_account_by_email, get_account
from app.accounts.resets.queries import find_reset
from app.accounts.services import digest_token, tell
from app.accounts.sessions.services import end_all_sessions
from app.platform import audit, jobs
from app.platform.actors import SYSTEM
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say

DEAD_LINK = say("This link was used before or is older than an hour. Ask for a new one.")
CHOSEN = say("A new password was chosen by a mailed link.")


def ask_reset(session: Session, *, email: str, path: str, at: dt.datetime) -> None:
    """Promise a look for the account; the same is done, as fast, where there is none.

    `path` is where the link leads to, on this site.
    """
    payload = {"email": email, "path": path}
    jobs.enqueue(session, "accounts.send_reset", key=f"reset:{new_id('pwr')}", payload=payload, at=at)


def make_reset(session: Session, *, email: str, at: dt.datetime) -> tuple[Account, str] | None:
    """Make a token for the account with this address; nothing for no account or a closed one.

    The token leaves by mail alone: the database knows its digest.
    """
    account = find_account_by_email(session, email)
    if account is None or account.state is AccountState.CLOSED:
        return None
    token = secrets.token_urlsafe(32)
    reset = PasswordReset(
        id=new_id("pwr"), account_id=account.id, token_digest=digest_token(token), asked_at=at
    )
    session.add(reset)
    audit.record(session, "accounts.forgot", actor=SYSTEM, at=at, subject=account.id)
    return account, token


def use_reset(session: Session, *, token: str, password_hash: str, at: dt.datetime) -> Account:
    """Set a new password by a link; the account's other links are dead and all its sessions end."""
    reset = find_reset(session, token, at, lock=True)
    if reset is None:
        raise Conflict(DEAD_LINK)
    account = get_account(session, reset.account_id)
    if account.state is AccountState.CLOSED:
        raise Conflict(DEAD_LINK)
    account.password_hash = password_hash
    session.execute(
        update(PasswordReset)
        .where(PasswordReset.account_id == account.id, PasswordReset.used_at.is_(None))
        .values(used_at=at)
    )
    end_all_sessions(session, account_id=account.id, at=at)
    audit.record(session, "accounts.reset", actor=actor_of(account), at=at, subject=account.id)
    tell(session, account, say("Your password was changed"), CHOSEN, at=at)
    return account
