"""Signing in with another service's account, linking one and letting go of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.identities.client import Arrival
from app.accounts.identities.models import Identity
from app.accounts.identities.queries import find_identity, get_identity, list_identities
from app.accounts.models import Account, AccountState
from app.accounts.passkeys.queries import has_passkey
from app.accounts.queries import actor_of, find_account_by_email, get_account
from app.accounts.roles import is_staff
from app.accounts.services import create_account, tell
from app.platform import audit
from app.platform.actors import ANONYMOUS, Actor
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say

UNCONFIRMED = say(
    "The other service has not confirmed your email address. Confirm it there, or register here."
)
CLOSED = say("This account is closed. Write to the office if you need it again.")
SIGN_IN_FIRST = say(
    "There is an account with your email address. Sign in to it once with your password, "
    "then link the other service on the page of your account."
)
LAST_DOOR = say("Choose a password or add a passkey first: otherwise you could not sign in any more.")


def recognise(
    session: Session, *, arrival: Arrival, links_by_email: bool, language: str, at: dt.datetime
) -> Account:
    """Give whose account it is, linking or making one where the service's word on the address allows it.

    An address that the service has not verified opens nothing and makes nothing. Staff, and anyone where the
    operator has not said otherwise, link from inside their account.
    """
    identity = find_identity(session, arrival.issuer, arrival.subject)
    if identity is not None:
        account = get_account(session, identity.account_id)
        if account.state is AccountState.CLOSED:
            raise Conflict(CLOSED)
        identity.used_at = at
        actor = actor_of(account)
        audit.record(session, "accounts.use_service", actor=actor, at=at, subject=account.id)
        return account
    if not arrival.email or not arrival.is_email_verified:
        raise Conflict(UNCONFIRMED)
    found = find_account_by_email(session, arrival.email)
    if found is None:
        return _make(session, arrival, language, at)
    if found.state is AccountState.CLOSED:
        raise Conflict(CLOSED)
    if not links_by_email or is_staff(actor_of(found)):
        raise Conflict(SIGN_IN_FIRST)
    _link(session, found, arrival, actor_of(found), at)
    return found


def link(session: Session, *, arrival: Arrival, actor: Actor, at: dt.datetime) -> Identity:
    """Link the other service's account to the one that is signed in."""
    known = find_identity(session, arrival.issuer, arrival.subject)
    if known is not None and known.account_id == actor.id:
        return known
    if known is not None:
        raise Invalid(say("That account is linked to another account here already."))
    return _link(session, get_account(session, str(actor.id)), arrival, actor, at)


def unlink(session: Session, *, identity_id: str, actor: Actor, at: dt.datetime) -> None:
    """Let go of a linked account, unless nothing else would open the account here."""
    identity = get_identity(session, identity_id, actor.id)
    account = get_account(session, identity.account_id)
    others = [one for one in list_identities(session, account.id) if one.id != identity_id]
    if not (account.password_hash or has_passkey(session, account.id) or others):
        raise Conflict(LAST_DOOR)
    session.delete(identity)
    audit.record(session, "accounts.unlink_service", actor=actor, at=at, subject=account.id)
    sentence = say("Another service no longer opens your account: %(issuer)s.", issuer=identity.issuer)
    tell(session, account, say("A service was unlinked"), sentence, at=at)


def check_same_person(actor: Actor, account_id: str) -> None:
    """Refuse a link that was begun by somebody else in the same browser."""
    if not actor.is_signed_in or actor.id != account_id:
        raise Forbidden(say("Sign in again, then link the service."))


def _make(session: Session, arrival: Arrival, language: str, at: dt.datetime) -> Account:
    name = "".join(character for character in arrival.name if character.isprintable()).strip()[:200]
    account = create_account(
        session,
        email=arrival.email,
        name=name or arrival.email.partition("@")[0],
        password_hash="",
        actor=ANONYMOUS,
        at=at,
    )
    account.language = language or None
    _link(session, account, arrival, actor_of(account), at)
    return account


def _link(session: Session, account: Account, arrival: Arrival, actor: Actor, at: dt.datetime) -> Identity:
    identity = Identity(
        id=new_id("idn"),
        account_id=account.id,
        issuer=arrival.issuer,
        subject=arrival.subject,
        email=arrival.email[:254],
        linked_at=at,
        used_at=at,
    )
    session.add(identity)
    session.flush()
    audit.record(session, "accounts.link_service", actor=actor, at=at, subject=account.id)
    sentence = say("Another service opens your account from now on: %(issuer)s.", issuer=arrival.issuer)
    tell(session, account, say("A service was linked"), sentence, at=at)
    return identity
