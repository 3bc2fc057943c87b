"""What to try when a search finds nothing: a word spelled otherwise, one filter less."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.platform.words import cut, fold
from app.recruitment.postings import fulltext, search
from app.recruitment.postings.models import PostingEntry
from app.recruitment.postings.searches import Search

MOST_TITLES = 5000
MOST_TRIED = 4
NEAR = 0.74  # "enginer" is near "engineer"; "clerk" is not near "nurse"

# A filter's parameter -> what the search is without it.
CLEARED: dict[str, dict[str, Any]] = {
    "text": {"text": ""},
    "place": {"places": ()},
    "agency": {"agency_ids": ()},
    "category": {"categories": ()},
    "title": {"class_text": ""},
    "grade": {"grades": ()},
    "pay": {"pay_minor": None},
    "employment": {"employment_types": ()},
    "audience": {"audience": None},
    "soon": {"is_closing_soon": False},
    "mine": {"open_to": None},
}


@dataclass(frozen=True, slots=True)
class Without:
    """How many vacancies a search finds without the filter of one parameter."""

    parameter: str
    count: int


class Vocabulary:
    """The words of the titles on offer, read anew when a posting has been added."""

    def __init__(self) -> None:
        self.newest: int | None = None
        self.words: frozenset[str] = frozenset()

    def load(self, session: Session) -> frozenset[str]:
        """Give the words; the titles are read in their index, the first MOST_TITLES of them."""
        newest = session.scalar(select(func.max(PostingEntry.key))) or 0
        if newest != self.newest:
            standing = fulltext.standing(closed=False)
            titles = select(PostingEntry.title_key).where(standing).distinct().limit(MOST_TITLES)
            self.words = frozenset(word for title in session.scalars(titles) for word in cut(title))
            self.newest = newest
        return self.words


_vocabulary = Vocabulary()


def did_you_mean(session: Session, wanted: Search, at: dt.datetime) -> str:
    """Give the text with words that stand in no title replaced by near ones; "" when that finds nothing."""
    known = _vocabulary.load(session)
    written = fold(wanted.text).split()[: search.MOST_WORDS]
    tried = [_nearest(word, known) for word in written]
    text = " ".join(tried)
    if tried == written or not search.count(session, replace(wanted, text=text), at, cap=1):
        return ""
    return text


def count_without(session: Session, wanted: Search, at: dt.datetime, used: Sequence[str]) -> list[Without]:
    """Count, for each of the filters in use, what is found without it; those that still find nothing not."""
    if len(used) < 2:
        return []
    counted = [
        Without(name, search.count(session, replace(wanted, **CLEARED[name]), at))
        for name in used
        if name in CLEARED
    ]
    return sorted((one for one in counted if one.count), key=lambda one: -one.count)[:MOST_TRIED]


def _nearest(word: str, known: frozenset[str]) -> str:
    own = cut(word)
    if len(own) != 1 or len(word) < 4 or any(one.startswith(own[0]) for one in known):
        return word
    alike = sorted(one for one in known if abs(len(one) - len(word)) <= 2)
    near = difflib.get_close_matches(own[0], alike, n=1, cutoff=NEAR)
    return near[0] if near else word
