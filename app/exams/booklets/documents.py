"""A booklet as PDF for the printer, in ordinary or large print, in the language of its items."""

from __future__ import annotations

import datetime as dt
import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.exams.booklets.models import BookletPrint
from app.exams.booklets.rules import order_of
from app.exams.item_bank.models import BankItemVersion
from app.notices import pdf, wording
from app.platform import languages
from app.platform.errors import Conflict
from app.platform.progress import Teller
from app.platform.sentences import say, translate
from app.web.speech import speak


@dataclass(frozen=True, slots=True)
class Booklet:
    """All that a booklet shows; `questions` are in the order of its series."""

    agency: str
    examination: str
    number: str
    held_on: dt.date
    series: str
    is_large: bool
    minutes: int | None
    instructions: tuple[str, ...]
    questions: tuple[BankItemVersion, ...]
    language: str
    made_on: dt.date

    @classmethod
    def of(cls, wanted: BookletPrint) -> Booklet:
        """Give the booklet of a print, whose paper comes with items, series and examination."""
        paper = wanted.paper
        if paper.examination is None:
            raise Conflict("No examination asks this paper.")
        versions = {place.position: place.version for place in paper.places}
        return cls(
            agency=paper.agency.name,
            examination=paper.examination.title,
            number=paper.examination.number,
            held_on=paper.examination.held_on,
            series=wanted.series,
            is_large=wanted.is_large,
            minutes=wanted.minutes,
            instructions=tuple(wanted.instructions.splitlines()),
            questions=tuple(versions[position] for position in order_of(paper, wanted.series)),
            language=paper.language,
            made_on=wanted.asked_at.date(),
        )


def draw(booklet: Booklet, identifier: str, teller: Teller) -> tuple[bytes, int]:
    """Draw a booklet as tagged PDF/A-3a and PDF/UA-1, and count its pages, which its cover names.

    It is drawn twice, since pages are counted only when they are there. Equal arguments give equal bytes.
    """
    teller.begin("Drawing the booklet.", 2)
    first = count_pages(_draw(booklet, identifier, 0))
    teller.tell(1)
    content = _draw(booklet, identifier, first)
    pages = count_pages(content)
    if pages != first:  # the number itself moved a line over the end of a page
        content = _draw(booklet, identifier, pages)
    teller.tell(2)
    return content, pages


def count_pages(content: bytes) -> int:
    """Count the pages of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as read:
        return len(read.pages)


def _draw(booklet: Booklet, identifier: str, pages: int) -> bytes:
    with languages.speaking(booklet.language):
        html = _environment().get_template("exams/booklets/booklet.html").render(booklet=booklet, pages=pages)
        title = _title(booklet)
    return pdf.render(html, title=title, language=booklet.language, identifier=identifier)


def _title(booklet: Booklet) -> str:
    parts: Sequence[str] = [booklet.examination]
    if booklet.series:
        parts = [*parts, translate(say("Booklet %(series)s", series=booklet.series))]
    if booklet.is_large:
        parts = [*parts, translate(say("Large print"))]
    return ", ".join(parts)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(pdf.TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speak(environment)
    environment.globals |= {"date": wording.long_date, "direction": languages.direction}
    return environment
