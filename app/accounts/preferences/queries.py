"""Reading what a person wants to be told by mail."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.models import NotificationPreference


def wants_mail(session: Session, account_id: str, kind: MailKind) -> bool:
    """Tell whether the person wants mail of this kind; who never chose does."""
    return account_id in keep_wanting(session, [account_id], kind)


def keep_wanting(session: Session, account_ids: Collection[str], kind: MailKind) -> set[str]:
    """Give those of the accounts that want mail of this kind, by one query."""
    refused = select(NotificationPreference.account_id).where(
        NotificationPreference.account_id.in_(account_ids),
        NotificationPreference.kind == kind,
        NotificationPreference.is_wanted.is_(False),
    )
    return set(account_ids) - set(session.scalars(refused))


def list_wanted(session: Session, account_id: str) -> list[MailKind]:
    """List the kinds of mail that a person wants, in the order of the page."""
    chosen = dict(
        session.execute(
            select(NotificationPreference.kind, NotificationPreference.is_wanted).where(
                NotificationPreference.account_id == account_id
            )
        ).all()
    )
    return [kind for kind in MailKind if chosen.get(kind, True)]
