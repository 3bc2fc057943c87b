"""Changing accounts: register, change the password, begin a signed-in session."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from sqlalchemy.orm import Session

from app.accounts.models import Account, AccountState, SignInSession
from app.accounts.queries import get_account
from app.accounts.sessions.rules import place_of
from app.platform import audit, mail
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id
from app.platform.sentences import paragraphs, say, translate

LONGEST_EMAIL = 254
IF_NOT_YOU = say("If this was not you, choose a new password at once and tell your administrator.")


def create_account(
    session: Session,
    *,
    email: str,
    name: str,
    password_hash: str,
    actor: Actor,
    at: dt.datetime,
    language: str | None = None,
) -> Account:
    """Make an account without any role; a used address comes out as Invalid on `email`.

    The hash is made beforehand (passwords.hash_password): it takes long, and the database must not wait.
    """
    account = Account(
        id=new_id("acc"),
        email=folded_email(email),
        name=name,
        password_hash=password_hash,
        state=AccountState.ACTIVE,
        language=language,
        created_at=at,
        role_grants=[],
    )
    session.add(account)
    session.flush()
    audit.record(session, "accounts.register", actor=actor, at=at, subject=account.id)
    return account


def folded_email(email: str) -> str:
    """Give an address as it is kept; one that grows too long is Invalid."""
    folded = email.strip().casefold()
    if len(folded) > LONGEST_EMAIL:  # some letters become longer when they are folded
        raise Invalid(
            email=say("Email address must be %(most)s characters or fewer", most=str(LONGEST_EMAIL))
        )
    return folded


def change_password(
    session: Session, *, account_id: str, password_hash: str, actor: Actor, at: dt.datetime
) -> Account:
    """Keep a new password's hash and tell the person by mail; other sessions are the caller's to end."""
    account = get_account(session, account_id)
    account.password_hash = password_hash
    audit.record(session, "accounts.change_password", actor=actor, at=at, subject=account.id)
    sentence = say("The password of your account was changed.")
    tell(session, account, say("Your password was changed"), sentence, at=at)
    return account


def tell(
    session: Session, account: Account, subject: str, sentence: str, *, at: dt.datetime, to: str = ""
) -> None:
    """Promise a mail that tells a person, in their language, of a change to their account's security.

    It goes `to` another address than the account's where that has just changed.
    """
    language = account.language or ""
    body = letter(account.name, sentence, IF_NOT_YOU, language=language)
    which = "other" if to and to != account.email else "own"
    key = f"security:{account.id}:{at.isoformat()}:{subject}:{which}"
    mail.promise(
        session, key=key, to=to or account.email, subject=translate(subject, language), body=body, at=at
    )


def letter(name: str, *texts: str, language: str = "") -> str:
    """Give the text of a mail to a person, in their language."""
    return paragraphs((say("Hello %(name)s,", name=name), *texts), language)


def start_session(
    session: Session,
    *,
    account_id: str,
    address: str,
    browser: str,
    at: dt.datetime,
    is_awaiting_code: bool = False,
    is_strong: bool = False,
) -> str:
    """Begin a sign-in session and give its token, which is kept nowhere but in the cookie.

    Of the address only the network is kept.
    """
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            id=new_id("ses"),
            token_digest=digest_token(token),
            account_id=account_id,
            started_at=at,
            seen_at=at,
            is_awaiting_code=is_awaiting_code,
            is_strong=is_strong,
            proved_at=None if is_awaiting_code else at,
            place=place_of(address),
            browser="".join(character for character in browser if character.isprintable())[:200],
        )
    )
    return token


def digest_token(token: str) -> str:
    """Give the SHA-256 of a token, in hexadecimal: what the database may know of it."""
    return hashlib.sha256(token.encode()).hexdigest()
