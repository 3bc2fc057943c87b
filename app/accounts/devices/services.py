"""Recognising a browser by a cookie of its own, and telling a person of a new one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, KnownDevice
from app.accounts.services import digest_token, tell
from app.accounts.sessions.rules import DEVICE_KNOWN, browser_name, place_of
from app.platform.sentences import say


def meet(
    session: Session, *, account: Account, device: str, address: str, browser: str, at: dt.datetime
) -> bool:
    """Keep that a person signed in with this browser; mail them when it is a new one, but not their first.

    `device` is the browser's cookie; its digest is kept. Gives whether a mail was promised.
    """
    digest = digest_token(device)
    known = session.get(KnownDevice, (account.id, digest))
    if known is not None:
        known.seen_at = at
        return False
    is_first = (
        session.scalar(select(KnownDevice.digest).where(KnownDevice.account_id == account.id).limit(1))
        is None
    )
    session.add(KnownDevice(account_id=account.id, digest=digest, seen_at=at))
    if is_first:
        return False
    sentence = say(
        "Your account was opened with a browser that was not used for it before: %(browser)s, "
        "from the network %(place)s, on %(moment)s.",
        browser=browser_name(browser),
        place=place_of(address) or "?",
        moment=at,
    )
    tell(session, account, say("New sign-in to your account"), sentence, at=at)
    return True


def forget_devices(session: Session, *, at: dt.datetime) -> None:
    """Remove the browsers that were not seen for long."""
    session.execute(delete(KnownDevice).where(KnownDevice.seen_at <= at - DEVICE_KNOWN))
