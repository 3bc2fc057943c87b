"""Reading vacancies for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.recruitment.postings import fulltext
from app.recruitment.postings.models import PostingEntry

MAP_SIZE = 50_000  # the protocol's own limit for one map


def count_mapped(session: Session, at: dt.datetime) -> int:
    """Count the open postings, which is what the site's map holds."""
    query = select(func.count()).select_from(PostingEntry)
    return session.scalar(query.where(fulltext.standing(closed=False), PostingEntry.closes_at > at)) or 0


def list_mapped(session: Session, at: dt.datetime, number: int) -> list[tuple[str, dt.datetime]]:
    """List the ids of the open postings of one map with their publication, in the order they were entered."""
    query = (
        select(PostingEntry.posting_id, PostingEntry.published_at)
        .where(fulltext.standing(closed=False), PostingEntry.closes_at > at)
        .order_by(PostingEntry.key)
        .offset(number * MAP_SIZE)
        .limit(MAP_SIZE)
    )
    return [(own, published_at) for own, published_at in session.execute(query)]


def load_keys(session: Session, posting_ids: Sequence[str]) -> dict[str, int]:
    """Load the number under which each posting is known to programs: it never changes."""
    query = select(PostingEntry.posting_id, PostingEntry.key).where(PostingEntry.posting_id.in_(posting_ids))
    return dict(session.execute(query).all())


def find_agencies(session: Session, codes: Sequence[str]) -> list[str]:
    """Find the ids of agencies by their codes, in any letter case; unknown codes are left out."""
    wanted = [code.upper() for code in codes]
    return list(session.scalars(select(Agency.id).where(func.upper(Agency.code).in_(wanted))))
