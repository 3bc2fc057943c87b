"""Feeds and site maps as XML: Atom (RFC 4287), RSS 2.0, the sitemaps protocol 0.9, read 2026-11-22."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from app.platform import links
from app.platform.locales import ZonedMoment
from app.platform.sentences import say, translate
from app.recruitment.postings import wording
from app.recruitment.postings.models import Posting

ATOM = "http://www.w3.org/2005/Atom"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
# XML 1.0 has no way to write these, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of vacancies as a feed: where it and the page of it stand, and when it last changed."""

    title: str
    address: str
    page: str
    changed_at: dt.datetime
    postings: Sequence[Posting]


def atom(feed: Feed) -> bytes:
    """Write an Atom feed."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    _put(root, f"{{{ATOM}}}title", feed.title)
    _put(root, f"{{{ATOM}}}id", feed.address)
    _put(root, f"{{{ATOM}}}updated", feed.changed_at.isoformat(timespec="seconds"))
    ET.SubElement(root, f"{{{ATOM}}}link", rel="self", href=feed.address, type="application/atom+xml")
    ET.SubElement(root, f"{{{ATOM}}}link", rel="alternate", href=feed.page, type="text/html")
    for posting in feed.postings:
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        moment = _published(posting).isoformat(timespec="seconds")
        _put(entry, f"{{{ATOM}}}title", posting.title)
        _put(entry, f"{{{ATOM}}}id", _address(posting))
        _put(entry, f"{{{ATOM}}}published", moment)
        _put(entry, f"{{{ATOM}}}updated", moment)
        ET.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=_address(posting), type="text/html")
        _put(ET.SubElement(entry, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", posting.agency.name)
        if posting.category:
            ET.SubElement(entry, f"{{{ATOM}}}category", term=_clean(posting.category))
        _put(entry, f"{{{ATOM}}}summary", _summary(posting)).set("type", "text")
    return _written(root)


def rss(feed: Feed) -> bytes:
    """Write an RSS 2.0 feed."""
    ET.register_namespace("atom", ATOM)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _put(channel, "title", feed.title)
    _put(channel, "link", feed.page)
    _put(channel, "description", translate(say("Open vacancies that fit a search, the newest first.")))
    _put(channel, "lastBuildDate", format_datetime(feed.changed_at))
    ET.SubElement(channel, f"{{{ATOM}}}link", rel="self", href=feed.address, type="application/rss+xml")
    for posting in feed.postings:
        item = ET.SubElement(channel, "item")
        _put(item, "title", posting.title)
        _put(item, "link", _address(posting))
        _put(item, "guid", _address(posting)).set("isPermaLink", "true")
        _put(item, "pubDate", format_datetime(_published(posting)))
        if posting.category:
            _put(item, "category", posting.category)
        _put(item, "description", _summary(posting))
    return _written(root)


def sitemap(pages: Iterable[tuple[str, dt.datetime | None]]) -> bytes:
    """Write a map of pages, each with the moment of its last change where that is known."""
    return _written(_map("urlset", "url", pages))


def sitemap_index(maps: Iterable[str]) -> bytes:
    """Write the list of the maps."""
    return _written(_map("sitemapindex", "sitemap", ((address, None) for address in maps)))


def _map(whole: str, part: str, pages: Iterable[tuple[str, dt.datetime | None]]) -> ET.Element:
    root = ET.Element(whole, xmlns=SITEMAPS)
    for address, changed_at in pages:
        entry = ET.SubElement(root, part)
        _put(entry, "loc", address)
        if changed_at is not None:
            _put(entry, "lastmod", changed_at.isoformat(timespec="seconds"))
    return root


def _summary(posting: Posting) -> str:
    parts = [posting.summary] if posting.summary else []
    facts = (posting.agency.name, posting.location, translate(wording.pay(posting)))
    parts.append(" · ".join(fact for fact in facts if fact))
    if posting.closes_at is not None:
        moment = ZonedMoment(posting.closes_at, posting.time_zone)
        parts.append(translate(say("Closes %(moment)s", moment=moment)))
    return "\n\n".join(parts)


def _published(posting: Posting) -> dt.datetime:
    return posting.published_at or posting.created_at


def _address(posting: Posting) -> str:
    return links.absolute(f"/vacancies/{posting.id}")


def _put(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, name)
    made.text = _clean(text)
    return made


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
