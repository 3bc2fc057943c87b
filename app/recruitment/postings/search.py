"""Searching the vacancies that are open to the public, or were."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from app.accounts.models import Agency
from app.recruitment.postings.models import Posting
from app.recruitment.postings.queries import is_shown_as, match_text
from app.recruitment.postings.rules import CLOSING_SOON
from app.recruitment.postings.states import Audience, EmploymentType

PAGE = 20
COUNT_CAP = 1000
MOST_CHOICES = 500


class Sort(enum.Enum):
    NEWEST = "newest"
    CLOSING = "closing"
    PAY = "pay"
    TITLE = "title"

    @property
    def title(self) -> str:
        return {
            "newest": "Newest first",
            "closing": "Closing soonest",
            "pay": "Highest pay first",
            "title": "Title, A to Z",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor looks for; empty values narrow nothing.

    `pay_minor` is the least pay a year, in minor units. `after` and `before` are ids of postings between
    which a page lies.
    """

    text: str = ""
    agency_id: str = ""
    category: str = ""
    class_title: str = ""
    grade: str = ""
    location: str = ""
    pay_minor: int | None = None
    employment_type: EmploymentType | None = None
    audience: Audience | None = None
    is_closing_soon: bool = False
    is_closed: bool = False
    sort: Sort = Sort.NEWEST
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of vacancies with their agencies; `previous` and `next` are ids, "" where there is no page."""

    postings: Sequence[Posting]
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that the vacancies on show have; agencies are (id, name)."""

    agencies: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]
    class_titles: tuple[str, ...]
    grades: tuple[str, ...]
    locations: tuple[str, ...]


# How each order is read from the table: the value, and whether it goes down.
ORDERS: dict[Sort, tuple[ColumnElement[Any] | InstrumentedAttribute[Any], bool]] = {
    Sort.NEWEST: (Posting.published_at, True),
    Sort.CLOSING: (Posting.closes_at, False),
    Sort.PAY: (func.coalesce(Posting.pay_year_minor, -1), True),
    Sort.TITLE: (Posting.title_key, False),
}


def search(session: Session, wanted: Search, at: dt.datetime) -> Page:
    """Give a page of vacancies in the order asked for, ties by id; a page past the end is empty."""
    column, is_down = ORDERS[wanted.sort]
    backwards = bool(wanted.before)
    query = select(Posting).where(*_conditions(wanted, at)).options(joinedload(Posting.agency))
    anchor = wanted.before or wanted.after
    if anchor:
        edge = session.execute(select(column, Posting.id).where(Posting.id == anchor)).first()
        if edge is None:
            return search(session, replace(wanted, after="", before=""), at)
        query = query.where(_beyond(column, edge[0], edge[1], is_down=is_down != backwards))
    falls = is_down != backwards
    order = (column.desc(), Posting.id.desc()) if falls else (column.asc(), Posting.id.asc())
    rows = list(session.scalars(query.order_by(*order).limit(PAGE + 1)))
    has_more, rows = len(rows) > PAGE, rows[:PAGE]
    if backwards:
        rows.reverse()
    has_previous = has_more if backwards else bool(wanted.after)
    has_next = True if backwards else has_more
    return Page(
        rows,
        rows[0].id if rows and has_previous else "",
        rows[-1].id if rows and has_next else "",
    )


def count(session: Session, wanted: Search, at: dt.datetime) -> int:
    """Count what a search finds, up to one more than COUNT_CAP."""
    found = select(Posting.id).where(*_conditions(wanted, at)).limit(COUNT_CAP + 1).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def load_choices(session: Session, at: dt.datetime, *, is_closed: bool = False) -> Choices:
    """Load what can be chosen from, of the vacancies that are open, or closed."""
    shown = is_shown_as(closed=is_closed, at=at)

    def distinct(column: InstrumentedAttribute[str]) -> tuple[str, ...]:
        query = select(column).where(shown, column != "").distinct().order_by(column).limit(MOST_CHOICES)
        return tuple(session.scalars(query))

    agencies = (
        select(Agency.id, Agency.name)
        .where(Agency.id.in_(select(Posting.agency_id).where(shown)))
        .order_by(Agency.name, Agency.id)
        .limit(MOST_CHOICES)
    )
    return Choices(
        tuple(session.execute(agencies).all()),
        distinct(Posting.category),
        distinct(Posting.class_title),
        distinct(Posting.grade),
        distinct(Posting.location),
    )


def _conditions(wanted: Search, at: dt.datetime) -> list[ColumnElement[bool]]:
    equal = {
        Posting.agency_id: wanted.agency_id,
        Posting.category: wanted.category,
        Posting.class_title: wanted.class_title,
        Posting.grade: wanted.grade,
        Posting.location: wanted.location,
        Posting.employment_type: wanted.employment_type,
        Posting.audience: wanted.audience,
    }
    conditions = [is_shown_as(closed=wanted.is_closed, at=at), *match_text(wanted.text)]
    conditions += [column == value for column, value in equal.items() if value]
    if wanted.pay_minor is not None:
        conditions.append(Posting.pay_year_minor >= wanted.pay_minor)
    if wanted.is_closing_soon:
        conditions.append(Posting.closes_at <= at + CLOSING_SOON)
    return conditions


def _beyond(column: Any, value: Any, posting_id: str, *, is_down: bool) -> ColumnElement[bool]:
    """Give the condition on what comes after an edge in an order that goes down, or up."""
    beyond = column < value if is_down else column > value
    beyond_id = Posting.id < posting_id if is_down else Posting.id > posting_id
    return or_(beyond, and_(column == value, beyond_id))
