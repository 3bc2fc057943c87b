"""Admit cards, attendance sheets and door lists as PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from flask import render_template

from app.exams.admit_cards import codes
from app.exams.admit_cards.queries import Card
from app.exams.sessions.models import ExamSession
from app.notices import pdf, qr
from app.platform import languages, storage
from app.platform.sentences import say, translate

# So many cards are laid out at one time: a code has thousands of signs, and a document its limit.
PART = 40


def render_card(card: Card) -> bytes:
    """Render an admit card in the reader's language, as tagged PDF/A-3a and PDF/UA-1."""
    title = translate(say("Admit card for %(title)s", title=card.examination.title))
    return _render([card], title, f"admit-card:{card.candidate.id}")


def render_cards(row: ExamSession, cards: Sequence[Card]) -> bytes:
    """Render all cards of a session as one file, a card a page, by seat."""
    title = f"Admit cards, {row.room.centre.code}, room {row.room.code}, {row.shift.name}"
    parts = [
        _render(cards[start : start + PART], title, f"admit-cards:{row.id}:{start}")
        for start in range(0, len(cards), PART)
    ]
    return parts[0] if len(parts) == 1 else _join(parts)


def render_sheet(row: ExamSession, cards: Sequence[Card]) -> bytes:
    """Render the attendance sheet of a session, which candidates sign, by seat."""
    return _render_list("exams/sessions/sheet.html", "Attendance sheet", row, cards)


def render_door_list(row: ExamSession, cards: Sequence[Card]) -> bytes:
    """Render what hangs at the door of a session: numbers and seats, no names, by number."""
    by_number = sorted(cards, key=lambda card: card.candidate.number)
    return _render_list("exams/sessions/door_list.html", "Door list", row, by_number)


def _render(cards: Sequence[Card], title: str, identifier: str) -> bytes:
    digests = {card.photograph for card in cards if card.photograph}
    html = render_template(
        "exams/admit_cards/card.html",
        cards=[(card, _code(card)) for card in cards],
        title=title,
        zone=cards[0].examination.agency.time_zone,
    )
    pictures = {digest: storage.current().get(digest) for digest in digests}
    return pdf.render(
        html, title=title, language=languages.current(), pictures=pictures, identifier=identifier
    )


def _render_list(template: str, title: str, row: ExamSession, cards: Sequence[Card]) -> bytes:
    whole = f"{title}, {row.room.centre.code}, room {row.room.code}, {row.shift.name}"
    html = render_template(
        template,
        cards=cards,
        row=row,
        title=whole,
        zone=row.examination.agency.time_zone,
    )
    return pdf.render(html, title=whole, language=languages.ENGLISH, identifier=f"{title}:{row.id}")


def _code(card: Card) -> str:
    return qr.svg(
        codes.link(card.examination.number, card.candidate.number),
        title=translate(say("Code of candidate %(number)s", number=card.candidate.number)),
    )


def _join(parts: Sequence[bytes]) -> bytes:
    joined = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as read:
            joined.pages.extend(read.pages)
    written = io.BytesIO()
    joined.save(written)
    return written.getvalue()
