"""Reading the links that were mailed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import PasswordReset
from app.accounts.services import digest_token

HOLDS = dt.timedelta(hours=1)


def find_reset(session: Session, token: str, at: dt.datetime, *, lock: bool = False) -> PasswordReset | None:
    """Find the reset that a token belongs to, while it holds."""
    found = select(PasswordReset).where(
        PasswordReset.token_digest == digest_token(token),
        PasswordReset.used_at.is_(None),
        PasswordReset.asked_at > at - HOLDS,
    )
    return session.scalar(found.with_for_update() if lock else found)
