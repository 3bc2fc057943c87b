"""Writing the passages of a letter: an office's words or the shipped ones, every value escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from app.notices import wording
from app.notices.letters import Letter
from app.notices.parts import Agency, Notice, Recipient
from app.notices.wordings.passages import FIELD, find_passage, letter_fields, with_braces
from app.platform.sentences import translate


def speaker(
    template: str,
    texts: Mapping[str, str],
    notice: Notice,
    agency: Agency,
    recipient: Recipient,
    letter: Letter,
) -> Callable[..., Markup]:
    """Give the function by which a template writes a passage: its name, and the fields it fills in itself."""
    common: dict[str, Any] = {
        "recipient_name": recipient.name,
        "agency_name": agency.name,
        "notice_number": notice.number,
        "issued_on": notice.issued_on,
    }
    common |= {name: getattr(letter, name) for name in letter_fields(template)}

    def passage(name: str, **own: Any) -> Markup:
        shipped = with_braces(str(translate(find_passage(template, name).text, notice.language)))
        return write(texts.get(name) or shipped, common | own)

    return passage


def write(text: str, values: Mapping[str, Any]) -> Markup:
    """Write a plain text as paragraphs, an empty line between them; its fields are filled in."""
    parts = [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n")]
    return Markup("\n").join(Markup("<p>{}</p>").format(_fill(part, values)) for part in parts if part)


def _fill(text: str, values: Mapping[str, Any]) -> Markup:
    filled, place = Markup(""), 0
    for match in FIELD.finditer(text):
        filled += escape(text[place : match.start()]) + _value(values[match[1]])
        place = match.end()
    return filled + escape(text[place:])


def _value(value: Any) -> Markup:
    if isinstance(value, dt.date):
        return escape(wording.long_date(value))
    if isinstance(value, Markup):
        return value
    return Markup("<bdi>{}</bdi>").format(value)
