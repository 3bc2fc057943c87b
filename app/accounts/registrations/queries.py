"""Reading registrations that wait."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.registrations.models import Registration
from app.accounts.registrations.rules import HOLDS
from app.accounts.services import digest_token


def find_registration(
    session: Session, registration_id: str, at: dt.datetime, *, lock: bool = False
) -> Registration | None:
    """Find a registration that still waits for its address to answer."""
    found = select(Registration).where(
        Registration.id == registration_id, Registration.used_at.is_(None), Registration.asked_at > at - HOLDS
    )
    return session.scalar(found.with_for_update() if lock else found)


def find_by_token(session: Session, token: str, at: dt.datetime) -> Registration | None:
    """Find the registration whose link was mailed with this token."""
    return session.scalar(
        select(Registration).where(
            Registration.token_digest == digest_token(token),
            Registration.used_at.is_(None),
            Registration.asked_at > at - HOLDS,
        )
    )
