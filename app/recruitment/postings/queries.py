"""Reading postings: those an officer may see, and those that are public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.fees.models import PostingFee
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PUBLIC, PostingState

READ = "recruitment.postings.list_staff"
PAGE = keyset.SIZE
# A batch of the closing job: more than any minute of any day closes.
CLOSING_BATCH = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What the staff's list is narrowed to; empty values narrow nothing."""

    state: PostingState | None = None
    agency_id: str = ""
    text: str = ""
    is_own: bool | None = None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps a list to the agencies whose postings the actor may read as staff."""
    return scope.within(Posting.agency_id, actor, READ)


def is_public() -> ColumnElement[bool]:
    """Give the condition on postings that anyone may read: those that were published at some time."""
    return Posting.state.in_(PUBLIC) & Posting.published_at.is_not(None)


def is_shown_as(*, closed: bool, at: dt.datetime) -> ColumnElement[bool]:
    """Give the condition on public postings that have not closed, or that have."""
    if closed:
        return is_public() & ((Posting.state != PostingState.PUBLISHED) | (Posting.closes_at <= at))
    return (Posting.state == PostingState.PUBLISHED) & (Posting.closes_at > at)


def get_posting(session: Session, posting_id: str, actor: Actor, *, lock: bool = False) -> Posting:
    """Give a posting with its agency, criteria and people; NotFound outside the actor's agencies."""
    query = _whole().where(Posting.id == posting_id, visible_to(actor))
    return _one(session, query.with_for_update(of=Posting) if lock else query)


def get_public_posting(session: Session, posting_id: str) -> Posting:
    """Give a posting that was published, with its agency and criteria; NotFound for a draft."""
    return _one(session, _whole().where(Posting.id == posting_id, is_public()))


def get_posting_for_closing(session: Session, posting_id: str) -> Posting:
    """Give a posting, locked, for the clock that closes it."""
    return _one(session, select(Posting).where(Posting.id == posting_id).with_for_update())


def list_due(session: Session, at: dt.datetime) -> list[Posting]:
    """List published postings whose deadline has come, locked, the earliest first."""
    return list(
        session.scalars(
            select(Posting)
            .where(Posting.state == PostingState.PUBLISHED, Posting.closes_at <= at)
            .order_by(Posting.closes_at, Posting.id)
            .limit(CLOSING_BATCH)
            .with_for_update()
        )
    )


def list_open(session: Session, at: dt.datetime, *, limit: int = PAGE) -> list[Posting]:
    """List vacancies that have not closed, with their agencies, the soonest to close first."""
    query = select(Posting).where(is_shown_as(closed=False, at=at)).options(joinedload(Posting.agency))
    return list(session.scalars(query.order_by(Posting.closes_at, Posting.id).limit(limit)))


def count_open(session: Session, at: dt.datetime) -> int:
    """Count vacancies that have not closed."""
    query = select(func.count()).select_from(Posting).where(is_shown_as(closed=False, at=at))
    return session.scalar(query) or 0


def list_postings(
    session: Session, actor: Actor, filters: Filters, *, cursor: str = "", size: int | None = None
) -> keyset.Page[Posting]:
    """List a page of postings with their agencies, newest first."""
    query = select(Posting).where(visible_to(actor), *_conditions(filters))
    query = query.options(joinedload(Posting.agency))
    return keyset.fetch(session, query, (Posting.id,), is_descending=True, cursor=cursor, size=size or PAGE)


def count_by_state(session: Session, actor: Actor) -> dict[PostingState, int]:
    """Count the postings that the actor may see as staff, by state."""
    query = select(Posting.state, func.count()).where(visible_to(actor)).group_by(Posting.state)
    counts: dict[PostingState, int] = dict(session.execute(query).all())
    return {state: counts.get(state, 0) for state in PostingState}


def list_for_requisition(session: Session, requisition_id: str) -> list[Posting]:
    """List the postings of a requisition, newest first: one that stands, and those cancelled before it."""
    return list(
        session.scalars(
            select(Posting).where(Posting.requisition_id == requisition_id).order_by(Posting.id.desc())
        )
    )


def list_events(session: Session, posting_id: str) -> list[AuditEvent]:
    """List what happened to a posting, oldest first."""
    query = select(AuditEvent).where(AuditEvent.subject == posting_id).order_by(AuditEvent.index)
    return list(session.scalars(query))


def find_by_source_keys(session: Session, keys: Sequence[str]) -> dict[str, Posting]:
    """Find imported postings by their keys, with their criteria; keys that are not there are left out."""
    found: dict[str, Posting] = {}
    for start in range(0, len(keys), 500):
        query = select(Posting).where(Posting.source_key.in_(keys[start : start + 500]))
        found |= {str(posting.source_key): posting for posting in session.scalars(query)}
    return found


def match_text(text: str) -> list[ColumnElement[bool]]:
    """Give one condition a word: each must stand somewhere in the posting, in any letter case."""
    return keyset.contains(Posting.search_text, text)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = match_text(filters.text)
    if filters.state:
        conditions.append(Posting.state == filters.state)
    if filters.agency_id:
        conditions.append(Posting.agency_id == filters.agency_id)
    if filters.is_own is not None:
        conditions.append((Posting.created_by.is_not(None)) == filters.is_own)
    return conditions


def _whole() -> Select[Posting]:
    return select(Posting).options(
        joinedload(Posting.agency),
        joinedload(Posting.creator),
        joinedload(Posting.approver),
        joinedload(Posting.requisition),
        joinedload(Posting.fee).selectinload(PostingFee.grounds),
        selectinload(Posting.criteria),
        selectinload(Posting.questions),
    )


def _one(session: Session, query: Select[Posting]) -> Posting:
    posting = session.scalar(query)
    if posting is None:
        raise NotFound(say("There is no such vacancy."))
    return posting
