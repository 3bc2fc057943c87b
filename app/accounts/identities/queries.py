"""Reading the other services' accounts that a person signs in with."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.identities.models import Identity
from app.platform.errors import NotFound
from app.platform.sentences import say


def list_identities(session: Session, account_id: str) -> list[Identity]:
    """List a person's linked accounts, the oldest first."""
    found = (
        select(Identity).where(Identity.account_id == account_id).order_by(Identity.linked_at, Identity.id)
    )
    return list(session.scalars(found))


def find_identity(session: Session, issuer: str, subject: str) -> Identity | None:
    """Find whose account at a service this is."""
    return session.scalar(select(Identity).where(Identity.issuer == issuer, Identity.subject == subject))


def get_identity(session: Session, identity_id: str, account_id: str | None) -> Identity:
    """Give one of a person's own linked accounts; another person's is NotFound."""
    identity = session.scalar(
        select(Identity).where(Identity.id == identity_id, Identity.account_id == account_id)
    )
    if identity is None:
        raise NotFound(say("There is no such link."))
    return identity
