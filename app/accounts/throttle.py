"""One way to bear only so many tries: counted in the database, so that all processes count together.

What others could wear out asks `allow(...)`; a page open to everybody is marked `@limited` (limited.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import SignInFailure
from app.accounts.sessions.rules import limits_for, window_of
from app.accounts.sessions.services import begin_try


def allow(
    session: Session, purpose: str, *, at: dt.datetime, who: str = "", address: str = ""
) -> dt.datetime | None:
    """Count a try for a purpose of LIMITS; None when it may go on, else the moment from which to try again.

    `who` is what is tried (an email address, an account's id, a receipt's number), `address` where from.
    Either may be empty; what is counted is a digest, or the network.
    """
    limits = limits_for(purpose, who, address)
    if begin_try(session, limits=limits, at=at):
        return None
    return retry_at(session, limits=limits, at=at)


def retry_at(session: Session, *, limits: Mapping[str, int], at: dt.datetime) -> dt.datetime:
    """Give the moment from which one more try is borne under every one of these keys."""
    moments = [at]
    for key, most in limits.items():
        window = window_of(key)
        found = (
            select(SignInFailure.at)
            .where(SignInFailure.key == key, SignInFailure.at > at - window)
            .order_by(SignInFailure.at.desc(), SignInFailure.id.desc())
            .offset(most - 1)
            .limit(1)
        )
        oldest = session.scalar(found)
        if oldest is not None:
            moments.append(oldest + window)
    return max(moments)
