"""Vacancies for the public: the search, and each vacancy's page."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock, links
from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment import rulebooks
from app.recruitment.postings import listing, queries, wording
from app.recruitment.postings.models import OWN
from app.recruitment.postings.rules import CLOSING_SOON, window_is_open
from app.web import navigation
from app.web.access import current_actor, public
from app.web.pages import render
from app.web.shared_pages import shared

bp = Blueprint("postings", __name__)
navigation.add(say("Vacancies"), "recruitment.postings.search", area="public", order=10)


@bp.get("/vacancies")
@public
@shared
def search() -> ResponseReturnValue:
    """Search the vacancies that are open."""
    at = clock.now()
    with reading() as session:
        shown = listing.load_listing(session, current_actor(), at)
    return render(
        shown=shown, filters=shown.filters, postings=shown.postings, at=at, soon=CLOSING_SOON, pay=wording.pay
    )


@bp.get("/vacancies/<id('pst'):posting_id>")
@public
@shared
def vacancy(posting_id: str) -> ResponseReturnValue:
    """Show a vacancy that was published; a closed one stays readable."""
    at = clock.now()
    with reading() as session:
        posting = queries.get_public_posting(session, posting_id)
        rulebook = rulebooks.find_for(session, posting, at.date())
    is_open = posting.source == OWN and window_is_open(posting.state, posting.opens_at, posting.closes_at, at)
    url = links.absolute(url_for(".vacancy", posting_id=posting.id))
    return render(
        posting=posting,
        at=at,
        is_open=is_open,
        url=url,
        rulebook=rulebook,
        job_posting=wording.job_posting(posting, url=url, takes_applications=is_open),
        pay=wording.pay(posting),
        dates=wording.dates(posting),
        blocks=wording.blocks,
    )
