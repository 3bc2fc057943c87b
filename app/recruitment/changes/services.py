"""A working copy of a received application: begun, given up, or put in the place of what it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, inspect, update
from sqlalchemy.orm import Session

from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.applications import queries, standing
from app.recruitment.applications.models import (
    Application,
    ApplicationClaim,
    ApplicationDocument,
    ApplicationSection,
    ClaimDecision,
)
from app.recruitment.applications.states import ClaimState, Submission
from app.recruitment.claims.evidence import copy_evidence, move_evidence
from app.recruitment.deadlines.models import DraftReminder

OWNED = (ApplicationClaim, ApplicationDocument, ApplicationSection, DraftReminder)


def begin_change(session: Session, *, application_id: str, actor: Actor, at: dt.datetime) -> Application:
    """Open a working copy of a received application, or give the one there is; what was received stands.

    Conflict once applications have closed or an officer has decided on it.
    """
    original = queries.get_own_application(session, application_id, actor, lock=True)
    if found := queries.find_change(session, application_id):
        return found
    if not standing.may_change(original, at):
        raise Conflict(say("This application can no longer be changed."))
    copy = Application(
        id=new_id("app"),
        changes_id=original.id,
        posting_id=original.posting_id,
        account_id=original.account_id,
        submission=Submission.DRAFT,
        started_at=at,
        saved_at=at,
    )
    session.add(copy)
    session.flush()
    documents = {}
    for document in standing.live_documents(original):
        documents[document.id] = new_id("doc")
        session.add(_copied(document, id=documents[document.id], application_id=copy.id))
    session.add_all(_copied(section, application_id=copy.id) for section in original.sections)
    session.flush()
    claims = {}
    for claim in original.claims:
        claims[claim.id] = new_id("clm")
        session.add(
            ApplicationClaim(
                id=claims[claim.id],
                application_id=copy.id,
                kind=claim.kind,
                state=ClaimState.CLAIMED,
                document_id=documents.get(claim.document_id or ""),
            )
        )
    session.flush()
    copy_evidence(session, claims, documents)
    _record(session, "begin", original, actor, at, version=(original.version or 0) + 1)
    return copy


def discard_change(session: Session, *, application_id: str, actor: Actor, at: dt.datetime) -> None:
    """Give a working copy up; what was received stands as it was."""
    copy = queries.get_own_application(session, application_id, actor, lock=True)
    if copy.changes_id is None:
        raise Conflict(say("This is no change of a received application."))
    original = queries.get_own_application(session, copy.changes_id, actor)
    drop(session, copy.id)
    _record(session, "discard", original, actor, at)


def drop(session: Session, copy_id: str) -> None:
    """Take a working copy away, with all that belongs to it."""
    session.execute(
        update(ApplicationClaim).where(ApplicationClaim.application_id == copy_id).values(document_id=None)
    )
    for table in OWNED:
        session.execute(delete(table).where(table.application_id == copy_id))
    session.execute(delete(Application).where(Application.id == copy_id))
    session.expire_all()


def take_over(
    session: Session, *, copy_id: str, original: Application, actor: Actor, at: dt.datetime
) -> None:
    """Put a working copy's steps, documents and claims in the place of those of its original, and end it."""
    session.execute(delete(ApplicationSection).where(ApplicationSection.application_id == original.id))
    session.execute(
        update(ApplicationDocument)
        .where(ApplicationDocument.application_id == original.id, ApplicationDocument.removed_at.is_(None))
        .values(removed_at=at)
    )
    _merge_claims(session, copy_id, original, actor, at)
    for table in (ApplicationSection, ApplicationDocument, ApplicationClaim):
        session.execute(
            update(table).where(table.application_id == copy_id).values(application_id=original.id)
        )
    drop(session, copy_id)


def _merge_claims(
    session: Session, copy_id: str, original: Application, actor: Actor, at: dt.datetime
) -> None:
    """Keep decided claims and their decisions; what is no longer claimed is gone, or taken back."""
    wanted = {claim.kind: claim for claim in _claims(session, copy_id)}
    for claim in _claims(session, original.id):
        kept = wanted.get(claim.kind)
        if kept is not None:
            claim.document_id = kept.document_id
            session.flush()
            move_evidence(session, from_claim=kept.id, to_claim=claim.id)
            session.delete(kept)
        elif claim.state is ClaimState.CLAIMED:
            session.delete(claim)
        elif claim.state is ClaimState.VERIFIED:
            _take_back(session, claim, actor, at)
    session.flush()


def _take_back(session: Session, claim: ApplicationClaim, actor: Actor, at: dt.datetime) -> None:
    reason = "The applicant no longer claims it."
    claim.state, claim.reason, claim.decided_by, claim.decided_at = ClaimState.REFUSED, reason, actor.id, at
    session.add(
        ClaimDecision(
            id=new_id("cld"),
            claim_id=claim.id,
            version=len(claim.decisions) + 1,
            state=ClaimState.REFUSED,
            reason=reason,
            decided_by=str(actor.id),
            decided_at=at,
        )
    )


def _claims(session: Session, application_id: str) -> Sequence[ApplicationClaim]:
    return queries.list_claims(session, application_id)


def _copied(row: Any, **changed: Any) -> Any:
    """Make a row like another one, column by column."""
    columns = {name: getattr(row, name) for name in inspect(type(row)).columns.keys()}  # noqa: SIM118
    return type(row)(**(columns | changed))


def _record(
    session: Session, verb: str, original: Application, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(
        session,
        f"recruitment.changes.{verb}",
        actor=actor,
        at=at,
        subject=original.id,
        agency_id=original.posting.agency_id,
        **details,
    )
