"""The words of public postings in the engine's own index: one small door, two engines behind it."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from app.platform import db
from app.platform.words import Every
from app.recruitment.postings.models import PostingEntry

# Up to so many found by their words are sorted; beyond it, the order's index is walked until a page is full.
MOST_SORTED = 4000


def standing(*, closed: bool) -> ColumnElement[bool]:
    """Give the condition on entries that are published, or past, as the engine's planner can use it.

    SQLite takes an index for a comparison alone, PostgreSQL a partial index for the bare column alone.
    """
    if db.current().is_sqlite:
        return PostingEntry.is_open == (not closed)
    return ~PostingEntry.is_open if closed else PostingEntry.is_open.expression


def count_found(session: Session, every: Every, *, closed: bool) -> int:
    """Count the postings with these words, open or past, up to one more than MOST_SORTED."""
    found = _matches(every, closed=closed).limit(MOST_SORTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def holding(every: Every, *, closed: bool, walks: bool) -> list[ColumnElement[bool]]:
    """Give the conditions on entries that are open (or past) and hold the words.

    `walks` says how: true, the entries are walked in an index's order and each is held against the words;
    false, the words give the entries.
    """
    if not db.current().is_sqlite:
        return [standing(closed=closed), _holds(every)]
    keys = _matches(every, closed=closed)
    if walks:  # with "+ 0" the engine cannot begin with the keys
        return [standing(closed=closed), (PostingEntry.key + 0).in_(keys)]
    return [PostingEntry.key.in_(keys)]


def _matches(every: Every, *, closed: bool) -> Select[int]:
    if not db.current().is_sqlite:
        return select(PostingEntry.key).where(standing(closed=closed), _holds(every))
    words = table("past_posting_words" if closed else "open_posting_words", column("rowid"))
    return select(words.c.rowid).where(literal_column(words.name).op("MATCH")(bindparam(None, every.fts5())))


def _holds(every: Every) -> ColumnElement[bool]:
    words = literal_column("posting_entries.words", TSVECTOR())
    return words.bool_op("@@")(cast(literal(every.tsquery()), TSQUERY))
