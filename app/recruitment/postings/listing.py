"""The list of vacancies as its address asks for it: results, what narrows them, what else to try."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for
from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.platform.sentences import Sentence
from app.recruitment.listing import address
from app.recruitment.postings import facets, search, suggestions
from app.recruitment.postings.models import Posting
from app.recruitment.postings.openness import Openness, load_openness
from app.recruitment.postings.search_forms import Chip, SearchForm
from app.recruitment.postings.searches import Search
from app.web.access import current_actor


@dataclass(frozen=True, slots=True)
class Link:
    """A way on: what it leads to, its address, and how many vacancies stand there."""

    text: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of vacancies with all that stands around it."""

    filters: SearchForm
    wanted: Search
    postings: Sequence[Posting]
    total: int
    previous: str
    next: str
    notes: list[Sentence]
    chips: list[Chip]
    narrowing: dict[str, list[Link]]
    openness: Openness | None
    suggestion: Link | None = None
    without: list[Link] = field(default_factory=list)

    @property
    def is_capped(self) -> bool:
        """Tell whether there are more than were counted."""
        return self.total > self.cap

    @property
    def cap(self) -> int:
        return search.COUNT_CAP

    @property
    def counted(self) -> int:
        return min(self.total, self.cap)

    @property
    def clear(self) -> str:
        """The address of the list without any filter, in the same order."""
        return url_for("recruitment.postings.search", sort=self.filters.sort.data or None)

    @property
    def query(self) -> dict[str, str]:
        """The search as parameters, for feeds and for keeping it."""
        return self.wanted.parameters()


def read_search(session: Session, at: dt.datetime) -> tuple[SearchForm, Search, Openness | None]:
    """Read the search that this address asks for."""
    filters = SearchForm(facets.load_choices(session, is_closed=SearchForm.asks_for_closed()))
    actor = current_actor()
    openness = load_openness(session, actor.id, at.date()) if filters.mine.data and actor.id else None
    return filters, filters.wanted(openness.open_to if openness else None), openness


def load_listing(session: Session, actor: Actor, at: dt.datetime) -> Listing:
    """Load the page that this address asks for."""
    filters, wanted, openness = read_search(session, at)
    page = search.search(session, wanted, at)
    total, counted = facets.survey(session, wanted, at)
    chips = filters.chips()
    suggestion, without = None, []
    if not page.postings:
        suggestion = _suggestion(session, wanted, at)
        without = _without(session, wanted, at, chips)
    return Listing(
        filters=filters,
        wanted=wanted,
        postings=page.postings,
        total=total,
        previous=address(before=page.previous) if page.previous else "",
        next=address(after=page.next) if page.next else "",
        notes=filters.notes(),
        chips=chips,
        narrowing=_narrowing(filters, counted),
        openness=openness,
        suggestion=suggestion,
        without=without,
    )


def _narrowing(filters: SearchForm, counted: Sequence[facets.Facet]) -> dict[str, list[Link]]:
    agencies = {choice[0]: choice[1] for choice in filters.agency.choices}
    found: dict[str, list[Link]] = {}
    for facet in counted:
        text = agencies.get(facet.value, "") if facet.parameter == "agency" else facet.value
        if text:
            href = address(**{facet.parameter: facet.value})
            found.setdefault(facet.parameter, []).append(Link(text, href, facet.count))
    return {name: links for name, links in found.items() if len(links) > 1}


def _suggestion(session: Session, wanted: Search, at: dt.datetime) -> Link | None:
    text = suggestions.did_you_mean(session, wanted, at) if wanted.text else ""
    return Link(text, address(text=text), 0) if text else None


def _without(session: Session, wanted: Search, at: dt.datetime, chips: Sequence[Chip]) -> list[Link]:
    texts = {chip.parameter: chip for chip in chips}
    counted = suggestions.count_without(session, wanted, at, list(texts))
    return [Link(texts[one.parameter].text, texts[one.parameter].href, one.count) for one in counted]
