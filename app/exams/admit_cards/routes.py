"""A candidate's own admit card."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.exams.admit_cards import documents, queries
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import download, render

bp = Blueprint("admit_cards", __name__)
PLACE = "/my/applications/<id('app'):application_id>/admit-card"


@bp.get(PLACE)
@signed_in
def show(application_id: str) -> ResponseReturnValue:
    """Show where and when to be, and what to bring."""
    with reading() as session:
        card = queries.get_own_card(session, application_id, current_actor())
    return render(card=card, zone=card.examination.agency.time_zone)


@bp.get(f"{PLACE}.pdf")
@signed_in
def take(application_id: str) -> ResponseReturnValue:
    """Give the admit card as a PDF."""
    with reading() as session:
        card = queries.get_own_card(session, application_id, current_actor())
    return download(
        documents.render_card(card),
        filename=f"admit-card-{card.candidate.number}.pdf",
        media_type="application/pdf",
    )
