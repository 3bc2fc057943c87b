"""Asking for a copy of what is held about oneself, keeping what was made, forgetting it after some days."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.queries import get_account
from app.compliance.personal_data import queries
from app.compliance.personal_data.declared import HELD
from app.compliance.personal_data.models import PersonalDataCopy
from app.compliance.personal_data.states import CopyState
from app.platform import audit, jobs, links, mail
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say

KEPT = dt.timedelta(days=7)
BETWEEN = dt.timedelta(days=1)  # each copy reads every table and writes all files of a person anew
OFTEN = say("You can ask for one copy a day. Ask again tomorrow.")
WRITING = 2  # the steps after all tables were read: the documents, then the files


def ask_copy(session: Session, *, actor: Actor, at: dt.datetime) -> PersonalDataCopy:
    """Promise a copy; while one is being made, the same is given again.

    Raises Conflict for a second one in a day.
    """
    if waiting := queries.find_waiting(session, str(actor.id)):
        return waiting
    if any(copy.asked_at > at - BETWEEN for copy in queries.list_own_copies(session, actor)):
        raise Conflict(OFTEN)
    copy = PersonalDataCopy(
        id=new_id("pdc"),
        account_id=str(actor.id),
        state=CopyState.ASKED,
        asked_at=at,
        steps_done=0,
        steps=len(HELD) + WRITING,
    )
    session.add(copy)
    session.flush()
    audit.record(session, "compliance.personal_data.ask", actor=actor, at=at, subject=copy.id)
    payload = {"copy": copy.id}
    jobs.enqueue(session, "compliance.copy_personal_data", key=f"copy:{copy.id}", payload=payload, at=at)
    return copy


def tell_progress(session: Session, *, copy_id: str, steps_done: int) -> None:
    """Note how far the making has come."""
    session.execute(
        update(PersonalDataCopy).where(PersonalDataCopy.id == copy_id).values(steps_done=steps_done)
    )


def keep_copy(
    session: Session, *, copy_id: str, files: dict[str, dict[str, object]], at: dt.datetime
) -> None:
    """Keep what was made, for a week, and say by mail that it is there."""
    copy = session.get_one(PersonalDataCopy, copy_id, with_for_update=True)
    if copy.state is not CopyState.ASKED:
        return
    copy.state, copy.files, copy.made_at, copy.expires_at = CopyState.READY, files, at, at + KEPT
    copy.steps_done = copy.steps
    session.flush()
    audit.record(session, "compliance.personal_data.make", actor=SYSTEM, at=at, subject=copy.id)
    account = get_account(session, copy.account_id)
    body = [
        say("Dear %(name)s,", name=account.name),
        say("the copy of what we hold about you is ready. It stays there for a week."),
        say("Sign in to download it: %(address)s", address=links.absolute("/my/data")),
    ]
    mail.promise(
        session,
        key=f"copy:{copy.id}",
        to=account.email,
        subject=say("Your copy of your data is ready"),
        body=body,
        at=at,
        language=account.language,
    )


def record_download(
    session: Session, *, copy: PersonalDataCopy, form: str, actor: Actor, at: dt.datetime
) -> None:
    """Record that a person took their copy."""
    audit.record(session, "compliance.personal_data.download", actor=actor, at=at, subject=copy.id, form=form)


def forget_copies(session: Session, *, at: dt.datetime) -> list[str]:
    """Forget the copies whose week is over, and give the digests of their files."""
    digests: list[str] = []
    for copy in queries.list_expired(session, at):
        digests += [file["digest"] for file in (copy.files or {}).values()]
        copy.state, copy.files = CopyState.FORGOTTEN, None
        audit.record(session, "compliance.personal_data.forget", actor=SYSTEM, at=at, subject=copy.id)
    session.flush()
    return digests
