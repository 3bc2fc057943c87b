"""Changing the rulebooks of an agency: uploaded, decided by a second person, withdrawn."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts import queries as account_queries
from app.exams.rulebook_versions import queries, rules
from app.exams.rulebook_versions.models import RulebookVersion
from app.exams.rulebook_versions.states import RulebookState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id


def upload_rulebook(
    session: Session, *, agency_id: str, content: bytes, actor: Actor, at: dt.datetime
) -> RulebookVersion:
    """Store a faultless rulebook as proposed; Invalid names the first fault or the version that is next."""
    actor.demand("exams.rulebook_versions.upload", agency_id)
    account_queries.get_agency(session, agency_id)
    reading = rules.read(content)
    book = rules.check(reading)
    rules.check_next(book.version, queries.list_numbers(session, agency_id, book.name))
    made = RulebookVersion(
        id=new_id("rbv"),
        agency_id=agency_id,
        name=book.name,
        version=book.version,
        title=book.title,
        effective_from=book.effective_from,
        effective_until=book.effective_until,
        text=reading.text,
        digest=book.digest,
        state=RulebookState.PROPOSED,
        uploaded_by=str(actor.id),
        uploaded_at=at,
    )
    session.add(made)
    session.flush()
    _record(session, "upload", made, actor, at)
    return made


def decide_rulebook(
    session: Session, *, version_id: str, is_approved: bool, reason: str, actor: Actor, at: dt.datetime
) -> RulebookVersion:
    """Approve or refuse an uploaded rulebook, by someone other than who uploaded it."""
    version = _load(session, version_id, actor, "decide")
    state = move(version.state, RulebookState.APPROVED if is_approved else RulebookState.REFUSED)
    rules.demand_second_person(actor.id, version.uploaded_by)
    if not reason.strip():
        raise Invalid(reason="Enter what was compared, or what is wrong.")
    version.state, version.decided_by, version.decided_at = state, actor.id, at
    version.decision_reason = reason.strip()
    _record(session, "decide", version, actor, at, state=state)
    return version


def withdraw_rulebook(
    session: Session, *, version_id: str, reason: str, actor: Actor, at: dt.datetime
) -> RulebookVersion:
    """Offer an approved rulebook no longer; what was announced under it goes on under it."""
    version = _load(session, version_id, actor, "withdraw")
    state = move(version.state, RulebookState.WITHDRAWN)
    if not reason.strip():
        raise Invalid(reason="Enter why it is withdrawn.")
    version.state, version.withdrawn_at = state, at
    _record(session, "withdraw", version, actor, at, why=reason.strip())
    return version


def _load(session: Session, version_id: str, actor: Actor, act: str) -> RulebookVersion:
    version = queries.get_version(session, version_id, actor, lock=True)
    actor.demand(f"exams.rulebook_versions.{act}", version.agency_id)
    return version


def _record(
    session: Session, act: str, version: RulebookVersion, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.rulebook_versions.{act}",
        actor=actor,
        at=at,
        subject=version.id,
        agency_id=version.agency_id,
        rulebook=version.name,
        version=version.version,
        digest=version.digest,
        **details,
    )
