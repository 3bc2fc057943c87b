"""Vacancies for programs over HTTP; every answer may be kept by a cache for some minutes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.platform import clock, links
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say, translate
from app.recruitment.feeds import queries, rules, usajobs, xml_feeds
from app.recruitment.feeds.xml_feeds import Feed
from app.recruitment.postings import listing, search
from app.recruitment.postings.searches import Search, Sort
from app.web.access import public

bp = Blueprint("feeds", __name__)
FEED_SIZE = 50
KEPT_SECONDS = 300
PAGES = ("/", "/vacancies", "/exam-days")


@bp.get("/vacancies.atom")
@public
def atom() -> ResponseReturnValue:
    """Give any search as an Atom feed, newest first."""
    return _answer(xml_feeds.atom(_feed("/vacancies.atom")), "application/atom+xml")


@bp.get("/vacancies.rss")
@public
def rss() -> ResponseReturnValue:
    """Give any search as an RSS feed, newest first."""
    return _answer(xml_feeds.rss(_feed("/vacancies.rss")), "application/rss+xml")


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """Give the map of the site, or of its maps where one may not hold all."""
    with reading() as session:
        at = clock.now()
        parts = -(-queries.count_mapped(session, at) // queries.MAP_SIZE)
        content = _map(session, 0) if parts <= 1 else None
    if content is None:
        maps = [links.absolute(f"/sitemaps/{number}.xml") for number in range(1, parts + 1)]
        content = xml_feeds.sitemap_index(maps)
    return _answer(content, "application/xml")


@bp.get("/sitemaps/<int(max=10000):number>.xml")
@public
def sitemap_part(number: int) -> ResponseReturnValue:
    """Give one of several maps."""
    with reading() as session:
        if not 1 <= number <= max(1, -(-queries.count_mapped(session, clock.now()) // queries.MAP_SIZE)):
            raise NotFound()
        content = _map(session, number - 1)
    return _answer(content, "application/xml")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Tell crawlers what is public: vacancies are, pages of people and of the office are not."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/my/", "/staff/", "/sign-in", "/saved-searches/"))
    text = f"User-agent: *\n{closed}Allow: /\n\nSitemap: {links.absolute('/sitemap.xml')}\n"
    return _answer(text.encode(), "text/plain")


@bp.get("/api/search")
@public
def search_jobs() -> ResponseReturnValue:
    """Search the open vacancies in the shape of USAJOBS's Search API; a wrong parameter is a 400 in JSON."""
    at = clock.now()
    try:
        asked = rules.read(request.args.to_dict(), at)
    except rules.BadParameter as error:
        return _json({"error": {"parameter": error.parameter, "message": error.message}}, 400)
    with reading() as session:
        wanted = _of_organizations(session, asked)
        total = search.count(session, wanted, at, cap=None)
        offset = (asked.page - 1) * asked.size
        ids = search.list_ids(session, wanted, at, limit=asked.size, offset=min(offset, total)) or []
        postings, keys = search.load(session, ids), queries.load_keys(session, ids)
    return _json(usajobs.result(asked, postings, keys, total), 200)


def _of_organizations(session: Session, asked: rules.Asked) -> Search:
    if not asked.organizations:
        return asked.search
    found = queries.find_agencies(session, asked.organizations)
    return replace(asked.search, agency_ids=tuple(found) or asked.organizations)


def _feed(path: str) -> Feed:
    at = clock.now()
    with reading() as session:
        _, wanted, _ = listing.read_search(session, at)
        wanted = replace(wanted, sort=Sort.NEWEST, open_to=None, after="", before="")
        postings = search.search(session, wanted, at, size=FEED_SIZE).postings
    query = urlencode({name: value for name, value in wanted.parameters().items() if name != "sort"})
    dated = [posting.published_at for posting in postings if posting.published_at]
    return Feed(
        title=translate(say("Vacancies")) + (f": {wanted.text}" if wanted.text else ""),
        address=links.absolute(f"{path}?{query}" if query else path),
        page=links.absolute(f"/vacancies?{query}" if query else "/vacancies"),
        changed_at=max(dated, default=at.replace(hour=0, minute=0, second=0, microsecond=0)),
        postings=postings,
    )


def _map(session: Session, number: int) -> bytes:
    entries = queries.list_mapped(session, clock.now(), number)
    fixed = [(links.absolute(path), None) for path in PAGES] if number == 0 else []
    return xml_feeds.sitemap([*fixed, *((links.absolute(f"/vacancies/{own}"), at) for own, at in entries)])


def _json(content: dict[str, Any], status: int) -> Response:
    response: Response = jsonify(content)
    response.status_code = status
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-store" if status != 200 else "public, max-age=60"
    return response


def _answer(content: bytes, media_type: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response.headers["Vary"] = "Accept-Language"
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    return response.make_conditional(request)
