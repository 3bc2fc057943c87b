"""Searching the vacancies that are open to the public, or were: which, in which order, page by page."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Agency
from app.platform.words import Every, cut, marked
from app.recruitment.eligibility.models import EligibilityMatch, EligibilityQuestion
from app.recruitment.eligibility.states import About
from app.recruitment.postings import fulltext
from app.recruitment.postings.models import Posting, PostingEntry
from app.recruitment.postings.rules import CLOSING_SOON
from app.recruitment.postings.searches import OFFERED_SORTS, OpenTo, Search, Sort
from app.recruitment.postings.states import Audience

PAGE = 20
COUNT_CAP = 1000
MOST_WORDS = 12
MOST_GROUPS = 64
# Words of which a page stands within so many rows of the order are found there, others by their index.
READ_AHEAD = 2000

Entry = PostingEntry


@dataclass(frozen=True, slots=True)
class Page:
    """A page of vacancies with their agencies; `previous` and `next` are ids, "" where there is no page."""

    postings: Sequence[Posting]
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Order:
    """How rows follow each other: by `column`, ties by the posting's id, both in one direction."""

    column: Any
    falls: bool
    own_id: Any = Entry.posting_id

    def reversed(self) -> Order:
        return replace(self, falls=not self.falls)

    def clauses(self) -> tuple[Any, Any]:
        if self.falls:
            return self.column.desc(), self.own_id.desc()
        return self.column.asc(), self.own_id.asc()

    def beyond(self, edge: tuple[Any, str]) -> ColumnElement[bool]:
        """Give the condition on what follows the row with this value and id."""
        here = tuple_(self.column, self.own_id)
        return here < edge if self.falls else here > edge


AGENCY_NAME = select(Agency.name).where(Agency.id == Entry.agency_id).scalar_subquery()
ORDERS: dict[Sort, Order] = {
    Sort.BEST: Order(Entry.published_at, falls=True),
    Sort.NEWEST: Order(Entry.published_at, falls=True),
    Sort.CLOSING: Order(Entry.closes_at, falls=False),
    Sort.PAY: Order(Entry.pay, falls=True),
    Sort.TITLE: Order(Entry.title_key, falls=False),
    Sort.AGENCY: Order(AGENCY_NAME, falls=False),
    Sort.PLACE: Order(Entry.location, falls=False),
}


def search(session: Session, wanted: Search, at: dt.datetime, *, size: int = 0) -> Page:
    """Give a page of vacancies in the order asked for, ties by id; a page past the end is empty."""
    size = size or PAGE
    backwards = bool(wanted.before)
    ids = list_ids(session, wanted, at, limit=size + 1)
    if ids is None:  # the posting that the page lies beside is not known: the first page
        return search(session, replace(wanted, after="", before=""), at, size=size)
    has_more, ids = len(ids) > size, ids[:size]
    if backwards:
        ids.reverse()
    has_previous = has_more if backwards else bool(wanted.after)
    has_next = True if backwards else has_more
    return Page(
        load(session, ids),
        ids[0] if ids and has_previous else "",
        ids[-1] if ids and has_next else "",
    )


def load(session: Session, ids: Sequence[str]) -> list[Posting]:
    """Load postings with their agencies in the order of their ids."""
    query = select(Posting).where(Posting.id.in_(ids)).options(joinedload(Posting.agency))
    found = {posting.id: posting for posting in session.scalars(query)}
    return [found[posting_id] for posting_id in ids]


def list_ids(
    session: Session, wanted: Search, at: dt.datetime, *, limit: int, offset: int = 0
) -> list[str] | None:
    """List the ids of postings after (or, nearest first, before) the one named, None where that is unknown.

    Best match is a chain: first those with every word in the title, then in title, class or place, then
    anywhere, the newest first in each. So the order stands as long as the postings do, and any page of it
    is found by its first row alone.
    """
    backwards = bool(wanted.before)
    order = ORDERS[wanted.sort]
    if backwards != wanted.is_reversed:
        order = order.reversed()
    links = _chain(wanted)
    if backwards:
        links.reverse()
    edge = None
    if anchor := wanted.before or wanted.after:
        row = session.execute(
            select(order.column, Entry.posting_id).where(Entry.posting_id == anchor)
        ).first()
        if row is None:
            return None
        edge = (row[0], row[1])
        links = links[_link_of(session, links, anchor, closed=wanted.is_closed) :]
    ids: list[str] = []
    for number, every in enumerate(links):
        beyond = [order.beyond(edge)] if edge is not None and number == 0 else []
        need = limit - len(ids)
        ahead = [] if offset else _read_ahead(session, wanted, every, at, order, beyond, need)
        if len(ahead) == need:
            return [*ids, *ahead]
        query = _select(session, wanted, every, at, order, beyond)
        if offset and len(links) > 1:
            passed = min(offset, _count(session, query))
            offset -= passed
            query = query.offset(passed)
        else:
            query = query.offset(offset)
        ids += session.scalars(query.limit(need))
        if len(ids) == limit:
            break
    return ids


def count(session: Session, wanted: Search, at: dt.datetime, *, cap: int | None = COUNT_CAP) -> int:
    """Count what a search finds, up to one more than `cap`."""
    found = _stream(wanted, at, Entry.key)
    return _count(session, found if cap is None else found.limit(cap + 1))


def _count(session: Session, found: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0


def anywhere(wanted: Search) -> Every | None:
    """Give the words that must stand in a posting, those for its title, class and place in these."""
    words = [*_marked(wanted), *((word,) for word in cut(wanted.text)[:MOST_WORDS])]
    return Every(tuple(words)) if words else None


def survey(
    session: Session, wanted: Search, at: dt.datetime, *columns: Any, cap: int = COUNT_CAP
) -> Sequence[Row[Any]]:
    """Read columns of the entries that a search finds, in no order, up to one more than `cap`."""
    return session.execute(_stream(wanted, at, *columns).limit(cap + 1)).all()


def _stream(wanted: Search, at: dt.datetime, *columns: Any) -> Select[Any]:
    every, conditions = anywhere(wanted), _conditions(wanted, at)
    if every is None:
        return select(*columns).where(fulltext.standing(closed=wanted.is_closed), *conditions)
    return fulltext.stream(every, *columns, closed=wanted.is_closed).where(*conditions)


def _marked(wanted: Search) -> list[tuple[str, ...]]:
    groups: list[tuple[str, ...]] = []
    for mark, text in {"=": wanted.title, "#": wanted.class_text}.items():
        groups += [(word,) for word in marked(mark, text)[:MOST_WORDS]]
    places = [words for place in wanted.places if (words := marked("@", place)[:MOST_WORDS])]
    if places:  # one place whole or another whole, said as groups each of which must be met
        groups += itertools.islice(itertools.product(*places), MOST_GROUPS)
    return groups


def _chain(wanted: Search) -> list[Every | None]:
    whole, words = anywhere(wanted), cut(wanted.text)[:MOST_WORDS]
    if wanted.sort is not Sort.BEST or not words or whole is None:
        return [whole]
    others = tuple(_marked(wanted))
    titled = Every((*others, *((f"={word}",) for word in words)))
    named = Every((*others, *((f"={word}", f"#{word}", f"@{word}") for word in words)))
    return [titled, replace(named, but_not=(titled,)), replace(whole, but_not=(named,))]


def _link_of(session: Session, links: Sequence[Every | None], posting_id: str, *, closed: bool) -> int:
    """Give which link of the chain a posting stands in; 0 where it stands in none any more."""
    if len(links) == 1:
        return 0
    for number, every in enumerate(links):
        if every is not None:
            conditions = fulltext.holding(every, closed=closed, walks=False)
            if session.scalar(select(Entry.key).where(Entry.posting_id == posting_id, *conditions)):
                return number
    return 0


def _read_ahead(
    session: Session,
    wanted: Search,
    every: Every | None,
    at: dt.datetime,
    order: Order,
    beyond: Sequence[ColumnElement[bool]],
    limit: int,
) -> Sequence[str]:
    """List what is wanted among the next READ_AHEAD rows of the order: all of the page, or not enough.

    A word that stands in very many vacancies fills a page from a few rows, and costs much to find whole.
    """
    if every is None or wanted.sort not in OFFERED_SORTS or not fulltext.reads_ahead():
        return []
    # the cheap conditions first: the words lie apart from the row
    fits = and_(*_conditions(wanted, at), *fulltext.holding(every, closed=wanted.is_closed, walks=True))
    rows = (
        select(Entry.posting_id, order.column.label("value"), fits.label("fits"))
        .where(fulltext.standing(closed=wanted.is_closed), *beyond)
        .order_by(*order.clauses())
        .limit(READ_AHEAD)
        .subquery()
    )
    ordered = replace(order, column=rows.c.value, own_id=rows.c.posting_id)
    found = select(rows.c.posting_id).where(rows.c.fits).order_by(*ordered.clauses())
    return session.scalars(found.limit(limit)).all()


def _select(
    session: Session,
    wanted: Search,
    every: Every | None,
    at: dt.datetime,
    order: Order,
    beyond: Sequence[ColumnElement[bool]],
) -> Select[str]:
    conditions = [*_conditions(wanted, at), *beyond]
    if every is None:
        conditions.append(fulltext.standing(closed=wanted.is_closed))
    elif fulltext.reads_ahead():
        conditions += fulltext.holding(every, closed=wanted.is_closed, walks=False)
        # with "OFFSET 0" the matches are found first: an order that has them at its end cannot lead the way
        rows = select(Entry.posting_id, order.column.label("value")).where(*conditions).offset(0).subquery()
        ordered = replace(order, column=rows.c.value, own_id=rows.c.posting_id)
        return select(rows.c.posting_id).order_by(*ordered.clauses())
    else:
        # what holds few words holds no more under a stricter condition
        way = (anywhere(wanted) or every, every)
        many = all(fulltext.has_many(session, one, closed=wanted.is_closed) for one in way)
        conditions += fulltext.holding(every, closed=wanted.is_closed, walks=many)
    return select(Entry.posting_id).where(*conditions).order_by(*order.clauses())


def _conditions(wanted: Search, at: dt.datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    among = {
        Entry.agency_id: wanted.agency_ids,
        Entry.category: wanted.categories,
        Entry.class_code: wanted.class_codes,
        Entry.grade: wanted.grades,
        Entry.employment_type: wanted.employment_types,
    }
    conditions += [column.in_(values) for column, values in among.items() if values]
    if not wanted.is_closed:
        conditions.append(Entry.closes_at > at)
    if wanted.audience is not None:
        conditions.append(Entry.audience == wanted.audience)
    if wanted.pay_minor is not None:
        conditions.append(Entry.pay >= wanted.pay_minor)
    if wanted.most_pay_minor is not None:
        conditions.append(Entry.pay.between(0, wanted.most_pay_minor))
    if wanted.is_closing_soon:
        conditions.append(Entry.closes_at <= at + CLOSING_SOON)
    if wanted.posted_since is not None:
        conditions.append(Entry.published_at >= wanted.posted_since)
    if wanted.newer_than is not None:
        conditions.append(Entry.key > wanted.newer_than)
    if wanted.open_to is not None:
        conditions.append(_is_open_to(wanted.open_to, at))
    return conditions


def _is_open_to(person: OpenTo, at: dt.datetime) -> ColumnElement[bool]:
    conditions = [Entry.takes_applications.is_(True), Entry.opens_at <= at]
    if not person.is_employee:
        conditions.append(Entry.audience == Audience.EVERYONE)
    if person.left_out:
        conditions.append(Entry.posting_id.not_in(person.left_out))
    for about, names in ((About.RESIDENCE, person.residence), (About.LICENCE, person.licences)):
        if names is not None:
            conditions.append(~_is_answered_no(about, names))
    return and_(*conditions)


def _is_answered_no(about: About, names: frozenset[str]) -> ColumnElement[bool]:
    """Tell whether a question that bars is answered by none of the names of a profile."""
    held = [EligibilityMatch.matches_text.contains(f"\n{name}\n", autoescape=True) for name in sorted(names)]
    return exists().where(
        EligibilityQuestion.posting_id == Entry.posting_id,
        EligibilityQuestion.is_advisory.is_(False),
        EligibilityMatch.question_id == EligibilityQuestion.id,
        EligibilityMatch.about == about,
        ~or_(false(), *held),
    )
