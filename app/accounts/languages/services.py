"""Changing the language of an account."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import get_account
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.languages import LANGUAGES
from app.platform.sentences import say


def choose_language(
    session: Session, *, account_id: str, language: str, actor: Actor, at: dt.datetime
) -> Account:
    """Keep the language in which a person reads pages and is written to; one not spoken is Invalid."""
    if language not in LANGUAGES:
        raise Invalid(language=say("Select one of the languages on the page"))
    account = get_account(session, account_id)
    account.language = language
    audit.record(
        session, "accounts.choose_language", actor=actor, at=at, subject=account.id, language=language
    )
    return account
