"""The words of public postings in the engine's own index: one small door, two engines behind it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    TableClause,
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

# SQLite sorts up to so many found by their words; beyond it, the order's index is walked to a full page.
MOST_SORTED = 4000


def standing(*, closed: bool) -> ColumnElement[bool]:
    """Give the condition on entries that are published, or past, as the engine's planner can use it.

    SQLite takes an index for a comparison alone, PostgreSQL a partial index for the bare column alone.
    """
    if db.current().is_sqlite:
        return PostingEntry.is_open == (not closed)
    return ~PostingEntry.is_open if closed else PostingEntry.is_open.expression


def reads_ahead() -> bool:
    """Tell whether the engine is to be asked for a stretch of an order before all matches are looked for."""
    return not db.current().is_sqlite


def has_many(session: Session, every: Every, *, closed: bool) -> bool:
    """Tell whether more than MOST_SORTED postings, open or past, hold the words.

    It only chooses the way on SQLite, so it is asked once a session.
    """
    known: dict[tuple[Every, bool], bool] = session.info.setdefault("has_many_words", {})
    if (every, closed) not in known:
        found = _matches(every, closed=closed).limit(MOST_SORTED + 1).subquery()
        count = session.scalar(select(func.count()).select_from(found)) or 0
        known[every, closed] = count > MOST_SORTED
    return known[every, closed]


def holding(every: Every, *, closed: bool, walks: bool) -> list[ColumnElement[bool]]:
    """Give the conditions on entries that are open (or past) and hold the words.

    `walks` says how, on SQLite: true, the entries are walked in an index's order and each is held against
    the words; false, the words give the entries. PostgreSQL chooses by itself.
    """
    if not db.current().is_sqlite:
        return [standing(closed=closed), _holds(every)]
    keys = _matches(every, closed=closed)
    if walks:  # with "+ 0" the engine cannot begin with the keys
        return [standing(closed=closed), (PostingEntry.key + 0).in_(keys)]
    return [PostingEntry.key.in_(keys)]


def stream(every: Every, *columns: Any, closed: bool) -> Select[Any]:
    """Give the statement that reads columns of the entries with these words as the index gives them.

    It has no order, so it may stop as soon as enough were read.
    """
    if not db.current().is_sqlite:
        return select(*columns).where(standing(closed=closed), _holds(every))
    words = _index(closed=closed)
    # with "+ 0" the engine begins with the words, and looks each entry up by its key
    joined = words.join(PostingEntry, PostingEntry.key == words.c.rowid + 0)
    return select(*columns).select_from(joined).where(_match(words, every))


def _matches(every: Every, *, closed: bool) -> Select[int]:
    words = _index(closed=closed)
    return select(words.c.rowid).where(_match(words, every))


def _index(*, closed: bool) -> TableClause:
    return table("past_posting_words" if closed else "open_posting_words", column("rowid", BigInteger()))


def _match(words: TableClause, every: Every) -> ColumnElement[bool]:
    return literal_column(words.name).bool_op("MATCH")(bindparam(None, every.fts5()))


def _holds(every: Every) -> ColumnElement[bool]:
    words = literal_column("posting_entries.words", TSVECTOR())
    return words.bool_op("@@")(cast(literal(every.tsquery()), TSQUERY))
