"""The entries of the navigation: each noun adds its own, a person sees those they may open."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import Flask, request, url_for

from app.web.access import PUBLIC, SIGNED_IN, current_actor, permission_of


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A link; `area` is `public`, `mine` or `staff`, `covers` are other nouns whose pages belong to it."""

    area: str
    order: int
    text: str
    endpoint: str
    covers: tuple[str, ...] = ()


_entries: set[Entry] = set()
# The staff's entries from an order on, under a heading; those before the first stand by themselves.
HEADINGS = ((0, ""), (10, "Personnel"), (20, "Recruitment"), (40, "Examinations"), (80, "Records"))


def add(text: str, endpoint: str, *, area: str, order: int, covers: tuple[str, ...] = ()) -> None:
    """Add an entry; the same one added twice is one."""
    _entries.add(Entry(area, order, text, endpoint, covers))


def entries(app: Flask, area: str) -> list[dict[str, object]]:
    """Give the entries of an area that the actor may open, in order, with `is_current` and a `heading`."""
    actor = current_actor()
    here = request.endpoint or ""
    noun_here = here.rpartition(".")[0]
    found: list[dict[str, object]] = []
    for entry in sorted(_entries):
        permission = permission_of(app, entry.endpoint)
        is_open = permission == PUBLIC or (permission == SIGNED_IN and actor.is_signed_in)
        if entry.area == area and (is_open or actor.may(permission or "")):
            noun = entry.endpoint.rpartition(".")[0]
            # a package with one noun has entries side by side: only the very page is then current
            is_current = here == entry.endpoint or ("." in noun and noun_here == noun)
            is_current = is_current or noun_here in entry.covers
            found.append(
                {
                    "text": entry.text,
                    "href": url_for(entry.endpoint),
                    "is_current": is_current,
                    "heading": max(one for one in HEADINGS if one[0] <= entry.order)[1],
                }
            )
    return found


def headed(app: Flask) -> list[tuple[str, list[dict[str, object]]]]:
    """Give the staff's entries that the actor may open under their headings, in order."""
    found = entries(app, "staff")
    return [
        (heading, list(links)) for heading, links in groupby(found, key=lambda link: str(link["heading"]))
    ]


def install(app: Flask) -> None:
    """Give templates the entries that this person may follow from this page."""

    @app.context_processor
    def provide() -> dict[str, object]:
        return {
            "navigation": lambda area: entries(app, area),
            "headed_navigation": lambda: headed(app),
            "is_demonstration": app.extensions["meritum"].is_demonstration,
        }
