"""Changing a mail address: asked for, confirmed at both addresses, then done."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.addresses.models import AddressChange
from app.accounts.addresses.queries import find_by_token
from app.accounts.models import Account, PasswordReset
from app.accounts.queries import actor_of, find_account_by_email, get_account
from app.accounts.services import digest_token, folded_email, tell
from app.platform import audit, jobs
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say

OVER = say("This link was used before or is older than a day. Ask for the change again.")
SAME = say("This is your address already")


@dataclass(frozen=True, slots=True)
class Letters:
    """What both addresses are told; `is_taken` when the new one belongs to an account already."""

    account: Account
    email: str
    old_token: str
    new_token: str
    is_taken: bool


def ask(session: Session, *, email: str, link_path: str, actor: Actor, at: dt.datetime) -> AddressChange:
    """Keep the wish for another address and promise a mail to both; an earlier wish ends.

    The same is done, and said, whether or not the new address has an account.
    """
    account, folded = get_account(session, str(actor.id)), folded_email(email)
    if folded == account.email:
        raise Invalid(email=SAME)
    _end_open(session, account.id, at)
    change = AddressChange(id=new_id("emc"), account_id=account.id, email=folded, asked_at=at)
    session.add(change)
    session.flush()
    audit.record(session, "accounts.change_address", actor=actor, at=at, subject=account.id, step="asked")
    payload = {"change": change.id, "path": link_path}
    jobs.enqueue(session, "accounts.send_address_change", key=f"address:{change.id}", payload=payload, at=at)
    return change


def prepare(session: Session, *, change_id: str, at: dt.datetime) -> Letters | None:
    """Make the two tokens that will be mailed; None when the wish has ended meanwhile."""
    change = session.scalar(
        select(AddressChange)
        .where(AddressChange.id == change_id, AddressChange.ended_at.is_(None))
        .with_for_update()
    )
    if change is None:
        return None
    account = get_account(session, change.account_id)
    is_taken = find_account_by_email(session, change.email) is not None
    old, new = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    change.old_token_digest = digest_token(old)
    change.new_token_digest = None if is_taken else digest_token(new)
    audit.record(
        session, "accounts.change_address", actor=actor_of(account), at=at, subject=account.id, step="mailed"
    )
    return Letters(account, change.email, old, new, is_taken)


def confirm(session: Session, *, token: str, at: dt.datetime) -> AddressChange:
    """Confirm at the address that was mailed this token; with both confirmed the address is changed."""
    change = find_by_token(session, token, at, lock=True)
    if change is None:
        raise Conflict(OVER)
    if change.old_token_digest == digest_token(token):
        change.old_confirmed_at, step = change.old_confirmed_at or at, "old"
    else:
        change.new_confirmed_at, step = change.new_confirmed_at or at, "new"
    account = get_account(session, change.account_id)
    if change.old_confirmed_at and change.new_confirmed_at:
        _change(session, account, change, at)
        step = "done"
    actor = actor_of(account)
    audit.record(session, "accounts.change_address", actor=actor, at=at, subject=account.id, step=step)
    return change


def cancel(session: Session, *, actor: Actor, at: dt.datetime) -> None:
    """Give up the wish for another address."""
    _end_open(session, str(actor.id), at)
    audit.record(
        session, "accounts.change_address", actor=actor, at=at, subject=str(actor.id), step="given up"
    )


def _change(session: Session, account: Account, change: AddressChange, at: dt.datetime) -> None:
    if find_account_by_email(session, change.email) is not None:
        raise Conflict(OVER)
    old, account.email = account.email, change.email
    change.done_at = change.ended_at = at
    session.execute(
        update(PasswordReset)
        .where(PasswordReset.account_id == account.id, PasswordReset.used_at.is_(None))
        .values(used_at=at)
    )
    session.flush()
    sentence = say(
        "The address of your account is %(email)s from now on. Sign in with it.", email=account.email
    )
    for to in (old, account.email):
        subject = say("Your email address was changed")
        tell(session, account, subject, sentence, at=at, to=to)


def _end_open(session: Session, account_id: str, at: dt.datetime) -> None:
    session.execute(
        update(AddressChange)
        .where(AddressChange.account_id == account_id, AddressChange.ended_at.is_(None))
        .values(ended_at=at)
    )
