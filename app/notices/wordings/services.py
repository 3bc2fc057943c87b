"""Writing and approving the wording of letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.notices.catalogue import ENGLISH_ONLY, LETTERS
from app.notices.wordings import queries, rules
from app.notices.wordings.models import EVERYWHERE, LetterWording, LetterWordingWriter
from app.notices.wordings.states import WordingState, move
from app.platform import audit, languages
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.ids import new_id

EDIT = "notices.edit_letter"


def demand_scope(actor: Actor, permission: str, scope: str) -> None:
    """Raise Forbidden unless the actor may act for the agency, or for all of them where it is "all"."""
    if scope == EVERYWHERE:
        if actor.agencies(permission) is not None:
            raise Forbidden()
        return
    actor.demand(permission, scope)


def write_wording(
    session: Session,
    *,
    template: str,
    language: str,
    scope: str,
    texts: Mapping[str, str],
    change_note: str,
    actor: Actor,
    at: dt.datetime,
) -> LetterWording:
    """Change the draft of a letter's wording, or begin the next version; without texts it is as shipped."""
    if template not in LETTERS:
        raise NotFound("There is no such letter.")
    allowed = [languages.ENGLISH] if template in ENGLISH_ONLY else list(languages.LANGUAGES)
    if language not in allowed:
        raise NotFound("This letter is not sent in that language.")
    agency_id = None if scope == EVERYWHERE else get_agency(session, scope).id
    demand_scope(actor, EDIT, scope)
    passages = rules.check_texts(template, texts)
    if not change_note.strip():
        raise Invalid(change_note="Enter what is new")
    row = queries.find_newest(session, template, language, scope, lock=True)
    if row is not None and row.state is WordingState.SUBMITTED:
        raise Conflict("A version waits for approval. Somebody has to decide on it first.")
    if row is None or row.state is WordingState.APPROVED:
        version = row.version + 1 if row else 1
        row = LetterWording(
            id=new_id("lwd"),
            template=template,
            language=language,
            scope=scope,
            agency_id=agency_id,
            version=version,
            state=WordingState.DRAFT,
            decision_reason="",
            writers=[],
        )
        session.add(row)
    row.passages, row.change_note = passages, change_note.strip()
    row.written_by, row.written_at = str(actor.id), at
    own = next((one for one in row.writers if one.written_by == actor.id), None)
    if own is None:
        own = LetterWordingWriter(written_by=str(actor.id))
        row.writers.append(own)
    own.written_at = at
    session.flush()
    _record(session, "edit_letter", row, actor, at)
    return row


def submit_wording(session: Session, *, wording_id: str, actor: Actor, at: dt.datetime) -> None:
    """Hand a draft to somebody else for approval."""
    row = queries.get_wording(session, wording_id, actor, lock=True)
    demand_scope(actor, EDIT, row.scope)
    row.state = move(row.state, WordingState.SUBMITTED)
    row.submitted_by = actor.id
    session.flush()
    _record(session, "submit_letter", row, actor, at)


def decide_wording(
    session: Session, *, wording_id: str, is_approved: bool, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Approve a version, which letters promised from now on have, or send it back with the reason."""
    row = queries.get_wording(session, wording_id, actor, lock=True)
    demand_scope(actor, "notices.decide_letter", row.scope)
    rules.demand_second_person(actor.id, [one.written_by for one in row.writers], row.submitted_by)
    if not is_approved and not reason.strip():
        raise Invalid(reason="Enter why it is sent back")
    row.state = move(row.state, WordingState.APPROVED if is_approved else WordingState.DRAFT)
    if is_approved:
        rules.check_texts(row.template, row.passages)
        row.decided_by, row.approved_at = str(actor.id), at
    row.decision_reason = reason.strip()
    session.flush()
    _record(session, "decide_letter", row, actor, at, approved=is_approved)


def _record(
    session: Session, act: str, row: LetterWording, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"notices.{act}",
        actor=actor,
        at=at,
        subject=row.id,
        agency_id=row.agency_id,
        template=row.template,
        language=row.language,
        version=row.version,
        **details,
    )
