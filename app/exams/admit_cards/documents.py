"""The admit card as a PDF."""

from __future__ import annotations

from flask import render_template

from app.exams.admit_cards.queries import Card
from app.notices import pdf, qr
from app.platform import languages
from app.platform.sentences import say, translate


def render_card(card: Card) -> bytes:
    """Render an admit card in the reader's language, as tagged PDF/A-3a and PDF/UA-1."""
    title = translate(say("Admit card for %(title)s", title=card.examination.title))
    code = qr.svg(
        f"MERITUM ADMIT {card.examination.number} {card.candidate.number}",
        title=translate(say("Code of candidate %(number)s", number=card.candidate.number)),
    )
    html = render_template(
        "exams/admit_cards/card.html",
        card=card,
        title=title,
        code=code,
        zone=card.examination.agency.time_zone,
    )
    return pdf.render(
        html,
        title=title,
        language=languages.current(),
        identifier=f"admit-card:{card.candidate.id}",
    )
