"""Reading saved searches: a person's own, and those that have something to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.postings.models import PostingEntry
from app.recruitment.saved_searches.models import SavedSearch, SearchAlert, SearchMark
from app.recruitment.saved_searches.states import Frequency, SearchState

BATCH = 100
MOST_LISTED = 60
SPACED = (Frequency.DAILY, Frequency.WEEKLY)


def get_own(session: Session, search_id: str, actor: Actor, *, lock: bool = False) -> SavedSearch:
    """Give a person's own search with its mark, or raise NotFound."""
    query = select(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.account_id == actor.id)
    return _one(session, query.with_for_update(of=SavedSearch) if lock else query)


def get_search(session: Session, search_id: str) -> SavedSearch:
    """Give any search, locked, for whoever holds its signed link; NotFound once it is deleted."""
    query = select(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.state != SearchState.DELETED)
    return _one(session, query.with_for_update(of=SavedSearch))


def list_own(session: Session, actor: Actor) -> list[SavedSearch]:
    """List a person's searches, newest first; deleted ones as long as they can be brought back."""
    query = (
        select(SavedSearch).where(SavedSearch.account_id == actor.id).options(joinedload(SavedSearch.mark))
    )
    return list(session.scalars(query.order_by(SavedSearch.id.desc()).limit(MOST_LISTED)))


def count_kept(session: Session, account_id: str) -> int:
    """Count a person's searches that are not deleted."""
    query = select(func.count()).select_from(SavedSearch)
    kept = SavedSearch.state != SearchState.DELETED
    return session.scalar(query.where(SavedSearch.account_id == account_id, kept)) or 0


def count_told(session: Session, search_ids: Sequence[str]) -> dict[str, int]:
    """Count the vacancies that each search was told of; one without any is left out."""
    query = select(SearchAlert.search_id, func.count()).where(SearchAlert.search_id.in_(search_ids))
    return dict(session.execute(query.group_by(SearchAlert.search_id)).all())


def newest_key(session: Session) -> int:
    """Give the key of the entry that was made last."""
    return session.scalar(select(func.max(PostingEntry.key))) or 0


def list_due(session: Session, newest: int, at: dt.datetime) -> list[SavedSearch]:
    """List a batch of active searches that have not seen the newest entry and may mail now, locked."""
    last = func.coalesce(SearchMark.mailed_at, SavedSearch.created_at)
    may_mail = [(SavedSearch.frequency == kind) & (last <= at - kind.period) for kind in SPACED]
    query = (
        select(SavedSearch)
        .join(SavedSearch.mark)
        .where(
            SavedSearch.state == SearchState.ACTIVE,
            SearchMark.seen_key < newest,
            or_(SavedSearch.frequency == Frequency.AT_ONCE, *may_mail),
        )
        .options(joinedload(SavedSearch.mark), joinedload(SavedSearch.account))
        .order_by(SavedSearch.id)
        .limit(BATCH)
    )
    return list(session.scalars(query.with_for_update(of=SavedSearch, skip_locked=True)))


def list_forgotten(session: Session, before: dt.datetime) -> list[SavedSearch]:
    """List a batch of searches that were deleted before a moment, locked."""
    query = (
        select(SavedSearch)
        .where(SavedSearch.state == SearchState.DELETED, SavedSearch.deleted_at < before)
        .options(joinedload(SavedSearch.mark))
        .order_by(SavedSearch.id)
        .limit(BATCH)
    )
    return list(session.scalars(query.with_for_update(of=SavedSearch)))


def find_told(session: Session, search_id: str, posting_ids: Sequence[str]) -> frozenset[str]:
    """Find which of these postings the search was told of before."""
    query = select(SearchAlert.posting_id).where(
        SearchAlert.search_id == search_id, SearchAlert.posting_id.in_(posting_ids)
    )
    return frozenset(session.scalars(query))


def _one(session: Session, query: Select[SavedSearch]) -> SavedSearch:
    found = session.scalar(query.options(joinedload(SavedSearch.mark)))
    if found is None:
        raise NotFound(say("There is no such search."))
    return found
