"""Changing accounts: register, sign in and out."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from sqlalchemy.orm import Session

from app.accounts.models import Account, AccountState, SignInSession
from app.accounts.passwords import hash_password
from app.platform import audit
from app.platform.actors import Actor
from app.platform.ids import new_id


def create_account(
    session: Session, *, email: str, name: str, password: str, actor: Actor, at: dt.datetime
) -> Account:
    """Make an account without any role; a used address comes out as Invalid on `email`."""
    account = Account(
        id=new_id("acc"),
        email=email.strip().casefold(),
        name=name,
        password_hash=hash_password(password),
        state=AccountState.ACTIVE,
        created_at=at,
        role_grants=[],
    )
    session.add(account)
    session.flush()
    audit.record(session, "accounts.register", actor=actor, at=at, subject=account.id)
    return account


def start_session(session: Session, *, account_id: str, address: str, browser: str, at: dt.datetime) -> str:
    """Begin a sign-in session and give its token, which is kept nowhere but in the cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            token_digest=digest_token(token),
            account_id=account_id,
            started_at=at,
            seen_at=at,
            address=address[:64],
            browser=browser[:200],
        )
    )
    return token


def digest_token(token: str) -> str:
    """Give the SHA-256 of a token, in hexadecimal: what the database may know of it."""
    return hashlib.sha256(token.encode()).hexdigest()
