"""What a list can be narrowed to: the values that vacancies have, and how many of a result have each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.accounts.models import Agency
from app.recruitment.postings import fulltext, search
from app.recruitment.postings.models import PostingEntry
from app.recruitment.postings.searches import Search

MOST_CHOICES = 200
MOST_SHOWN = 6
# Of a longer result the counts would cost as much as the page itself.
MOST_COUNTED = search.COUNT_CAP


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that the vacancies on show have; agencies are (id, name) by name."""

    agencies: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of one parameter, and how many vacancies of a result have it."""

    parameter: str
    value: str
    count: int


def load_choices(session: Session, *, is_closed: bool = False) -> Choices:
    """Load what can be chosen from, of the vacancies that are open, or past."""
    ids = _distinct(session, PostingEntry.agency_id, closed=is_closed)
    agencies = select(Agency.id, Agency.name).where(Agency.id.in_(ids)).order_by(Agency.name, Agency.id)
    categories = _distinct(session, PostingEntry.category, closed=is_closed)
    return Choices(
        tuple((own, name) for own, name in session.execute(agencies)),
        tuple(category for category in categories if category),
    )


def survey(session: Session, wanted: Search, at: dt.datetime) -> tuple[int, list[Facet]]:
    """Count what a search finds, up to one more than MOST_COUNTED, and what it may yet be narrowed to.

    The commonest values come first; there are none for a longer result, whose counts would not be whole.
    """
    columns = {
        "agency": (PostingEntry.agency_id, wanted.agency_ids),
        "category": (PostingEntry.category, wanted.categories),
        "place": (PostingEntry.location, wanted.places),
    }
    rows = search.survey(session, wanted, at, *(column for column, _ in columns.values()), cap=MOST_COUNTED)
    if not 1 < len(rows) <= MOST_COUNTED:
        return len(rows), []
    counted = []
    for (parameter, (_, used)), values in zip(columns.items(), zip(*rows, strict=True), strict=True):
        counts = Counter(value for value in values if value)
        if used or len(counts) < 2:
            continue
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SHOWN]
        counted += [Facet(parameter, value, count) for value, count in ordered]
    return len(rows), counted


def _distinct(session: Session, column: InstrumentedAttribute[Any], *, closed: bool) -> list[str]:
    """List a column's values by hopping from each to the next in its index, whatever the number of rows."""
    standing = fulltext.standing(closed=closed)
    hops = select(func.min(column).label("value")).where(standing).cte("hops", recursive=True)
    following = select(func.min(column)).where(standing, column > hops.c.value).scalar_subquery()
    hops = hops.union_all(select(following).where(hops.c.value.is_not(None)))
    return list(session.scalars(select(hops.c.value).where(hops.c.value.is_not(None)).limit(MOST_CHOICES)))
