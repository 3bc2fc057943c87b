"""Changing what a person is told by mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.models import NotificationPreference
from app.accounts.preferences.queries import list_wanted
from app.platform import audit
from app.platform.actors import Actor


def choose(session: Session, *, wanted: Collection[MailKind], actor: Actor, at: dt.datetime) -> None:
    """Keep which kinds of mail the actor wants; the same choice again changes nothing."""
    before = set(list_wanted(session, str(actor.id)))
    if before == set(wanted):
        return
    kept = {
        row.kind: row
        for row in session.scalars(
            select(NotificationPreference).where(NotificationPreference.account_id == actor.id)
        )
    }
    for kind in MailKind:
        row = kept.get(kind)
        if row is None:
            row = NotificationPreference(account_id=actor.id, kind=kind)
            session.add(row)
        row.is_wanted, row.changed_at = kind in wanted, at
    session.flush()
    audit.record(
        session, "accounts.preferences", actor=actor, at=at, subject=str(actor.id),
        wanted=sorted(kind.value for kind in wanted),
    )  # fmt: skip
