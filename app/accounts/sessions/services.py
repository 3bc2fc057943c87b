"""Signing in and out, and the throttle: a try is counted before it is judged and forgiven when right."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Account, SignInFailure, SignInSession
from app.accounts.passkeys.queries import has_passkey
from app.accounts.queries import actor_of, get_account
from app.accounts.roles import is_staff
from app.accounts.services import start_session
from app.accounts.sessions import queries
from app.accounts.sessions.rules import LONGEST_WINDOW, window_of
from app.platform import db
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say


def begin_try(session: Session, *, limits: Mapping[str, int], at: dt.datetime) -> tuple[int, ...]:
    """Count a try under each key and give its rows; nothing is given when there were too many before.

    Counting first means that many guesses sent at once are not all judged before one of them is counted.
    """
    _queue(session, limits)
    if any(queries.count_tries(session, key, at - window_of(key)) >= most for key, most in limits.items()):
        return ()
    tries = [SignInFailure(key=key, at=at) for key in limits]
    session.add_all(tries)
    session.flush()
    return tuple(row.id for row in tries)


def forgive(session: Session, *, tried: tuple[int, ...], limits: Mapping[str, int]) -> None:
    """Forget a try that was right, and with it all that were counted for the person.

    Others from the same network address stay counted: signing in to one's own account between guesses
    must not buy new guesses at another's.
    """
    person = next(iter(limits))
    session.execute(
        delete(SignInFailure).where(or_(SignInFailure.id.in_(tried), SignInFailure.key == person))
    )


def sign_in(
    session: Session,
    *,
    account_id: str,
    address: str,
    browser: str,
    at: dt.datetime,
    is_strong: bool = False,
) -> tuple[str, bool]:
    """Begin a session after the first factor; give its token and whether a second one is still asked for.

    It is asked of everybody with an authenticator app, and of staff with a passkey. With `is_strong` two
    factors were shown already.
    """
    account = get_account(session, account_id)
    waits = not is_strong and _has_second_factor(session, account)
    token = start_session(
        session,
        account_id=account_id,
        address=address,
        browser=browser,
        at=at,
        is_awaiting_code=waits,
        is_strong=is_strong,
    )
    return token, waits


def prove(session: Session, *, token_digest: str, at: dt.datetime) -> None:
    """Keep that a person showed once more that it is them."""
    session.execute(
        update(SignInSession).where(SignInSession.token_digest == token_digest).values(proved_at=at)
    )


def strengthen(session: Session, *, token_digest: str) -> None:
    """Keep that a second factor was shown in a session, because it was set up there."""
    session.execute(
        update(SignInSession).where(SignInSession.token_digest == token_digest).values(is_strong=True)
    )


def sign_out(session: Session, *, token_digest: str, at: dt.datetime) -> None:
    """End a session for good: a copy of its cookie opens nothing from now on."""
    _end(session, at, SignInSession.token_digest == token_digest)


def end_session(session: Session, *, session_id: str, actor: Actor, at: dt.datetime) -> None:
    """End one of one's own sessions; another person's is NotFound."""
    ended = _end(session, at, SignInSession.id == session_id, SignInSession.account_id == actor.id)
    if not ended:
        raise NotFound(say("This session has already ended."))


def end_other_sessions(session: Session, *, actor: Actor, at: dt.datetime) -> int:
    """End all of one's own sessions but the present one; give how many there were."""
    is_other = SignInSession.token_digest != actor.session_digest
    return _end(session, at, SignInSession.account_id == actor.id, is_other)


def end_all_sessions(session: Session, *, account_id: str, at: dt.datetime) -> int:
    """End every session of a person; give how many there were."""
    return _end(session, at, SignInSession.account_id == account_id)


def note_seen(session: Session, *, token_digest: str, at: dt.datetime) -> None:
    """Keep when a session was last used."""
    session.execute(
        update(SignInSession).where(SignInSession.token_digest == token_digest).values(seen_at=at)
    )


def forget_tries(session: Session, *, at: dt.datetime) -> None:
    """Remove the tries that no longer count against anyone."""
    session.execute(delete(SignInFailure).where(SignInFailure.at <= at - LONGEST_WINDOW))


def _has_second_factor(session: Session, account: Account) -> bool:
    if account.totp_confirmed_at is not None:
        return True
    return is_staff(actor_of(account)) and has_passkey(session, account.id)


def _queue(session: Session, keys: Iterable[str]) -> None:
    """Let those who count under the same keys pass one after the other; SQLite has one writer anyway."""
    if db.current().is_sqlite:
        return
    for key in sorted(keys):
        lock = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(lock)))


def _end(session: Session, at: dt.datetime, *conditions: object) -> int:
    ended = session.execute(
        update(SignInSession)
        .where(SignInSession.ended_at.is_(None), *conditions)  # type: ignore[arg-type]
        .values(ended_at=at)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]
