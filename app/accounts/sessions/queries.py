"""Reading sessions and counted tries."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import SignInFailure, SignInSession
from app.accounts.sessions.rules import CODE_WAIT, IDLE, LONGEST


def list_live_sessions(session: Session, account_id: str, at: dt.datetime) -> list[SignInSession]:
    """List a person's signed-in browsers, the one seen last first."""
    found = (
        select(SignInSession)
        .where(
            SignInSession.account_id == account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.is_awaiting_code.is_(False),
            SignInSession.seen_at >= at - IDLE,
            SignInSession.started_at >= at - LONGEST,
        )
        .order_by(SignInSession.seen_at.desc(), SignInSession.id)
    )
    return list(session.scalars(found))


def find_waiting_session(session: Session, token_digest: str, at: dt.datetime) -> SignInSession | None:
    """Find a session whose password was right not long ago and whose code is still asked for."""
    return session.scalar(
        select(SignInSession).where(
            SignInSession.token_digest == token_digest,
            SignInSession.is_awaiting_code.is_(True),
            SignInSession.ended_at.is_(None),
            SignInSession.started_at >= at - CODE_WAIT,
        )
    )


def count_tries(session: Session, key: str, since: dt.datetime) -> int:
    """Count the tries under a key that are younger than `since`."""
    found = select(func.count()).where(SignInFailure.key == key, SignInFailure.at > since)
    return session.scalar(found) or 0
