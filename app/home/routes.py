"""The public start page, and the pages every visitor may need."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.home import queries
from app.platform import clock
from app.platform.db import reading
from app.recruitment.postings.queries import count_open, list_open
from app.web import navigation
from app.web.access import public
from app.web.pages import render
from app.web.shared_pages import shared

bp = Blueprint("home", __name__)
navigation.add("Work queue", "home.staff", area="staff", order=0)
CLOSING_SOON = 6


@bp.get("/")
@public
@shared
def start() -> ResponseReturnValue:
    """Show what this service is and the vacancies that close next."""
    at = clock.now()
    with reading() as session:
        postings = list_open(session, at, limit=CLOSING_SOON)
        figures = queries.load_public_figures(session, open_postings=count_open(session, at))
    return render(postings=postings, figures=figures)


@bp.get("/how-ranking-works")
@public
def ranking() -> ResponseReturnValue:
    """Explain in plain words how a merit list comes about."""
    return render()


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Say what was done so that everyone can use the service, and whom to tell where it fails."""
    return render()


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept about a person, why, and for how long."""
    return render()
