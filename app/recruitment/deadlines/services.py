"""Telling the owners of drafts, a day and an hour before a closing, that they are not submitted."""

from __future__ import annotations

import datetime as dt
from typing import cast

from sqlalchemy.orm import Session

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.queries import keep_wanting
from app.platform import audit, mail
from app.platform.actors import SYSTEM
from app.recruitment.applications import letters
from app.recruitment.deadlines.models import DraftReminder
from app.recruitment.deadlines.queries import list_to_remind
from app.recruitment.deadlines.rules import Reminder


def remind_drafts(session: Session, *, at: dt.datetime) -> int:
    """Promise the mails of a day and an hour before a closing, each once a draft; give how many."""
    return sum(_remind(session, kind, at) for kind in Reminder)


def _remind(session: Session, kind: Reminder, at: dt.datetime) -> int:
    due = list_to_remind(session, at, kind)
    wanting = keep_wanting(session, [draft.account_id for draft in due], MailKind.REMINDERS)
    for application in due:
        posting, account = application.posting, application.account
        closes_at = cast(dt.datetime, posting.closes_at)
        session.add(DraftReminder(application_id=application.id, kind=kind, closes_at=closes_at, sent_at=at))
        is_mailed = account.id in wanting
        audit.record(
            session,
            "recruitment.drafts.remind",
            actor=SYSTEM,
            at=at,
            subject=application.changes_id or application.id,
            agency_id=posting.agency_id,
            kind=kind.value,
            closes_at=closes_at,
            is_mailed=is_mailed,
        )
        if not is_mailed:
            continue
        mail.promise(
            session,
            key=f"draft-reminder:{kind.value}:{application.id}:{closes_at.isoformat()}",
            to=account.email,
            subject=letters.reminder_subject(application),
            body=letters.reminder(application),
            at=at,
            language=account.language,
        )
    session.flush()
    return len(due)
