"""Reading passkeys."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.passkeys.models import Passkey
from app.platform.errors import NotFound
from app.platform.sentences import say


def list_passkeys(session: Session, account_id: str) -> list[Passkey]:
    """List a person's passkeys, the oldest first."""
    found = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.created_at, Passkey.id)
    return list(session.scalars(found))


def get_passkey(session: Session, passkey_id: str, account_id: str | None) -> Passkey:
    """Give one of a person's own passkeys; another person's is NotFound."""
    passkey = session.scalar(
        select(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account_id)
    )
    if passkey is None:
        raise NotFound(say("There is no such passkey."))
    return passkey


def find_by_credential(session: Session, credential_id: str) -> Passkey | None:
    """Find the passkey that a browser names, and lock it while its counter is looked at."""
    return session.scalar(select(Passkey).where(Passkey.credential_id == credential_id).with_for_update())


def has_passkey(session: Session, account_id: str | None) -> bool:
    """Tell whether a person has a passkey that opens the account."""
    found = select(Passkey.id).where(Passkey.account_id == account_id, Passkey.halted_at.is_(None)).limit(1)
    return session.scalar(found) is not None
