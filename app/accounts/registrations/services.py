"""Asking for an account, mailing what proves the address, and making the account once it is proved."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import find_account_by_email
from app.accounts.registrations import rules
from app.accounts.registrations.models import Registration
from app.accounts.registrations.queries import find_registration
from app.accounts.services import create_account, digest_token, folded_email
from app.platform import jobs, sealing
from app.platform.actors import ANONYMOUS
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say

OVER = say("This registration was used before or is older than a day. Register again.")
WRONG = say("This is not the code that we mailed last. Check it, or ask for another mail")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the address is told: a token and a code, or (`owner`) that it has an account already."""

    registration: Registration
    owner: Account | None
    token: str
    code: str


def ask(
    session: Session,
    *,
    name: str,
    email: str,
    password_hash: str,
    language: str,
    next_path: str,
    link_path: str,
    at: dt.datetime,
) -> str:
    """Keep who asked for an account, promise a mail, give the row's id; the same for every address."""
    registration = Registration(
        id=new_id("reg"),
        email=folded_email(email),
        name=name,
        password_hash=password_hash,
        language=language,
        next_path=next_path,
        asked_at=at,
    )
    session.add(registration)
    promise_mail(session, registration_id=registration.id, link_path=link_path, at=at)
    return registration.id


def promise_mail(session: Session, *, registration_id: str, link_path: str, at: dt.datetime) -> None:
    """Promise a mail, the first one or another; the code of the one before is dead once it is written."""
    key = f"registration:{registration_id}:{at.isoformat()}"
    payload = {"registration": registration_id, "path": link_path}
    jobs.enqueue(session, "accounts.send_registration", key=key, payload=payload, at=at)


def prepare(session: Session, *, registration_id: str, at: dt.datetime) -> Answer | None:
    """Make the token and the code that will be mailed; None when the registration is over meanwhile."""
    registration = find_registration(session, registration_id, at, lock=True)
    if registration is None:
        return None
    owner = find_account_by_email(session, registration.email)
    token, code = secrets.token_urlsafe(32), rules.new_code()
    registration.mailed_at = at
    if owner is None:
        registration.token_digest = digest_token(token)
        registration.code_digest = sealing.digests(f"{registration.id}:{code}")[0]
    return Answer(registration, owner, token, code)


def confirm_by_code(session: Session, *, registration_id: str, code: str, at: dt.datetime) -> Account:
    """Make the account when the mailed code was typed in the browser that asked for it."""
    registration = find_registration(session, registration_id, at, lock=True)
    if registration is None:
        raise Conflict(OVER)
    typed = sealing.digests(f"{registration.id}:{rules.plain(code)}")
    kept = registration.code_digest or ""
    if not any(hmac.compare_digest(one, kept) for one in typed):
        raise Invalid(code=WRONG)
    return _make(session, registration, at)


def confirm_by_token(session: Session, *, token: str, at: dt.datetime) -> Account:
    """Make the account when the mailed link was followed."""
    used = session.execute(
        update(Registration)
        .where(Registration.token_digest == digest_token(token), Registration.used_at.is_(None))
        .values(used_at=at)
        .returning(Registration.id)
    ).scalar_one_or_none()
    registration = session.get(Registration, used) if used else None
    if registration is None or registration.asked_at <= at - rules.HOLDS:
        raise Conflict(OVER)
    return _make(session, registration, at)


def forget(session: Session, *, at: dt.datetime) -> None:
    """Remove registrations that are over."""
    session.execute(delete(Registration).where(Registration.asked_at <= at - rules.KEPT))


def _make(session: Session, registration: Registration, at: dt.datetime) -> Account:
    if find_account_by_email(session, registration.email) is not None:
        raise Conflict(OVER)
    registration.used_at = at
    account = create_account(
        session,
        email=registration.email,
        name=registration.name,
        password_hash=registration.password_hash,
        actor=ANONYMOUS,
        at=at,
    )
    account.language = registration.language or None
    return account
