"""Reading in which browsers a person signed in before."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import KnownDevice
from app.accounts.services import digest_token
from app.accounts.sessions.rules import DEVICE_KNOWN


def known_device(session: Session, *, account_id: str, device: str, at: dt.datetime) -> str:
    """Give the digest of a browser's cookie where the account was opened with it before; else nothing.

    One query, whether or not there is such an account.
    """
    found = select(KnownDevice.digest).where(
        KnownDevice.account_id == account_id,
        KnownDevice.digest == digest_token(device),
        KnownDevice.seen_at > at - DEVICE_KNOWN,
    )
    return session.scalar(found) or ""
