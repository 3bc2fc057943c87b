"""Promising the same kind of letter to many people at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Agency
from app.accounts.queries import get_agency
from app.notices import compose
from app.notices.models import Notice, NoticeState
from app.notices.services import frame, worded
from app.notices.wordings.models import LetterWording
from app.notices.wordings.queries import find_in_force
from app.platform import audit, clock, jobs, languages, sequences
from app.platform.actors import Actor
from app.platform.ids import new_id
from app.platform.sentences import say, translate, translate_deeply


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter of many; the same `key` is promised once."""

    key: str
    subject: str
    account_id: str | None
    name: str
    email: str | None
    letter: dict[str, Any]


def promise_many(
    session: Session,
    *,
    template: str,
    agency_id: str,
    drafts: Sequence[Draft],
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Promise letters of one template as `services.promise` does, and give how many are new.

    Set-based: some statements whatever the number of letters. A wrong field raises Invalid and none is kept.
    """
    known = _known(session, [draft.key for draft in drafts])
    fresh = [draft for draft in drafts if draft.key not in known]
    if not fresh:
        return 0
    agency = get_agency(session, agency_id)
    spoken = _languages(session, {draft.account_id for draft in fresh if draft.account_id})
    issued_on = clock.local_date(at, agency.time_zone)
    numbers = sequences.take_numbers(session, f"notice:{issued_on.year}", len(fresh))
    rows = []
    own = {
        language: find_in_force(session, template, agency_id, language)
        for language in {languages.ENGLISH, *spoken.values()}
    }
    for draft, sequence in zip(fresh, numbers, strict=True):
        language = spoken.get(draft.account_id or "", languages.ENGLISH)
        row = _row(template, agency, draft, language, issued_on, sequence, own[language])
        rows.append(row | {"promised_at": at})
    session.execute(insert(Notice), rows)
    for row in rows:
        audit.record(
            session, "notices.promise", actor=actor, at=at, subject=row["id"], agency_id=agency_id,
            number=row["number"], template=template, about=row["subject"],
        )  # fmt: skip
    promises = [(f"notice:{row['id']}", {"notice": row["id"]}) for row in rows]
    jobs.enqueue_many(session, "notices.issue", promises, at=at)
    return len(rows)


def _known(session: Session, keys: Sequence[str]) -> set[str]:
    return {str(key) for key in session.scalars(select(Notice.key).where(Notice.key.in_(keys)))}


def _languages(session: Session, account_ids: Collection[str]) -> dict[str, str]:
    rows = session.execute(select(Account.id, Account.language).where(Account.id.in_(account_ids)))
    return {own: language for own, language in rows if language in languages.LANGUAGES}


def _row(
    template: str,
    agency: Agency,
    draft: Draft,
    language: str,
    issued_on: dt.date,
    sequence: int,
    own: LetterWording | None,
) -> dict[str, Any]:
    recipient = {"name": draft.name, "address": [draft.email or translate(say("By hand"), language)]}
    around = frame(agency, recipient, language, issued_on, sequence)
    context = around | {"letter": translate_deeply(draft.letter, language), **worded(own)}
    return {
        "id": new_id("ntc"),
        "number": around["notice"]["number"],
        "code": around["notice"]["verify_url"].rpartition("/")[2],
        "key": draft.key,
        "template": template,
        "title": compose.subject(template, context),
        "subject": draft.subject,
        "agency_id": agency.id,
        "account_id": draft.account_id,
        "recipient_name": draft.name,
        "recipient_email": draft.email,
        "language": language,
        "context": compose.freeze(template, context),
        "state": NoticeState.PROMISED,
        "wording_id": own.id if own else None,
    }
