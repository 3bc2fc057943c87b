"""Reading changes of a mail address."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.addresses.models import AddressChange
from app.accounts.addresses.rules import HOLDS
from app.accounts.services import digest_token


def find_open_change(session: Session, account_id: str, at: dt.datetime) -> AddressChange | None:
    """Find the change that a person asked for and that still waits."""
    return session.scalar(
        select(AddressChange).where(
            AddressChange.account_id == account_id,
            AddressChange.ended_at.is_(None),
            AddressChange.asked_at > at - HOLDS,
        )
    )


def find_by_token(
    session: Session, token: str, at: dt.datetime, *, lock: bool = False
) -> AddressChange | None:
    """Find the waiting change whose old or new address was mailed this token."""
    digest = digest_token(token)
    found = select(AddressChange).where(
        or_(AddressChange.old_token_digest == digest, AddressChange.new_token_digest == digest),
        AddressChange.ended_at.is_(None),
        AddressChange.asked_at > at - HOLDS,
    )
    return session.scalar(found.with_for_update() if lock else found)
